"""The tables of dossiers, their parts, and the tries to see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0001_dossiers"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_MOMENT = sa.DateTime()
_TEXT = sa.String()
_NUMBER = sa.BigInteger()
_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    _create_dossiers()
    _create_part("steps", at=_MOMENT, unit_=_TEXT, text_=_TEXT, status_=_NUMBER, due_by_=_MOMENT)
    _create_part(
        "supplements",
        asked_at=_MOMENT,
        asked_by_=_TEXT,
        items=sa.JSON(),
        answered_at_=_MOMENT,
        due_before_=_MOMENT,
        due_after_=_MOMENT,
        reference_=_TEXT,
    )
    _create_part(
        "apologies",
        issued_at=_MOMENT,
        issuer_=_TEXT,
        reason_=_TEXT,
        due_before_=_MOMENT,
        due_after_=_MOMENT,
        seq=_NUMBER,
    )
    _create_part(
        "payments", name=_TEXT, amount=_NUMBER, state=_TEXT, fee_code_=_TEXT, reference_=_TEXT
    )
    _create_part("deliveries", mode=_TEXT, at_=_MOMENT, tracking_=_TEXT)
    _create_part("data_errors", found_at=_MOMENT, kind=_TEXT, message=_TEXT, source_=_TEXT)
    _create_attempts()


def downgrade() -> None:
    """Drop the tables."""
    for name in ("data_errors", "deliveries", "payments", "apologies", "supplements", "steps"):
        op.drop_table(f"dossier_{name}")
    op.drop_table("dossiers")
    op.drop_table("dossier_attempts")


def _columns(**types: TypeEngine[Any]) -> list[sa.Column[Any]]:
    """Columns by name; a name that ends with «_» may be empty, and loses the «_»."""
    return [
        sa.Column(name.rstrip("_"), kind, nullable=name.endswith("_"))
        for name, kind in types.items()
    ]


def _create_dossiers() -> None:
    texts = (
        "code_raw procedure_code procedure_name procedure_version field_code field_name"
        " agency_helping agency_receiving agency_deciding channel due_unit calendar_version"
        " collect_at pin_hash phone_hash"
    )
    moments = "received_at due_at finished_at returned_at"
    op.create_table(
        "dossiers",
        sa.Column("code", sa.String(64), nullable=False),
        *_columns(**{f"{name}_": _TEXT for name in texts.split()}),
        *_columns(**{f"{name}_": _MOMENT for name in moments.split()}),
        *_columns(
            due_quantity_=sa.Double(),
            due_provisional=sa.Boolean(),
            status=_NUMBER,
            status_at=_MOMENT,
            source_system=_TEXT,
            synced_at=_MOMENT,
        ),
        sa.PrimaryKeyConstraint("code", name="pk_dossiers"),
    )
    for name in ("procedure_code", "received_at", "due_at", "status"):
        op.create_index(f"ix_dossiers_{name}", "dossiers", [name])


def _create_part(name: str, /, **types: TypeEngine[Any]) -> None:
    table = f"dossier_{name}"
    op.create_table(
        table,
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("dossier_code", sa.String(64), nullable=False),
        *_columns(**types),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["dossier_code"], ["dossiers.code"], name=f"fk_{table}_dossier_code_dossiers"
        ),
    )
    op.create_index(f"ix_{table}_dossier_code", table, ["dossier_code"])


def _create_attempts() -> None:
    op.create_table(
        "dossier_attempts",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("client_key", sa.String(64), nullable=False),
        sa.Column("code_key", sa.String(64), nullable=False),
        sa.Column("with_proof", sa.Boolean(), nullable=False),
        sa.Column("proved", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dossier_attempts"),
    )
    op.create_index("ix_dossier_attempts_client_at", "dossier_attempts", ["client_key", "at"])
    op.create_index("ix_dossier_attempts_code_at", "dossier_attempts", ["code_key", "at"])
