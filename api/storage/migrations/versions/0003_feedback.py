"""The table of opinions on answers."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0003_feedback"
down_revision: str | None = "0002_zalo"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "feedback",
        sa.Column("answer_id", sa.String(32), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("useful", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("procedure_code", sa.String(43)),
        sa.Column("aspect", sa.String(40)),
        sa.Column("question", sa.String(1000)),
        sa.Column("reason", sa.String(40)),
        sa.Column("note", sa.String(500)),
        sa.PrimaryKeyConstraint("answer_id", name="pk_feedback"),
    )
    op.create_index("ix_feedback_given_on", "feedback", ["given_on"])
    op.create_index("ix_feedback_procedure_code", "feedback", ["procedure_code"])


def downgrade() -> None:
    op.drop_table("feedback")
