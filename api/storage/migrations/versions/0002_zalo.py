"""The tables of the Zalo channel.

Revision: 0002_zalo
After: 0001_questions
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from api.storage.model import Moment

revision = "0002_zalo"
down_revision = "0001_questions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables forward."""
    op.create_table(
        "zalo_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("person_key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("queued_at", Moment(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("started_at", Moment(), nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error_code", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.String(length=128), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zalo_delivery")),
        sa.UniqueConstraint("origin", "part", name="uq_zalo_delivery_origin"),
    )
    op.create_index("ix_zalo_delivery_state", "zalo_delivery", ["state", "due_at"], unique=False)
    op.create_index(
        "ix_zalo_delivery_turn", "zalo_delivery", ["person_key", "state", "id"], unique=False
    )
    op.create_table(
        "zalo_grant",
        sa.Column("oa_id", sa.String(length=32), nullable=False),
        sa.Column("pair", sa.Text(), nullable=False),
        sa.Column("previous_pair", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("refreshed_at", Moment(), nullable=False),
        sa.Column("tried_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("oa_id", name=op.f("pk_zalo_grant")),
    )
    op.create_table(
        "zalo_inbound",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("person_key", sa.String(length=64), nullable=True),
        sa.Column("event", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("sent_at", Moment(), nullable=False),
        sa.Column("received_at", Moment(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zalo_inbound")),
        sa.UniqueConstraint("key", name=op.f("uq_zalo_inbound_key")),
    )
    op.create_index("ix_zalo_inbound_state", "zalo_inbound", ["state", "due_at"], unique=False)
    op.create_index(
        "ix_zalo_inbound_turn", "zalo_inbound", ["person_key", "state", "sent_at"], unique=False
    )
    op.create_table(
        "zalo_person",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("sender", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("last_inbound_at", Moment(), nullable=False),
        sa.Column("follows", sa.Boolean(), nullable=False),
        sa.Column("on_offer", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_zalo_person")),
        sa.UniqueConstraint("sender", name=op.f("uq_zalo_person_sender")),
    )
    op.create_table(
        "zalo_remark",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_zalo_remark")),
    )


def downgrade() -> None:
    """Take the tables back."""
    op.drop_table("zalo_remark")
    op.drop_table("zalo_person")
    op.drop_index("ix_zalo_inbound_turn", table_name="zalo_inbound")
    op.drop_index("ix_zalo_inbound_state", table_name="zalo_inbound")
    op.drop_table("zalo_inbound")
    op.drop_table("zalo_grant")
    op.drop_index("ix_zalo_delivery_turn", table_name="zalo_delivery")
    op.drop_index("ix_zalo_delivery_state", table_name="zalo_delivery")
    op.drop_table("zalo_delivery")
