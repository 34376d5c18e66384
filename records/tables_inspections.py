"""The tables of inspections (核查、通报、约谈) and of case stories (典型案例).

What was found, who was talked to and what a story says stands sealed; days, states and tags are plain, for lists.
"""

from sqlalchemy import Column, Date, Index, Integer, LargeBinary, String, Table, Text, text

from records.column_types import Instant, code
from records.tables import ACCOUNT, metadata
from records.tables_radar import DIGEST, RECORD_ID, SUBJECT

inspections = Table(
    "inspections",
    metadata,
    Column("inspection_id", code(RECORD_ID), primary_key=True),
    Column("number", code(24), nullable=False, unique=True, comment="by which people speak of it: HC-2026-0001"),
    Column("area", code(12), nullable=False),
    Column("kind", String(20), comment="of the item it was opened from; null: opened freely"),
    Column("subject", code(SUBJECT)),
    Column("digest", code(DIGEST)),
    Column("about", LargeBinary, nullable=False, comment="sealed: what is looked into, and why"),
    Column("inspectors", LargeBinary, nullable=False, comment="sealed: who goes"),
    Column("opened_on", Date, nullable=False),
    Column("opened_by", String(ACCOUNT), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("closed_on", Date),
    Column("closed_by", String(ACCOUNT)),
    Column("result", String(20), comment="confirmed, partly or unfounded"),
    Column("conclusion", LargeBinary, comment="sealed"),
    Column("version", Integer, nullable=False),
    Index(None, "area", "closed_on", "due_on"),
    Index(None, "kind", "subject"),
)

inspection_records = Table(
    "inspection_records",
    metadata,
    Column("inspection_id", code(RECORD_ID), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(12), nullable=False, comment="finding, circular, talk or follow_up"),
    Column("on_day", Date, nullable=False),
    Column("due_on", Date, comment="by when a finding is put right"),
    Column("done_on", Date),
    Column("whom", LargeBinary, comment="sealed: to whom a circular went, with whom was talked"),
    Column("text", LargeBinary, nullable=False, comment="sealed"),
    Column("done_text", LargeBinary, comment="sealed: how a finding was put right"),
    Column("account", String(ACCOUNT), nullable=False),
    Column("at", Instant, nullable=False),
    Column("done_by", String(ACCOUNT)),
)

stories = Table(
    "stories",
    metadata,
    Column("story_id", code(RECORD_ID), primary_key=True),
    Column("case_index", code(64), nullable=False, comment="blind: the story itself names no case"),
    Column("area", code(12), nullable=False),
    Column("state", String(12), nullable=False, comment="draft, published or withdrawn"),
    Column("channel", String(30), nullable=False),
    Column("difficulty", String(120), nullable=False, comment="codes, between commas"),
    Column("outcome", String(30), nullable=False),
    Column("body", LargeBinary, nullable=False, comment="sealed: the story"),
    Column("case_id", LargeBinary, nullable=False, comment="sealed"),
    Column("made_by", String(ACCOUNT), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("amended_by", Text, nullable=False, server_default=text("''"), comment="accounts, by commas"),
    Column("decided_by", String(ACCOUNT)),
    Column("decided_at", Instant),
    Column("reason", LargeBinary, comment="sealed: why it was sent back or taken down"),
    Column("version", Integer, nullable=False),
    Index(None, "state", "decided_at"),
    Index(None, "area", "state"),
    Index(None, "case_index"),
)
