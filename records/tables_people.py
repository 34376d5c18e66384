"""The tables of people, accounts and requests.  Every column that tells who somebody is holds sealed bytes.

Sealed columns are bound to their place: the seal of "persons.name" of one row opens nowhere else.
"""

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, LargeBinary, String, Table

from records.column_types import Instant, code
from records.tables import ACCOUNT, CASE_ID, metadata

KEY = 200
INDEX = 64

households = Table(
    "households",
    metadata,
    Column("case_id", code(CASE_ID), primary_key=True),
    Column("office", code(12), nullable=False),
    Column("community", String(60), nullable=False, comment="as the public board names it"),
    Column("address", LargeBinary),
    Column("account", String(ACCOUNT), nullable=False),
    Column("registered_at", Instant, nullable=False),
    Index(None, "office", "community"),
)

persons = Table(
    "persons",
    metadata,
    Column("case_id", code(CASE_ID), primary_key=True),
    Column("member_id", String(4), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", LargeBinary, nullable=False),
    Column("id_number", LargeBinary, nullable=False),
    Column("phone", LargeBinary),
    Column("id_index", code(INDEX), nullable=False),
    Column("phone_index", code(INDEX)),
    Column("left_on", Date, comment="no member of the household since"),
    Index(None, "id_index"),
    Index(None, "phone_index"),
)

reservations = Table(
    "reservations",
    metadata,
    Column("id_index", code(INDEX), primary_key=True, comment="one active case a person"),
    Column("case_id", code(CASE_ID), nullable=False),
    Column("expires_at", Instant, comment="null once the case is on record"),
    Index(None, "case_id"),
    Index(None, "expires_at"),
)

free_texts = Table(
    "free_texts",
    metadata,
    Column("text_id", code(36), primary_key=True),
    Column("case_id", code(CASE_ID), nullable=False),
    Column("field", String(40), nullable=False),
    Column("account", String(ACCOUNT), nullable=False),
    Column("written_at", Instant, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index(None, "case_id"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("account", code(ACCOUNT), primary_key=True, comment="the user name"),
    Column("role", String(20), nullable=False),
    Column("area", code(12), nullable=False),
    Column("name", LargeBinary, nullable=False),
    Column("phone", LargeBinary),
    Column("password_hash", String(200), nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Instant),
    Column("created_at", Instant, nullable=False),
    Index(None, "role", "area"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", code(64), primary_key=True),
    Column("account", code(ACCOUNT), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("public_id", code(16), comment="how its owner names it when ending it; null: of an earlier release"),
    Column("device", String(60), comment="kind of browser, as its owner would say it"),
    Column("address", LargeBinary, comment="sealed: from where"),
    Column("waits", Boolean, comment="the password was right, the one-time code is still to come"),
    Index(None, "account"),
)

second_factors = Table(
    "second_factors",
    metadata,
    Column("account", code(ACCOUNT), primary_key=True),
    Column("secret", LargeBinary, nullable=False),
    Column("confirmed_at", Instant, comment="null: shown, but no code was typed yet"),
    Column("last_step", BigInteger, nullable=False, comment="the newest time step whose code was used"),
)

requests = Table(
    "requests",
    metadata,
    Column("account", code(ACCOUNT), primary_key=True),
    Column("key", code(KEY), primary_key=True),
    Column("request_hash", String(64), nullable=False),
    Column("case_id", code(CASE_ID)),
    Column("at", Instant, nullable=False),
    Index(None, "case_id"),
)

case_counters = Table(
    "case_counters",
    metadata,
    Column("office", code(12), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

offices = Table(
    "offices",
    metadata,
    Column("office", code(12), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("phone", String(30), nullable=False),
)

view_log = Table(
    "view_log",
    metadata,
    Column("view_id", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("account", code(ACCOUNT), nullable=False),
    Column("case_id", code(CASE_ID), nullable=False),
    Column("what", String(40), nullable=False),
    Column("reason", LargeBinary, nullable=False),
    Index(None, "case_id"),
    Index(None, "account", "at"),
)
