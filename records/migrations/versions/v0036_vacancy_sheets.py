"""Sheets of vacancies that wait for their confirmation."""

import sqlalchemy as sa
from alembic import op

from records.column_types import Instant, code

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vacancy_sheets",
        sa.Column("sheet_id", code(36), nullable=False),
        sa.Column("account", code(40), nullable=False, comment="who handed it in, and alone sees it"),
        sa.Column("kind", sa.String(4), nullable=False, comment="csv or xlsx"),
        sa.Column("kept_at", Instant, nullable=False),
        sa.Column("taken_at", Instant, comment="null: not confirmed"),
        sa.Column("counts", sa.String(120), nullable=False, comment="of what was taken in: new,changed,same"),
        sa.Column("content", sa.LargeBinary(), nullable=False, comment="sealed"),
        sa.PrimaryKeyConstraint("sheet_id", name="pk_vacancy_sheets"),
    )
    op.create_index("ix_vacancy_sheets_kept_at", "vacancy_sheets", ["kept_at"])


def downgrade() -> None:
    op.drop_table("vacancy_sheets")
