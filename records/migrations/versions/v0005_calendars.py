"""Working calendars, and which of them each case counts on."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def code(length: int) -> sa.String:
    """Return text that sorts by code point on both databases."""
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "calendars",
        sa.Column("key", code(60), nullable=False, comment="issue/number or version/version"),
        sa.Column("version", code(40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True, comment="null: of the data files, or of one area"),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("source", sa.String(120), nullable=False),
        sa.Column("content", sa.Text(), nullable=False, comment="JSON, no personal data"),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_by", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_calendars"),
        sa.UniqueConstraint("number", name="uq_calendars_number"),
    )
    op.create_index("ix_calendars_version", "calendars", ["version"])
    op.add_column(
        "cases", sa.Column("calendar_version", sa.String(40), nullable=True, comment="null: of an earlier release")
    )
    op.add_column("cases", sa.Column("calendar_issue", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("cases", "calendar_issue")
    op.drop_column("cases", "calendar_version")
    op.drop_index("ix_calendars_version", "calendars")
    op.drop_table("calendars")
