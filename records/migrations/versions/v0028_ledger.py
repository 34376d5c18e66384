"""The ledger: how each household and each member stood, from which day to which."""

import sqlalchemy as sa
from alembic import op

from records.column_types import code

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ledger_households",
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column(
            "until_on",
            sa.Date(),
            nullable=False,
            comment="the first day on which it was otherwise; 9999-12-31: holds now",
        ),
        sa.Column("office", code(12), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("helper", code(40)),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("certified_on", sa.Date()),
        sa.Column("plan_signed_on", sa.Date()),
        sa.Column("promise_due_on", sa.Date()),
        sa.Column("promise_met_on", sa.Date()),
        sa.Column("promise_overdue_on", sa.Date()),
        sa.Column("eliminated_on", sa.Date()),
        sa.Column("exit_on", sa.Date()),
        sa.Column("exit_reason", sa.String(30)),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("base_members", sa.Integer(), nullable=False),
        sa.Column("jobs", sa.Integer(), nullable=False, comment="jobs held"),
        sa.Column("double_employment", sa.Boolean(), nullable=False),
        sa.Column("monitored", sa.Boolean(), nullable=False, comment="only followed, somebody still has poor work"),
        sa.Column("key_monitored", sa.Boolean(), nullable=False),
        sa.Column("hardship", sa.Boolean(), nullable=False),
        sa.Column("before_fen", sa.Integer(), nullable=False, comment="the household's income a month as declared"),
        sa.Column("now_fen", sa.Integer(), nullable=False, comment="the same with the jobs held"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_ledger_households_case_id"),
        sa.PrimaryKeyConstraint("case_id", "from_on", name="pk_ledger_households"),
    )
    op.create_index(
        "ix_ledger_households_office_until_on_from_on", "ledger_households", ["office", "until_on", "from_on"]
    )
    op.create_table(
        "ledger_members",
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("member_id", sa.String(4), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("relation", sa.String(10), nullable=False),
        sa.Column("sex", sa.String(2), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("base", sa.Boolean(), nullable=False, comment="somebody to be helped (需援助成员)"),
        sa.Column("dibao", sa.Boolean(), nullable=False),
        sa.Column("unemployment_insurance", sa.Boolean(), nullable=False),
        sa.Column("guidance", sa.Integer(), nullable=False),
        sa.Column("training", sa.Integer(), nullable=False),
        sa.Column("referrals", sa.Integer(), nullable=False),
        sa.Column("refusals", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(30), comment="of the job held"),
        sa.Column("employed_on", sa.Date()),
        sa.Column("income_fen", sa.Integer(), comment="of the job held, a month"),
        sa.Column("insured", sa.Boolean(), nullable=False),
        sa.Column("steady", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name="fk_ledger_members_case_id"),
        sa.PrimaryKeyConstraint("case_id", "member_id", "from_on", name="pk_ledger_members"),
    )


def downgrade() -> None:
    op.drop_table("ledger_members")
    op.drop_table("ledger_households")
