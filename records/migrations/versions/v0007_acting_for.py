"""In whose stead somebody acted: on events and on closed tasks."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    whom = "the absent colleague in whose stead "
    op.add_column("events", sa.Column("acting_for", sa.String(40), nullable=True, comment=f"{whom}the account acted"))
    op.add_column("tasks", sa.Column("closed_for", sa.String(40), nullable=True, comment=f"{whom}it was closed"))


def downgrade() -> None:
    with op.batch_alter_table("tasks") as tasks:
        tasks.drop_column("closed_for")
    with op.batch_alter_table("events") as events:
        events.drop_column("acting_for")
