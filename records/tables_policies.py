"""The tables of policies (办法): every content a case ever lived by, and who ordered which change.

What is kept in them, and when, is said in `records/policies.py` and `records/policy_orders.py`.
"""

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text

from records.column_types import Instant, code
from records.tables import ACCOUNT, metadata

policies = Table(
    "policies",
    metadata,
    Column("pack_id", code(60), primary_key=True),
    Column("version", code(40), primary_key=True),
    Column("hash", code(16), primary_key=True, comment="head of the content's SHA-256, as cases remember it"),
    Column("sha256", String(64), nullable=False),
    Column("effective_from", Date, nullable=False),
    Column("content", Text, nullable=False, comment="JSON, no personal data"),
    Column("first_used", Instant, nullable=False),
    Column("used_by", String(ACCOUNT), nullable=False),
)

policy_orders = Table(
    "policy_orders",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("pack_id", code(60), nullable=False),
    Column("version", code(40), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("ordered_by", String(ACCOUNT), nullable=False),
    Column("ordered_at", Instant, nullable=False),
    Column("area", code(12), comment="null: every area"),
    Column("done", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("waiting", Integer, nullable=False, comment="cases still under another version when it was last counted"),
    Column("counted_at", Instant, nullable=False),
    Index(None, "pack_id", "version"),
)
