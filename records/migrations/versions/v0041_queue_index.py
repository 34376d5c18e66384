"""One index of the open tasks holds all that queues and their counts ask, so that no row is read for a number."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

OPEN = sa.text("closed_seq IS NULL")
BEFORE = ("office", "kind", "opened_on", "role", "overdue")


def upgrade() -> None:
    op.drop_index("ix_tasks_closed_seq_office_role_overdue", "tasks")
    _open((*BEFORE, "claimed_by", "due_on", "task_id"))


def downgrade() -> None:
    _open(BEFORE)
    op.create_index("ix_tasks_closed_seq_office_role_overdue", "tasks", ["closed_seq", "office", "role", "overdue"])


def _open(columns: Sequence[str]) -> None:
    op.drop_index("ix_tasks_open", "tasks")
    op.create_index("ix_tasks_open", "tasks", list(columns), sqlite_where=OPEN, postgresql_where=OPEN)
