"""What was noted without a connection, until it is a step or discarded."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def code(length: int) -> sa.String:
    """Return text that sorts by code point on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "offline_entries",
        sa.Column("entry_id", code(40), nullable=False),
        sa.Column("account", code(40), nullable=False, comment="who noted it"),
        sa.Column("device_key", code(120), nullable=False),
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("step", sa.String(60), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False, comment="sealed: the body of the step as it was noted"),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("code", sa.String(60), nullable=True, comment="why the step was refused"),
        sa.Column("message", sa.LargeBinary(), nullable=True, comment="sealed: the rule's words"),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_by", code(40), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True, comment="sealed: why it was discarded"),
        sa.PrimaryKeyConstraint("entry_id", name="pk_offline_entries"),
        sa.UniqueConstraint("account", "device_key", name="uq_offline_entries_account_device_key"),
    )
    op.create_index("ix_offline_entries_case_id_state", "offline_entries", ["case_id", "state"])


def downgrade() -> None:
    op.drop_table("offline_entries")
