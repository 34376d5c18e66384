"""The queue's own filters, and the communities of an office found by an index."""

import sqlalchemy as sa
from alembic import op

from records.column_types import Instant, code

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_households_office_community", "households", ["office", "community"])
    op.create_table(
        "saved_filters",
        sa.Column("filter_id", code(36), nullable=False),
        sa.Column("account", code(40), nullable=False),
        sa.Column("list", sa.String(20), nullable=False, comment="queue or cases"),
        sa.Column("name", sa.LargeBinary(), nullable=False, comment="sealed: free text"),
        sa.Column("query", sa.String(600), nullable=False, comment="the list's address without its path"),
        sa.Column("saved_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("filter_id", name="pk_saved_filters"),
    )
    op.create_index("ix_saved_filters_account_list", "saved_filters", ["account", "list"])


def downgrade() -> None:
    op.drop_table("saved_filters")
    op.drop_index("ix_households_office_community", "households")
