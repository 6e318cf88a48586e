"""The tables of questions for officers, their threads, and take-overs."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0001_questions"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

_MOMENT = sa.DateTime()
_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "questions",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("code", sa.String(6), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("procedure_code", sa.String(32), nullable=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.String(128), nullable=True),
        sa.Column("delivered_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
        sa.UniqueConstraint("code", name="uq_questions_code"),
    )
    for name in ("asked_at", "conversation", "status"):
        op.create_index(f"ix_questions_{name}", "questions", [name])
    op.create_table(
        "question_messages",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("question_id", _ROW_NUMBER, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("author", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("delivered_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_question_messages"),
        _of_a_question("question_messages"),
    )
    op.create_index("ix_question_messages_question_id", "question_messages", ["question_id"])
    op.create_table(
        "take_overs",
        sa.Column("id", _ROW_NUMBER, nullable=False),
        sa.Column("question_id", _ROW_NUMBER, nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("taken_by", sa.String(128), nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.Column("released_at", _MOMENT, nullable=True),
        sa.Column("told_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_take_overs"),
        _of_a_question("take_overs"),
    )
    for name in ("question_id", "conversation"):
        op.create_index(f"ix_take_overs_{name}", "take_overs", [name])


def downgrade() -> None:
    """Drop the tables."""
    for name in ("take_overs", "question_messages", "questions"):
        op.drop_table(name)


def _of_a_question(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["question_id"],
        ["questions.id"],
        name=f"fk_{table}_question_id_questions",
        ondelete="CASCADE",
    )
