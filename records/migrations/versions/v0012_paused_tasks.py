"""Whether the limit of an open task waits for somebody else."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

WHAT = "the limit waits for somebody else; null: of an earlier release"


def upgrade() -> None:
    op.add_column("tasks", sa.Column("paused", sa.Boolean(), nullable=True, comment=WHAT))


def downgrade() -> None:
    with op.batch_alter_table("tasks") as tasks:
        tasks.drop_column("paused")
