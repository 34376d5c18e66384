"""Which job of the daily round was done for which day."""

import sqlalchemy as sa
from alembic import op

from records.column_types import Instant

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "daily_jobs",
        sa.Column("job", sa.String(40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("done_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("job", "day", name="pk_daily_jobs"),
    )


def downgrade() -> None:
    op.drop_table("daily_jobs")
