"""The tables of the monthly dispatch report (调度表): what moved, each month's report by area, balances, templates.

`movements` is written with each event (`records/movements.py`); the others by `records/monthly_reports.py`.  Nothing in
them tells of a person: a member is M1, M2 ….
"""

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, LargeBinary, SmallInteger, String, Table

from records.column_types import Instant, code
from records.tables import ACCOUNT, CASE_ID, metadata

movements = Table(
    "movements",
    metadata,
    Column("case_id", code(CASE_ID), ForeignKey("cases.case_id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False, comment="of the event it came with"),
    Column("kind", code(24), nullable=False),
    Column("stock", SmallInteger, nullable=False, comment="1, -1 or 0: what it does to the stock"),
    Column("office", code(12), nullable=False, comment="whose case it was then"),
    Column("other", code(12), comment="the other office of a transfer"),
    Column("on_day", Date, nullable=False),
    Column("known_on", Date, nullable=False),
    Column("month", code(7), nullable=False, comment="in which it became known"),
    Column("of_month", code(7), nullable=False, comment="which it concerns, never later than month"),
    Column("member", String(4)),
    Column("job", String(40)),
    Column("channel", code(40)),
    Index("ix_movements_counted", "office", "month", "kind", "of_month", "channel", "other"),
    Index("ix_movements_of_cases", "case_id", "office", "stock"),
)

monthly_reports = Table(
    "monthly_reports",
    metadata,
    Column("area", code(12), primary_key=True, comment="the beginning of office codes: 2, 4, 6 digits, or an office"),
    Column("month", code(7), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("numbers", JSON, nullable=False, comment="of the area and of each of its parts"),
    Column("due_on", Date, nullable=False),
    Column("standing", String(12), nullable=False, comment="drawn_up, reviewed, signed, submitted, locked, returned"),
    Column("drawn_up_at", Instant, nullable=False),
    Column("note", String(500)),
    Column("reviewed_by", String(ACCOUNT)),
    Column("reviewed_at", Instant),
    Column("signed_by", String(ACCOUNT)),
    Column("signed_at", Instant),
    Column("submitted_by", String(ACCOUNT)),
    Column("submitted_at", Instant),
    Column("submitted_on", Date),
    Column("locked_by", String(ACCOUNT)),
    Column("locked_at", Instant),
    Column("returned_by", String(ACCOUNT)),
    Column("returned_at", Instant),
    Column("reason", String(500)),
    Index(None, "month", "area"),
)

opening_balances = Table(
    "opening_balances",
    metadata,
    Column("area", code(12), primary_key=True, comment="a county"),
    Column("recognised", Integer, nullable=False),
    Column("eliminated", Integer, nullable=False),
    Column("employed", Integer, nullable=False),
    Column("basis", String(500), nullable=False),
    Column("entered_by", String(ACCOUNT), nullable=False),
    Column("entered_at", Instant, nullable=False),
    Column("confirmed_by", String(ACCOUNT)),
    Column("confirmed_at", Instant),
)

report_templates = Table(
    "report_templates",
    metadata,
    Column("area", code(12), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("content", LargeBinary, nullable=False, comment="an .xlsx with placeholders"),
    Column("kept_by", String(ACCOUNT), nullable=False),
    Column("kept_at", Instant, nullable=False),
)
