"""The tables of the public's door (群众办事): phone codes, objections, online applications, evidence.

What tells who somebody is, and what somebody wrote, is sealed.  What each is for is said in the file of its name.
"""

from sqlalchemy import Boolean, Column, Date, Index, Integer, LargeBinary, String, Table

from records.column_types import Instant, code
from records.tables import ACCOUNT, CASE_ID, metadata

INDEX = 64
RECEIPT = 20

phone_codes = Table(
    "phone_codes",
    metadata,
    Column("token_hash", code(INDEX), primary_key=True, comment="of the browser that asked"),
    Column("phone", LargeBinary, nullable=False),
    Column("phone_index", code(INDEX), nullable=False),
    Column("address_index", code(INDEX), nullable=False),
    Column("code_hash", String(INDEX), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("verified_at", Instant),
    Column("about", LargeBinary, comment="sealed: the number the visitor asked about"),
    Index(None, "phone_index", "made_at"),
    Index(None, "address_index", "made_at"),
    Index(None, "made_at"),
)

public_objections = Table(
    "public_objections",
    metadata,
    Column("receipt", code(RECEIPT), primary_key=True),
    Column("case_id", code(CASE_ID), nullable=False),
    Column("round", Integer, nullable=False),
    Column("key", code(INDEX), nullable=False, unique=True, comment="of the form: sent twice it is one objection"),
    Column("filed_at", Instant, nullable=False),
    Column("filed_on", Date, nullable=False, comment="the case's day"),
    Column("anonymous", Boolean, nullable=False),
    Column("name", LargeBinary),
    Column("phone", LargeBinary),
    Column("phone_index", code(INDEX)),
    Column("content", LargeBinary, nullable=False),
    Column("state", String(12), nullable=False, comment="received, registered or declined"),
    Column("handled_by", String(ACCOUNT)),
    Column("handled_at", Instant),
    Column("objection", String(12), comment="its number in the case, once registered"),
    Column("reason", LargeBinary, comment="sealed: why it was declined"),
    Index(None, "case_id"),
    Index(None, "state"),
    Index(None, "phone_index"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("evidence_id", code(24), primary_key=True),
    Column("case_id", code(CASE_ID), comment="null: not of a case yet"),
    Column("about_kind", String(12), nullable=False, comment="case, objection or application"),
    Column("about", code(CASE_ID), nullable=False),
    Column("label", String(40), nullable=False, comment="what it is said to show"),
    Column("file_name", LargeBinary, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("size", Integer, nullable=False),
    Column("digest", code(INDEX), nullable=False, comment="keyed digest of the content: its place in the store"),
    Column("account", String(ACCOUNT), comment="null: handed in by the public"),
    Column("at", Instant, nullable=False),
    Index(None, "case_id"),
    Index(None, "about_kind", "about"),
    Index(None, "digest"),
)

online_applications = Table(
    "online_applications",
    metadata,
    Column("receipt", code(RECEIPT), primary_key=True),
    Column("draft_id", code(40), nullable=False, unique=True, comment="where it was written, or is corrected"),
    Column("office", code(12), nullable=False),
    Column("state", String(12), nullable=False, comment="submitted, returned, accepted or withdrawn"),
    Column("phone", LargeBinary, nullable=False),
    Column("phone_index", code(INDEX), nullable=False),
    Column("applicant", LargeBinary, nullable=False),
    Column("people", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False, comment="sealed: the answers; emptied once it is a case"),
    Column("first_at", Instant, nullable=False),
    Column("submitted_at", Instant, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("desk_draft", code(40), comment="where a caseworker goes on with it"),
    Column("case_id", code(CASE_ID)),
    Index(None, "office", "state"),
    Index(None, "phone_index"),
    Index(None, "desk_draft"),
)

online_acts = Table(
    "online_acts",
    metadata,
    Column("act_id", Integer, primary_key=True),
    Column("receipt", code(RECEIPT), nullable=False),
    Column("at", Instant, nullable=False),
    Column("what", String(12), nullable=False, comment="submitted, looked, taken, returned, accepted or withdrawn"),
    Column("account", String(ACCOUNT), comment="null: the applicant"),
    Column("reasons", LargeBinary, comment="sealed: what is to be corrected, by page"),
    Index(None, "receipt"),
)
