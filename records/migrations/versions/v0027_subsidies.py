"""Jobs as rows, subsidies with their payments, measures, coordination of benefits, insured months, targets."""

import sqlalchemy as sa
from alembic import op

from records.column_types import Instant, code

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "member_jobs",
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("job", sa.String(12), nullable=False, comment="employment id within the case, E7"),
        sa.Column("member", sa.String(4), nullable=False),
        sa.Column("channel", sa.String(30), nullable=False),
        sa.Column("insured", sa.Boolean(), nullable=False),
        sa.Column("income_fen", sa.Integer(), nullable=False, comment="a month, as recorded"),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.Column("rejected", sa.Boolean(), nullable=False),
        sa.Column("retires_on", sa.Date(), comment="statutory retirement, null: track not known"),
        sa.Column("dibao", sa.Boolean(), nullable=False, comment="had 低保 when the job was recorded"),
        sa.Column("unemployment_insurance", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "job", name="pk_member_jobs"),
    )
    op.create_index("ix_member_jobs_channel_started_on", "member_jobs", ["channel", "started_on"])
    op.create_table(
        "subsidy_applications",
        sa.Column("application_id", code(36), nullable=False),
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("member", sa.String(4), nullable=False),
        sa.Column("about", sa.String(36), nullable=False, comment="the job or the measure that gives the right"),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("claimed_by", sa.String(6), nullable=False, comment="unit or person"),
        sa.Column("unit", sa.LargeBinary(), comment="sealed: name of the employing unit"),
        sa.Column("bank_account", sa.LargeBinary(), comment="sealed: where it is paid to"),
        sa.Column("evidence", sa.LargeBinary(), nullable=False, comment="sealed: papers handed in, as written"),
        sa.Column("pay", sa.String(8), nullable=False, comment="monthly or once"),
        sa.Column(
            "paid_out", sa.Boolean(), nullable=False, comment="false: relieved elsewhere (税收减免), on no payment list"
        ),
        sa.Column("base_fen", sa.Integer(), comment="what was declared a month, or once"),
        sa.Column("monthly_fen", sa.Integer(), nullable=False, comment="approved amount a month, or once"),
        sa.Column("first_month", sa.String(7), nullable=False),
        sa.Column("last_month", sa.String(7), nullable=False),
        sa.Column("until_retirement", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False, comment="applied, approved, refused, ended, stopped"),
        sa.Column("live", sa.String(80), comment="case/member/kind/by while applied or approved: one at a time"),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("applied_by", sa.String(40), nullable=False),
        sa.Column("decided_on", sa.Date()),
        sa.Column("decided_by", sa.String(40)),
        sa.Column("reason", sa.LargeBinary(), comment="sealed: why it was refused or stopped, as written"),
        sa.Column("stopped_on", sa.Date()),
        sa.Column("stop_code", sa.String(20), comment="job_lost, job_rejected, revoked, left, asked"),
        sa.Column("recover_fen", sa.Integer(), comment="to be paid back (追缴), null: nothing"),
        sa.Column("recovered_on", sa.Date()),
        sa.Column("recovered_by", sa.String(40)),
        sa.Column("person_index", code(64), comment="the same person in another case"),
        sa.Column("pack", sa.String(60), nullable=False, comment="the policy it was judged by, jilin-2021@1"),
        sa.Column("clause", sa.String(300), nullable=False),
        sa.Column("kept_at", Instant, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("application_id", name="pk_subsidy_applications"),
    )
    op.create_index("ix_subsidy_applications_case_id_member", "subsidy_applications", ["case_id", "member"])
    op.create_index("ix_subsidy_applications_live", "subsidy_applications", ["live"], unique=True)
    op.create_index("ix_subsidy_applications_person_index_kind", "subsidy_applications", ["person_index", "kind"])
    op.create_index("ix_subsidy_applications_state_last_month", "subsidy_applications", ["state", "last_month"])
    op.create_table(
        "subsidy_lists",
        sa.Column("list_id", code(36), nullable=False),
        sa.Column("area", code(12), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="1, and on for what was approved later"),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(40), nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("paid_on", sa.Date(), comment="confirmed by finance"),
        sa.Column("paid_by", sa.String(40)),
        sa.PrimaryKeyConstraint("list_id", name="pk_subsidy_lists"),
    )
    op.create_index("ix_subsidy_lists_area_month_number", "subsidy_lists", ["area", "month", "number"], unique=True)
    op.create_table(
        "subsidy_payments",
        sa.Column("application_id", code(36), nullable=False),
        sa.Column("month", sa.String(7), nullable=False, comment="once: paid a single time"),
        sa.Column("list_id", code(36), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("application_id", "month", name="pk_subsidy_payments"),
    )
    op.create_index("ix_subsidy_payments_list_id", "subsidy_payments", ["list_id"])
    op.create_table(
        "member_measures",
        sa.Column("measure_id", code(36), nullable=False),
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("member", sa.String(4), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("measure_on", sa.Date(), nullable=False),
        sa.Column("note", sa.LargeBinary(), comment="sealed, as written"),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("kept_at", Instant, nullable=False),
        sa.Column("withdrawn_by", sa.String(40), comment="entered by mistake"),
        sa.PrimaryKeyConstraint("measure_id", name="pk_member_measures"),
    )
    op.create_index("ix_member_measures_case_id_member", "member_measures", ["case_id", "member"])
    op.create_index("ix_member_measures_kind_measure_on", "member_measures", ["kind", "measure_on"])
    op.create_table(
        "member_marks",
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("member", sa.String(4), nullable=False),
        sa.Column("mark", sa.String(30), nullable=False, comment="graduate (高校毕业生) or child (子女)"),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("kept_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "member", "mark", name="pk_member_marks"),
    )
    op.create_table(
        "benefit_tasks",
        sa.Column("task_id", code(36), nullable=False),
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("member", sa.String(4), nullable=False),
        sa.Column("job", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False, comment="dibao or unemployment_insurance"),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("continues_until", sa.Date(), comment="低保 goes on unchanged until then"),
        sa.Column("closed_on", sa.Date()),
        sa.Column("closed_by", sa.String(40), comment="null: closed because the job fell away"),
        sa.Column("answer", sa.String(20)),
        sa.Column("note", sa.LargeBinary(), comment="sealed, as written"),
        sa.PrimaryKeyConstraint("task_id", name="pk_benefit_tasks"),
    )
    op.create_index("ix_benefit_tasks_case_id_job_kind", "benefit_tasks", ["case_id", "job", "kind"], unique=True)
    op.create_index("ix_benefit_tasks_closed_on_due_on", "benefit_tasks", ["closed_on", "due_on"])
    op.create_table(
        "insured_months",
        sa.Column("case_id", code(40), nullable=False),
        sa.Column("member", sa.String(4), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("kept_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("case_id", "member", "month", name="pk_insured_months"),
    )
    op.create_table(
        "targets",
        sa.Column("target_id", code(36), nullable=False),
        sa.Column("whose", sa.String(12), nullable=False, comment="area or person"),
        sa.Column("about", code(40), nullable=False, comment="division code or account"),
        sa.Column("measure", sa.String(30), nullable=False),
        sa.Column("period", sa.String(7), nullable=False, comment="2026 or 2026-11"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("area", code(12), nullable=False, comment="of the supervisor who set it"),
        sa.Column("account", sa.String(40), nullable=False),
        sa.Column("kept_at", Instant, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("target_id", name="pk_targets"),
    )
    op.create_index("ix_targets_area_period", "targets", ["area", "period"])
    op.create_index(
        "ix_targets_whose_about_measure_period", "targets", ["whose", "about", "measure", "period"], unique=True
    )


def downgrade() -> None:
    op.drop_table("targets")
    op.drop_table("insured_months")
    op.drop_table("benefit_tasks")
    op.drop_table("member_marks")
    op.drop_table("member_measures")
    op.drop_table("subsidy_payments")
    op.drop_table("subsidy_lists")
    op.drop_table("subsidy_applications")
    op.drop_table("member_jobs")
