"""The tables of standing in for colleagues: absences with their substitutes (请假与代办).

Reasons are sealed, because they may tell of somebody's health.
"""

from sqlalchemy import Column, Date, Index, Integer, LargeBinary, Table

from records.column_types import Instant, code
from records.tables import ACCOUNT, metadata

absences = Table(
    "absences",
    metadata,
    Column("absence_id", Integer, primary_key=True),
    Column("account", code(ACCOUNT), nullable=False),
    Column("substitute", code(ACCOUNT), nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("reason", LargeBinary, nullable=False),
    Column("made_by", code(ACCOUNT), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("cancelled_by", code(ACCOUNT)),
    Column("cancelled_at", Instant),
    Index(None, "account"),
    Index(None, "substitute"),
)
