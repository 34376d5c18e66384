"""What moved in each case, the monthly reports, opening balances and the offices' own templates."""

import sqlalchemy as sa
from alembic import op

from records.column_types import Instant, code

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "movements",
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False, comment="of the event it came with"),
        sa.Column("kind", code(24), nullable=False),
        sa.Column("stock", sa.SmallInteger(), nullable=False, comment="1, -1 or 0: what it does to the stock"),
        sa.Column("office", code(12), nullable=False, comment="whose case it was then"),
        sa.Column("other", code(12), comment="the other office of a transfer"),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("month", code(7), nullable=False, comment="in which it became known"),
        sa.Column("of_month", code(7), nullable=False, comment="which it concerns, never later than month"),
        sa.Column("member", sa.String(4)),
        sa.Column("job", sa.String(40)),
        sa.Column("channel", code(40)),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_movements_case_id"),
        sa.PrimaryKeyConstraint("case_id", "number", name="pk_movements"),
    )
    counted = ["office", "month", "kind", "of_month", "channel", "other"]
    op.create_index("ix_movements_counted", "movements", counted)
    op.create_index("ix_movements_of_cases", "movements", ["case_id", "office", "stock"])
    op.create_table(
        "monthly_reports",
        sa.Column(
            "area", code(12), nullable=False, comment="the beginning of office codes: 2, 4, 6 digits, or an office"
        ),
        sa.Column("month", code(7), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False, comment="of the area and of each of its parts"),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "standing",
            sa.String(12),
            nullable=False,
            comment="drawn_up, reviewed, signed, submitted, locked, returned",
        ),
        sa.Column("drawn_up_at", Instant, nullable=False),
        sa.Column("note", sa.String(500)),
        *(
            column
            for act in ("reviewed", "signed", "submitted", "locked", "returned")
            for column in (sa.Column(f"{act}_by", sa.String(40)), sa.Column(f"{act}_at", Instant))
        ),
        sa.Column("submitted_on", sa.Date()),
        sa.Column("reason", sa.String(500)),
        sa.PrimaryKeyConstraint("area", "month", "version", name="pk_monthly_reports"),
    )
    op.create_index("ix_monthly_reports_month_area", "monthly_reports", ["month", "area"])
    op.create_table(
        "opening_balances",
        sa.Column("area", code(12), nullable=False, comment="a county"),
        sa.Column("recognised", sa.Integer(), nullable=False),
        sa.Column("eliminated", sa.Integer(), nullable=False),
        sa.Column("employed", sa.Integer(), nullable=False),
        sa.Column("basis", sa.String(500), nullable=False),
        sa.Column("entered_by", sa.String(40), nullable=False),
        sa.Column("entered_at", Instant, nullable=False),
        sa.Column("confirmed_by", sa.String(40)),
        sa.Column("confirmed_at", Instant),
        sa.PrimaryKeyConstraint("area", name="pk_opening_balances"),
    )
    op.create_table(
        "report_templates",
        sa.Column("area", code(12), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False, comment="an .xlsx with placeholders"),
        sa.Column("kept_by", sa.String(40), nullable=False),
        sa.Column("kept_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("area", name="pk_report_templates"),
    )


def downgrade() -> None:
    for table in ("report_templates", "opening_balances", "monthly_reports", "movements"):
        op.drop_table(table)
