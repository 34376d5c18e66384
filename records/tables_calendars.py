"""The table of working calendars (工作日历).  What is kept in it, and when, is said in `records/calendars.py`."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from records.column_types import Instant, code
from records.tables import ACCOUNT, metadata

calendars = Table(
    "calendars",
    metadata,
    Column("key", code(60), primary_key=True, comment="issue/number or version/version"),
    Column("version", code(40), nullable=False),
    Column("number", Integer, unique=True, comment="null: of the data files, or of one area"),
    Column("sha256", String(64), nullable=False),
    Column("source", String(120), nullable=False),
    Column("content", Text, nullable=False, comment="JSON, no personal data"),
    Column("kept_at", Instant, nullable=False),
    Column("kept_by", String(ACCOUNT), nullable=False),
    Index(None, "version"),
)
