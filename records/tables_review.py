"""The table of what other offices' registers answered (线上比对的原始答复), sealed: it may tell of work and income."""

from sqlalchemy import Column, Date, LargeBinary, String, Table

from records.column_types import Instant, code
from records.tables import ACCOUNT, CASE_ID, metadata

RUN = 200

comparison_answers = Table(
    "comparison_answers",
    metadata,
    Column("case_id", code(CASE_ID), primary_key=True),
    Column("run", code(RUN), primary_key=True, comment="account:request key; the same request asks once"),
    Column("source", String(20), primary_key=True),
    Column("member_id", String(4), primary_key=True),
    Column("result", String(12), nullable=False),
    Column("looked_at", Instant, nullable=False),
    Column("valid_until", Date),
    Column("reference", String(80)),
    Column("account", code(ACCOUNT), nullable=False),
    Column("sealed", LargeBinary, nullable=False, comment="the source's own words"),
)
