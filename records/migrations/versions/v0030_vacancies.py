"""The vacancy pool with all that is offered, every referral with its outcome, and the members' plans by version."""

import sqlalchemy as sa
from alembic import op

from records.column_types import Instant, code

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("posts", sa.Integer(), comment="null: nobody said how many"),
        sa.Column(
            "reserved", sa.Integer(), nullable=False, server_default="0", comment="of them kept for target households"
        ),
        sa.Column("channel", sa.String(20), nullable=False, server_default="employer"),
        sa.Column("skills", sa.String(120), nullable=False, server_default=""),
        sa.Column("education", sa.String(12), nullable=False, server_default="any"),
        sa.Column("place", sa.String(120), nullable=False, server_default=""),
        sa.Column("pay_to_fen", sa.BigInteger()),
        sa.Column("hours", sa.String(60), nullable=False, server_default=""),
        sa.Column("demands", sa.String(80), nullable=False, server_default="", comment="codes, by commas"),
        sa.Column("credit_code", sa.String(18), nullable=False, server_default="", comment="统一社会信用代码"),
        sa.Column("open_from", sa.Date()),
        sa.Column("source", sa.String(12), nullable=False, server_default="noted"),
        sa.Column("closed_on", sa.Date()),
        sa.Column("contact", sa.LargeBinary(), comment="sealed: whom to ask at the employer"),
        sa.Column("kept_by", sa.String(40), comment="null: of an earlier release"),
        sa.Column("kept_at", Instant),
        sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
    ):
        op.add_column("vacancies", column)
    op.create_table(
        "referrals",
        sa.Column("case_id", code(40), sa.ForeignKey("cases.case_id", name="fk_referrals_case_id_cases")),
        sa.Column("referral_id", sa.String(20), nullable=False),
        sa.Column("member_id", sa.String(4), nullable=False),
        sa.Column("vacancy_id", code(60), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("pay_fen", sa.BigInteger(), nullable=False),
        sa.Column("suitable", sa.Boolean(), nullable=False),
        sa.Column("delivered", sa.Boolean(), nullable=False),
        sa.Column("guaranteed", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False, comment="takes one of the vacancy's places"),
        sa.PrimaryKeyConstraint("case_id", "referral_id", name="pk_referrals"),
    )
    op.create_index("ix_referrals_vacancy_id_holds", "referrals", ["vacancy_id", "holds"])
    op.create_index("ix_referrals_outcome", "referrals", ["outcome"])
    op.create_table(
        "plans",
        sa.Column("case_id", code(40), sa.ForeignKey("cases.case_id", name="fk_plans_case_id_cases")),
        sa.Column("member_id", sa.String(4), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="of the version, from 1"),
        sa.Column("after_seq", sa.Integer(), nullable=False, comment="the case's last event when it was written"),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("written_at", Instant, nullable=False),
        sa.Column("request_key", code(200), nullable=False, comment="the request that wrote it, once"),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "member_id", "number", name="pk_plans"),
    )
    op.create_index("ix_plans_request_key", "plans", ["request_key"], unique=True)


def downgrade() -> None:
    op.drop_table("plans")
    op.drop_table("referrals")
    with op.batch_alter_table("vacancies") as vacancies:
        for name in (
            *("posts", "reserved", "channel", "skills", "education", "place", "pay_to_fen", "hours", "demands"),
            *("credit_code", "open_from", "source", "closed_on", "contact", "kept_by", "kept_at", "version"),
        ):
            vacancies.drop_column(name)
