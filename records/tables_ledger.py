"""The tables of the ledger (台账): how each household and each member stood, from which day to which.

One row for each stretch of days on which nothing changed, so "as on day D" is `from_on <= D < until_on`; what holds now
ends on 9999-12-31.  Written by `records/ledger.py` with each event.  Nothing here tells who somebody is: names are in
`persons`.  The columns are the fields of `register/ledger.py`.
"""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table

from records.column_types import code
from records.tables import ACCOUNT, CASE_ID, metadata

ledger_households = Table(
    "ledger_households",
    metadata,
    Column("case_id", code(CASE_ID), ForeignKey("cases.case_id"), primary_key=True),
    Column("from_on", Date, primary_key=True),
    Column("until_on", Date, nullable=False, comment="the first day on which it was otherwise; 9999-12-31: holds now"),
    Column("office", code(12), nullable=False),
    Column("state", String(20), nullable=False),
    Column("helper", code(ACCOUNT)),
    Column("opened_on", Date, nullable=False),
    Column("certified_on", Date),
    Column("plan_signed_on", Date),
    Column("promise_due_on", Date),
    Column("promise_met_on", Date),
    Column("promise_overdue_on", Date),
    Column("eliminated_on", Date),
    Column("exit_on", Date),
    Column("exit_reason", String(30)),
    Column("members", Integer, nullable=False),
    Column("base_members", Integer, nullable=False),
    Column("jobs", Integer, nullable=False, comment="jobs held"),
    Column("double_employment", Boolean, nullable=False),
    Column("monitored", Boolean, nullable=False, comment="only followed, somebody still has poor work"),
    Column("key_monitored", Boolean, nullable=False),
    Column("hardship", Boolean, nullable=False),
    Column("before_fen", Integer, nullable=False, comment="the household's income a month as declared"),
    Column("now_fen", Integer, nullable=False, comment="the same with the jobs held"),
    Index(None, "office", "until_on", "from_on"),
)

ledger_members = Table(
    "ledger_members",
    metadata,
    Column("case_id", code(CASE_ID), ForeignKey("cases.case_id"), primary_key=True),
    Column("member_id", String(4), primary_key=True),
    Column("from_on", Date, primary_key=True),
    Column("until_on", Date, nullable=False),
    Column("relation", String(10), nullable=False),
    Column("sex", String(2), nullable=False),
    Column("birth_year", Integer, nullable=False),
    Column("status", String(10), nullable=False),
    Column("base", Boolean, nullable=False, comment="somebody to be helped (需援助成员)"),
    Column("dibao", Boolean, nullable=False),
    Column("unemployment_insurance", Boolean, nullable=False),
    Column("guidance", Integer, nullable=False),
    Column("training", Integer, nullable=False),
    Column("referrals", Integer, nullable=False),
    Column("refusals", Integer, nullable=False),
    Column("channel", String(30), comment="of the job held"),
    Column("employed_on", Date),
    Column("income_fen", Integer, comment="of the job held, a month"),
    Column("insured", Boolean, nullable=False),
    Column("steady", Boolean, nullable=False),
)
