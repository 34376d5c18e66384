"""Lists show which households are key-monitored (重点监控)."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "cases", sa.Column("key_monitored", sa.Boolean(), nullable=True, comment="null: of an earlier release")
    )


def downgrade() -> None:
    with op.batch_alter_table("cases") as cases:
        cases.drop_column("key_monitored")
