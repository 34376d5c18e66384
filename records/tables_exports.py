"""The tables of large and of named files of the ledger (台账文件): who asked for what, and the sealed file."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table

from records.column_types import Instant, code
from records.tables import ACCOUNT, metadata

ledger_files = Table(
    "ledger_files",
    metadata,
    Column("file_id", code(36), primary_key=True),
    Column("account", code(ACCOUNT), nullable=False, comment="who asked, and alone may have it"),
    Column("area", code(12), nullable=False, comment="where that was"),
    Column("kind", String(4), nullable=False),
    Column("asked", String(800), nullable=False, comment="day and conditions, as JSON"),
    Column("reason", LargeBinary, comment="sealed; null: names are masked"),
    Column("state", String(8), nullable=False, comment="logging, making, ready or failed"),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("why", String(200), comment="in words, why it was not made"),
    Column("created_at", Instant, nullable=False),
    Index(None, "account", "created_at"),
    Index(None, "created_at"),
)

ledger_file_parts = Table(
    "ledger_file_parts",
    metadata,
    Column("file_id", code(36), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False, comment="sealed"),
)
