"""A file of the ledger that could not be made says why."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ledger_files", sa.Column("why", sa.String(200), comment="in words, why it was not made"))


def downgrade() -> None:
    op.drop_column("ledger_files", "why")
