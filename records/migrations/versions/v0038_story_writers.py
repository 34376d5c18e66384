"""Who amended a case story: whoever wrote in it does not publish it."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("stories") as batch:
        batch.add_column(
            sa.Column(
                "amended_by", sa.Text(), nullable=False, server_default=sa.text("''"), comment="accounts, by commas"
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("stories") as batch:
        batch.drop_column("amended_by")
