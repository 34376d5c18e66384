"""Messages by the day they were planned, so that the newest are found without looking at all."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_messages_planned_at", "messages", ["planned_at"])


def downgrade() -> None:
    op.drop_index("ix_messages_planned_at", "messages")
