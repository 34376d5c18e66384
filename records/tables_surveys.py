"""The tables of survey rounds (摸底走访) and layoff lists (裁员名单): who is to be visited by whom, and what was found.

What a household is stands in `tables_register.py`; a visit only points there.  Notes and people are sealed.
"""

from sqlalchemy import Column, Date, Index, Integer, LargeBinary, String, Table

from records.column_types import Instant, code
from records.tables import ACCOUNT, CASE_ID, metadata
from records.tables_people import INDEX
from records.tables_register import KNOWN_ID

survey_rounds = Table(
    "survey_rounds",
    metadata,
    Column("round_id", code(36), primary_key=True),
    Column("office", code(12), nullable=False),
    Column("title", String(60), nullable=False),
    Column("first_on", Date, nullable=False),
    Column("last_on", Date, nullable=False),
    Column("free_lines", Integer, nullable=False, comment="blank lines for households that are found"),
    Column("opened_by", code(ACCOUNT), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_on", Date),
    Column("closed_by", code(ACCOUNT)),
    Index(None, "office", "last_on"),
)

survey_shares = Table(
    "survey_shares",
    metadata,
    Column("round_id", code(36), primary_key=True),
    Column("community", String(60), primary_key=True),
    Column("assignee", code(ACCOUNT), nullable=False),
    Index(None, "assignee"),
)

survey_visits = Table(
    "survey_visits",
    metadata,
    Column("visit_id", code(36), primary_key=True),
    Column("round_id", code(36), nullable=False),
    Column("office", code(12), nullable=False),
    Column("community", String(60), nullable=False),
    Column("kind", String(8), nullable=False, comment="known, case or new: of the register, monitored, found"),
    Column("household_id", code(KNOWN_ID)),
    Column("case_id", code(CASE_ID), comment="the open case of a monitored household"),
    Column("number", String(40), nullable=False, comment="户编号 or the number of the case"),
    Column("assignee", code(ACCOUNT), nullable=False),
    Column("state", String(12), nullable=False),
    Column("visited_on", Date),
    Column("told_by", code(ACCOUNT)),
    Column("told_at", Instant),
    Column("note", LargeBinary),
    Column("version", Integer, nullable=False),
    Index(None, "round_id", "number", unique=True),
    Index(None, "assignee", "state"),
    Index(None, "household_id"),
)

layoff_lists = Table(
    "layoff_lists",
    metadata,
    Column("list_id", code(36), primary_key=True),
    Column("office", code(12), nullable=False),
    Column("employer", String(100), nullable=False),
    Column("source", String(8), nullable=False, comment="typed or sheet"),
    Column("people", Integer, nullable=False),
    Column("account", code(ACCOUNT), nullable=False),
    Column("kept_at", Instant, nullable=False),
    Index(None, "office", "kept_at"),
)

layoff_lines = Table(
    "layoff_lines",
    metadata,
    Column("list_id", code(36), primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("employer", String(100), nullable=False),
    Column("leaves_on", Date, nullable=False),
    Column("name", LargeBinary, nullable=False),
    Column("id_number", LargeBinary, nullable=False),
    Column("id_index", code(INDEX), nullable=False),
    Index(None, "id_index"),
)
