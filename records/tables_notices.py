"""The tables of the in-app inbox (站内通知): what staff are told in the application, and who has read what.

A line is written with its event (`records/inbox.py`); it is addressed to an account, or to whoever of a role sees the
case (`account` null).  Lines without a case are alerts for administrators.
"""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table

from records.column_types import Instant, code
from records.tables import ACCOUNT, CASE_ID, metadata

inbox = Table(
    "inbox",
    metadata,
    Column("key", code(200), primary_key=True, comment="case_id/seq/notice/account or role"),
    Column("case_id", code(CASE_ID), comment="null: an alert for administrators"),
    Column("seq", Integer),
    Column("notice", String(60), nullable=False),
    Column("role", String(20), nullable=False),
    Column("account", code(ACCOUNT), comment="null: for whoever of the role sees the case"),
    Column("words", LargeBinary, nullable=False, comment="sealed: what the event told the notice"),
    Column("at", Instant, nullable=False),
    Index(None, "case_id"),
    Index(None, "account", "at"),
    Index(None, "role", "account", "case_id"),
)

inbox_reads = Table(
    "inbox_reads",
    metadata,
    Column("key", code(200), primary_key=True),
    Column("account", code(ACCOUNT), primary_key=True),
    Column("read_at", Instant, nullable=False),
)
