"""A second pair of eyes on where subsidies are paid to and on payment lists; which subsidy one renews."""

import sqlalchemy as sa
from alembic import op

from records.column_types import code

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("renews", code(36), nullable=True, comment="the application that it goes on from (续期)"),
        sa.Column("account_by", sa.String(40), nullable=True, comment="who wrote over where it is paid to"),
        sa.Column("account_checked_by", sa.String(40), nullable=True, comment="who else compared it; null: nobody"),
        sa.Column("account_checked_on", sa.Date(), nullable=True),
    ):
        op.add_column("subsidy_applications", column)
    op.create_index("ix_subsidy_applications_renews", "subsidy_applications", ["renews"])
    for column in (
        sa.Column("checked_by", sa.String(40), nullable=True, comment="who else went over it; null: nobody"),
        sa.Column("checked_on", sa.Date(), nullable=True),
    ):
        op.add_column("subsidy_lists", column)


def downgrade() -> None:
    for name in ("checked_on", "checked_by"):
        op.drop_column("subsidy_lists", name)
    op.drop_index("ix_subsidy_applications_renews", "subsidy_applications")
    for name in ("account_checked_on", "account_checked_by", "account_by", "renews"):
        op.drop_column("subsidy_applications", name)
