"""Who wants to be told of which dossier, and what was told."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0002_followings"
down_revision: str | None = "0001_dossiers"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "dossier_followings",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("dossier_code", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("consented_at", sa.DateTime(), nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("told_status", sa.BigInteger(), nullable=False),
        sa.Column("told_due_on", sa.Date(), nullable=True),
        sa.Column("told_apologies", sa.BigInteger(), nullable=False),
        sa.Column("told_near_for", sa.Date(), nullable=True),
        sa.Column("told_late_for", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_dossier_followings"),
        sa.ForeignKeyConstraint(
            ["dossier_code"], ["dossiers.code"], name="fk_dossier_followings_dossier_code_dossiers"
        ),
        sa.UniqueConstraint(
            "dossier_code", "conversation", name="uq_dossier_followings_dossier_code"
        ),
    )
    op.create_table(
        "dossier_notices",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("following_id", _ROW_NUMBER, nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("sent_how", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_dossier_notices"),
        sa.ForeignKeyConstraint(
            ["following_id"],
            ["dossier_followings.id"],
            name="fk_dossier_notices_following_id_dossier_followings",
        ),
    )
    for table, column in (
        ("dossier_followings", "dossier_code"),
        ("dossier_followings", "conversation"),
        ("dossier_notices", "following_id"),
        ("dossier_notices", "sent_at"),
    ):
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("dossier_notices")
    op.drop_table("dossier_followings")
