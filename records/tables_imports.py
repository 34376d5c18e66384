"""The tables of imports (表格导入): a sheet on its way into the register, what became of each household, old ledgers.

What a sheet holds of people stands sealed, and only while the import needs it: the file until it is read, the lines
until it is confirmed, what a household was before until the import can no longer be undone.
"""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, String, Table, Text

from records.column_types import Instant, code
from records.tables import ACCOUNT, CASE_ID, metadata
from records.tables_register import KNOWN_ID

import_batches = Table(
    "import_batches",
    metadata,
    Column("batch_id", code(36), primary_key=True),
    Column("kind", String(8), nullable=False, comment="survey or ledger"),
    Column("office", code(12), nullable=False, comment="the office, or the area of a supervisor"),
    Column("account", code(ACCOUNT), nullable=False),
    Column("state", String(10), nullable=False),
    Column("file_name", LargeBinary, nullable=False, comment="sealed: people name files after people"),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("done", Integer, nullable=False, comment="of the stage under way"),
    Column("total", Integer, nullable=False),
    Column("lines", Integer, nullable=False),
    Column("header", Text, nullable=False, comment="the titles of its columns, JSON"),
    Column("mapping", Text, nullable=False, comment="which column says what, JSON"),
    Column("counts", Text, nullable=False, comment="JSON"),
    Column("open_cases", Boolean, nullable=False),
    Column("confirmed_at", Instant),
    Column("refused_code", String(40)),
    Column("refused_words", Text),
    Column("undone_by", code(ACCOUNT)),
    Index(None, "office", "created_at"),
    Index(None, "state"),
)

import_chunks = Table(
    "import_chunks",
    metadata,
    Column("batch_id", code(36), primary_key=True),
    Column("kind", String(6), primary_key=True, comment="file, rows or bad"),
    Column("number", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False, comment="sealed"),
)

import_households = Table(
    "import_households",
    metadata,
    Column("batch_id", code(36), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("number", String(40), nullable=False),
    Column("office", code(12), nullable=False),
    Column("line", Integer, nullable=False),
    Column("members", Integer, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("reason", String(40), nullable=False),
    Column("known", String(10), nullable=False, comment="new, changed, older: what the register has of it"),
    Column("active_case", code(CASE_ID), comment="an open case of its people that the office sees"),
    Column("elsewhere", Boolean, nullable=False, comment="in an open case of another office"),
    Column("former_case", code(CASE_ID)),
    Column("state", String(10), nullable=False),
    Column("why", Text, comment="why no case was opened, or why it was not taken back"),
    Column("household_id", code(KNOWN_ID)),
    Column("version", Integer, comment="of the known household as the import left it"),
    Column("case_id", code(CASE_ID), comment="the case that this import opened"),
    Column("content", LargeBinary, comment="sealed: the household, until it is written"),
    Column("before", LargeBinary, comment="sealed: what the register had, until it cannot be undone"),
    Index(None, "batch_id", "state", "position"),
    Index(None, "batch_id", "known"),
)

import_mappings = Table(
    "import_mappings",
    metadata,
    Column("office", code(12), primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("content", Text, nullable=False, comment="titles by field, JSON"),
    Column("changed_at", Instant, nullable=False),
)

ledger_entries = Table(
    "ledger_entries",
    metadata,
    Column("household_id", code(KNOWN_ID), primary_key=True),
    Column("batch_id", code(36), nullable=False),
    Column("content", LargeBinary, nullable=False, comment="sealed: what an old ledger told, JSON"),
    Column("kept_at", Instant, nullable=False),
    Index(None, "batch_id"),
)
