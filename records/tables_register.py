"""The tables of the register beyond cases (普查底册): households the office knows of, whether or not a case was opened.

What a survey sheet, a visit or an old ledger told of a household.  Who somebody is stands sealed; what the rules look
at travels as facts, sealed too, because a birth date tells much.
"""

from sqlalchemy import Boolean, Column, Date, Index, Integer, LargeBinary, String, Table

from records.column_types import Instant, code
from records.tables import ACCOUNT, CASE_ID, metadata
from records.tables_people import INDEX

KNOWN_ID = 36

known_households = Table(
    "known_households",
    metadata,
    Column("household_id", code(KNOWN_ID), primary_key=True),
    Column("office", code(12), nullable=False),
    Column("community", String(60), nullable=False),
    Column("number", String(40), nullable=False, comment="户编号 of its sheet, or one the register gave"),
    Column("source", String(12), nullable=False, comment="sheet, ledger, visit or layoff"),
    Column("batch_id", code(36), comment="the import it came with"),
    Column("round_id", code(36), comment="the survey round it was seen in last"),
    Column("surveyed_on", Date, nullable=False),
    Column("outcome", String(20), nullable=False, comment="as judged on surveyed_on"),
    Column("reason", String(40), nullable=False),
    Column("watch", String(60), comment="why it is to be monitored (重点监控), null: not"),
    Column("one_at_work", Boolean, comment="a couple of whom one works and one is out of work; null: kept before"),
    Column("pack_id", String(40), nullable=False),
    Column("members", Integer, nullable=False),
    Column("base_members", Integer, nullable=False),
    Column("facts", LargeBinary, nullable=False, comment="sealed: the household as the rules see it"),
    Column("address", LargeBinary),
    Column("case_id", code(CASE_ID), comment="the case that was opened for it"),
    Column("account", String(ACCOUNT), nullable=False),
    Column("kept_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    Index(None, "office", "number", unique=True),
    Index(None, "office", "outcome", "case_id"),
    Index(None, "batch_id"),
    Index(None, "case_id"),
)

known_persons = Table(
    "known_persons",
    metadata,
    Column("household_id", code(KNOWN_ID), primary_key=True),
    Column("member_id", String(4), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", LargeBinary, nullable=False),
    Column("id_number", LargeBinary, nullable=False),
    Column("phone", LargeBinary),
    Column("booklet", LargeBinary, comment="sealed: the number of the 户口簿"),
    Column("id_index", code(INDEX), nullable=False),
    Index(None, "id_index"),
)
