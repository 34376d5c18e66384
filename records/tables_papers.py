"""The tables of issued papers (文书): what was issued about a case, under which number, and where its file lies.

The file lies encrypted in the evidence store under `digest`; what was set into it stands sealed in `told`.
"""

from sqlalchemy import Boolean, Column, Date, Index, Integer, LargeBinary, String, Table, UniqueConstraint

from records.column_types import Instant, code
from records.tables import ACCOUNT, CASE_ID, metadata
from records.tables_people import INDEX

PAPER_ID = 36

papers = Table(
    "papers",
    metadata,
    Column("paper_id", code(PAPER_ID), primary_key=True),
    Column("case_id", code(CASE_ID), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("about", String(80), nullable=False, comment="the referral, visit or decision it is about; empty: the case"),
    Column("edition", Integer, nullable=False, comment="from 1; a later one replaces it"),
    Column("issuer", code(12), nullable=False),
    Column("issuer_name", String(80), nullable=False),
    Column("number", code(60), nullable=False, comment="文号"),
    Column("code_index", code(INDEX), nullable=False, comment="blind index of the verification code"),
    Column("forms_version", Integer, nullable=False),
    Column("sealed", Boolean, nullable=False),
    Column("test_seal", Boolean, nullable=False),
    Column("account", String(ACCOUNT), nullable=False),
    Column("dated", Date, nullable=False),
    Column("told", LargeBinary, nullable=False, comment="sealed: what was set into the form"),
    Column("issued_at", Instant, comment="null: its number is kept, its file was not made yet"),
    Column("digest", code(64)),
    Column("size", Integer),
    UniqueConstraint("case_id", "kind", "about", "edition"),
    Index(None, "number", unique=True),
    Index(None, "code_index", unique=True),
    Index(None, "digest"),
)

paper_numbers = Table(
    "paper_numbers",
    metadata,
    Column("issuer", code(12), primary_key=True),
    Column("kind", String(24), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)
