"""The tables of money that follows work (补贴、待遇衔接): jobs as rows, measures, applications, payments, coordination.

For other parts to join (台账, 统计): `subsidy_applications` has one row for each policy a member has enjoyed or asked
for; a policy is enjoyed when `state` is approved, ended or stopped; `kind` is a code of `policies/groups_subsidies.py`
(words: `register.subsidies.kind_words`), `monthly_fen` the fen a month (or once, `pay`), `first_month`..`last_month`
the months, `claimed_by` unit (用人单位) or person.  What was really paid are the rows of `subsidy_payments`.
`member_measures` are measures taken (training, schooling …), `member_marks` what a member is besides (graduate, child).
"""

from sqlalchemy import Boolean, Column, Date, Index, Integer, LargeBinary, String, Table

from records.column_types import Instant, code
from records.tables import ACCOUNT, CASE_ID, metadata
from records.tables_people import INDEX

ID = 36
KIND = 30
MONTH = 7

member_jobs = Table(
    "member_jobs",
    metadata,
    Column("case_id", code(CASE_ID), primary_key=True),
    Column("job", String(12), primary_key=True, comment="employment id within the case, E7"),
    Column("member", String(4), nullable=False),
    Column("channel", String(KIND), nullable=False),
    Column("insured", Boolean, nullable=False),
    Column("income_fen", Integer, nullable=False, comment="a month, as recorded"),
    Column("started_on", Date, nullable=False),
    Column("recorded_on", Date, nullable=False),
    Column("ended_on", Date),
    Column("rejected", Boolean, nullable=False),
    Column("retires_on", Date, comment="statutory retirement, null: track not known"),
    Column("dibao", Boolean, nullable=False, comment="had 低保 when the job was recorded"),
    Column("unemployment_insurance", Boolean, nullable=False),
    Index(None, "channel", "started_on"),
)

