"""The tables of work that passes between colleagues: absences with their substitutes (请假与代办), offline entries.

Reasons and contents are sealed, because they may tell of somebody's health or household.
"""

from sqlalchemy import Column, Date, Index, Integer, LargeBinary, String, Table, UniqueConstraint

from records.column_types import Instant, code
from records.tables import ACCOUNT, CASE_ID, metadata

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

offline_entries = Table(
    "offline_entries",
    metadata,
    Column("entry_id", code(40), primary_key=True),
    Column("account", code(ACCOUNT), nullable=False, comment="who noted it"),
    Column("device_key", code(120), nullable=False),
    Column("case_id", code(CASE_ID), nullable=False),
    Column("step", String(60), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False, comment="sealed: the body of the step as it was noted"),
    Column("state", String(12), nullable=False),
    Column("code", String(60), comment="why the step was refused"),
    Column("message", LargeBinary, comment="sealed: the rule's words"),
    Column("handed_at", Instant),
    Column("taken_by", code(ACCOUNT)),
    Column("seq", Integer),
    Column("settled_at", Instant),
    Column("reason", LargeBinary, comment="sealed: why it was discarded"),
    UniqueConstraint("account", "device_key"),
    Index(None, "case_id", "state"),
)
