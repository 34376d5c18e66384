"""Indexes of the worklists: open tasks by office first, and what an account has claimed."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BY_OFFICE = ["closed_seq", "office", "role", "overdue"]


def upgrade() -> None:
    op.drop_index("ix_tasks_closed_seq_role_office", "tasks")
    op.create_index("ix_tasks_closed_seq_office_role_overdue", "tasks", BY_OFFICE)
    op.create_index("ix_tasks_claimed_by_closed_seq", "tasks", ["claimed_by", "closed_seq"])


def downgrade() -> None:
    op.drop_index("ix_tasks_claimed_by_closed_seq", "tasks")
    op.drop_index("ix_tasks_closed_seq_office_role_overdue", "tasks")
    op.create_index("ix_tasks_closed_seq_role_office", "tasks", ["closed_seq", "role", "office"])