subsidy_applications = Table(
    "subsidy_applications",
    metadata,
    Column("application_id", code(ID), primary_key=True),
    Column("case_id", code(CASE_ID), nullable=False),
    Column("member", String(4), nullable=False),
    Column("about", String(ID), nullable=False, comment="the job or the measure that gives the right"),
    Column("kind", String(KIND), nullable=False),
    Column("claimed_by", String(6), nullable=False, comment="unit or person"),
    Column("unit", LargeBinary, comment="sealed: name of the employing unit"),
    Column("bank_account", LargeBinary, comment="sealed: where it is paid to"),
    Column("evidence", LargeBinary, nullable=False, comment="sealed: papers handed in, as written"),
    Column("pay", String(8), nullable=False, comment="monthly or once"),
    Column("paid_out", Boolean, nullable=False, comment="false: relieved elsewhere (税收减免), on no payment list"),
    Column("base_fen", Integer, comment="what was declared a month, or once"),
    Column("monthly_fen", Integer, nullable=False, comment="approved amount a month, or once"),
    Column("first_month", String(MONTH), nullable=False),
    Column("last_month", String(MONTH), nullable=False),
    Column("until_retirement", Boolean, nullable=False),
    Column("state", String(10), nullable=False, comment="applied, approved, refused, ended, stopped"),
    Column("live", String(80), comment="case/member/kind/by while applied or approved: one at a time"),
    Column("applied_on", Date, nullable=False),
    Column("applied_by", String(ACCOUNT), nullable=False),
    Column("decided_on", Date),
    Column("decided_by", String(ACCOUNT)),
    Column("reason", LargeBinary, comment="sealed: why it was refused or stopped, as written"),
    Column("stopped_on", Date),
    Column("stop_code", String(20), comment="job_lost, job_rejected, revoked, left, asked"),
    Column("recover_fen", Integer, comment="to be paid back (追缴), null: nothing"),
    Column("recovered_on", Date),
    Column("recovered_by", String(ACCOUNT)),
    Column("person_index", code(INDEX), comment="the same person in another case"),
    Column("pack", String(60), nullable=False, comment="the policy it was judged by, jilin-2021@1"),
    Column("clause", String(300), nullable=False),
    Column("kept_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    Column("renews", code(ID), comment="the application that it goes on from (续期)"),
    Column("account_by", String(ACCOUNT), comment="who wrote over where it is paid to"),
    Column("account_checked_by", String(ACCOUNT), comment="who else compared it; null: nobody"),
    Column("account_checked_on", Date),
    Index(None, "live", unique=True),
    Index(None, "case_id", "member"),
    Index(None, "state", "last_month"),
    Index(None, "person_index", "kind"),
    Index(None, "renews"),
)

subsidy_lists = Table(
    "subsidy_lists",
    metadata,
    Column("list_id", code(ID), primary_key=True),
    Column("area", code(12), nullable=False),
    Column("month", String(MONTH), nullable=False),
    Column("number", Integer, nullable=False, comment="1, and on for what was approved later"),
    Column("lines", Integer, nullable=False),
    Column("fen", Integer, nullable=False),
    Column("made_by", String(ACCOUNT), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("paid_on", Date, comment="confirmed by finance"),
    Column("paid_by", String(ACCOUNT)),
    Column("checked_by", String(ACCOUNT), comment="who else went over it; null: nobody"),
    Column("checked_on", Date),
    Index(None, "area", "month", "number", unique=True),
)

subsidy_payments = Table(
    "subsidy_payments",
    metadata,
    Column("application_id", code(ID), primary_key=True),
    Column("month", String(MONTH), primary_key=True, comment="once: paid a single time"),
    Column("list_id", code(ID), nullable=False),
    Column("fen", Integer, nullable=False),
    Index(None, "list_id"),
)

member_measures = Table(
    "member_measures",
    metadata,
    Column("measure_id", code(ID), primary_key=True),
    Column("case_id", code(CASE_ID), nullable=False),
    Column("member", String(4), nullable=False),
    Column("kind", String(KIND), nullable=False),
    Column("measure_on", Date, nullable=False),
    Column("note", LargeBinary, comment="sealed, as written"),
    Column("account", String(ACCOUNT), nullable=False),
    Column("kept_at", Instant, nullable=False),
    Column("withdrawn_by", String(ACCOUNT), comment="entered by mistake"),
    Index(None, "case_id", "member"),
    Index(None, "kind", "measure_on"),
)

member_marks = Table(
    "member_marks",
    metadata,
    Column("case_id", code(CASE_ID), primary_key=True),
    Column("member", String(4), primary_key=True),
    Column("mark", String(KIND), primary_key=True, comment="graduate (高校毕业生) or child (子女)"),
    Column("since", Date, nullable=False),
    Column("account", String(ACCOUNT), nullable=False),
    Column("kept_at", Instant, nullable=False),
)

benefit_tasks = Table(
    "benefit_tasks",
    metadata,
    Column("task_id", code(ID), primary_key=True),
    Column("case_id", code(CASE_ID), nullable=False),
    Column("member", String(4), nullable=False),
    Column("job", String(12), nullable=False),
    Column("kind", String(KIND), nullable=False, comment="dibao or unemployment_insurance"),
    Column("opened_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("continues_until", Date, comment="低保 goes on unchanged until then"),
    Column("closed_on", Date),
    Column("closed_by", String(ACCOUNT), comment="null: closed because the job fell away"),
    Column("answer", String(20)),
    Column("note", LargeBinary, comment="sealed, as written"),
    Index(None, "case_id", "job", "kind", unique=True),
    Index(None, "closed_on", "due_on"),
)

insured_months = Table(
    "insured_months",
    metadata,
    Column("case_id", code(CASE_ID), primary_key=True),
    Column("member", String(4), primary_key=True),
    Column("month", String(MONTH), primary_key=True),
    Column("account", String(ACCOUNT), nullable=False),
    Column("kept_at", Instant, nullable=False),
)

targets = Table(
    "targets",
    metadata,
    Column("target_id", code(ID), primary_key=True),
    Column("whose", String(12), nullable=False, comment="area or person"),
    Column("about", code(ACCOUNT), nullable=False, comment="division code or account"),
    Column("measure", String(KIND), nullable=False),
    Column("period", String(MONTH), nullable=False, comment="2026 or 2026-11"),
    Column("number", Integer, nullable=False),
    Column("area", code(12), nullable=False, comment="of the supervisor who set it"),
    Column("account", String(ACCOUNT), nullable=False),
    Column("kept_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    Index(None, "whose", "about", "measure", "period", unique=True),
    Index(None, "area", "period"),
)
