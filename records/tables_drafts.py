"""The tables of applications that are still being written (申请草稿).  What was typed is sealed as a whole."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table

from records.column_types import Instant, code
from records.tables import ACCOUNT, CASE_ID, metadata
from records.tables_people import INDEX

drafts = Table(
    "drafts",
    metadata,
    Column("draft_id", code(40), primary_key=True, comment="nobody guesses it"),
    Column("kind", String(10), nullable=False, comment="desk or public"),
    Column("owner", code(INDEX), nullable=False, comment="an account, or the index of a member of the public"),
    Column("office", code(12)),
    Column("version", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False, comment="sealed: what was typed, emptied once it is a case"),
    Column("applicant_index", code(INDEX), comment="blind index of the applicant's ID number"),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("updated_by", code(INDEX), nullable=False),
    Column("case_id", code(CASE_ID), comment="the case it became"),
    Index(None, "kind", "owner"),
    Index(None, "kind", "office"),
    Index(None, "applicant_index"),
    Index(None, "updated_at"),
)

draft_moves = Table(
    "draft_moves",
    metadata,
    Column("move_id", Integer, primary_key=True),
    Column("draft_id", code(40), nullable=False),
    Column("at", Instant, nullable=False),
    Column("from_owner", code(ACCOUNT), nullable=False),
    Column("to_owner", code(ACCOUNT), nullable=False),
    Index(None, "draft_id"),
)
