"""The tables of vacancies (岗位), of who was referred to them, and of the members' plans (一人一策).

`referrals` says of every referral what became of it: the places a vacancy has left are counted from it, and employers
are asked by it.  Written with the event by `records/referrals.py`.  `places_held` keeps a place for a referral
on its way to its case, so that nobody else is put to the last one meanwhile.  Contacts and plans are sealed.
"""

from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, Index, Integer, LargeBinary, String, Table, text

from records.column_types import Instant, code
from records.tables import ACCOUNT, CASE_ID, metadata

vacancies = Table(
    "vacancies",
    metadata,
    Column("vacancy_id", code(40), primary_key=True),
    Column("employer", String(80), nullable=False),
    Column("title", String(80), nullable=False),
    Column("pay_fen", BigInteger, nullable=False),
    Column("area", code(12), nullable=False),
    Column("open_until", Date),
    Column("posts", Integer, comment="null: nobody said how many"),
    Column("reserved", Integer, nullable=False, server_default="0", comment="of them kept for target households"),
    Column("channel", String(20), nullable=False, server_default="employer"),
    Column("skills", String(120), nullable=False, server_default=text("''")),
    Column("education", String(12), nullable=False, server_default="any"),
    Column("place", String(120), nullable=False, server_default=text("''")),
    Column("pay_to_fen", BigInteger),
    Column("hours", String(60), nullable=False, server_default=text("''")),
    Column("demands", String(80), nullable=False, server_default=text("''"), comment="codes, by commas"),
    Column("credit_code", String(18), nullable=False, server_default=text("''"), comment="统一社会信用代码"),
    Column("open_from", Date),
    Column("source", String(12), nullable=False, server_default="noted"),
    Column("closed_on", Date),
    Column("contact", LargeBinary, comment="sealed: whom to ask at the employer"),
    Column("kept_by", String(ACCOUNT), comment="null: of an earlier release"),
    Column("kept_at", Instant),
    Column("version", Integer, nullable=False, server_default="1"),
    Index(None, "area"),
)

referrals = Table(
    "referrals",
    metadata,
    Column("case_id", code(CASE_ID), ForeignKey("cases.case_id"), primary_key=True),
    Column("referral_id", String(20), primary_key=True),
    Column("member_id", String(4), nullable=False),
    Column("vacancy_id", code(60), nullable=False),
    Column("on_day", Date, nullable=False),
    Column("pay_fen", BigInteger, nullable=False),
    Column("suitable", Boolean, nullable=False),
    Column("delivered", Boolean, nullable=False),
    Column("guaranteed", Boolean, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("holds", Boolean, nullable=False, comment="takes one of the vacancy's places"),
    Index(None, "vacancy_id", "holds"),
    Index(None, "outcome"),
)

places_held = Table(
    "places_held",
    metadata,
    Column("command_id", code(200), primary_key=True, comment="of the referral that is being asked for"),
    Column("vacancy_id", code(40), nullable=False),
    Column("held_at", Instant, nullable=False),
    Index(None, "vacancy_id"),
)

vacancy_sheets = Table(
    "vacancy_sheets",
    metadata,
    Column("sheet_id", code(36), primary_key=True),
    Column("account", code(ACCOUNT), nullable=False, comment="who handed it in, and alone sees it"),
    Column("kind", String(4), nullable=False, comment="csv or xlsx"),
    Column("kept_at", Instant, nullable=False),
    Column("taken_at", Instant, comment="null: not confirmed"),
    Column("counts", String(120), nullable=False, comment="of what was taken in: new,changed,same"),
    Column("content", LargeBinary, nullable=False, comment="sealed"),
    Index(None, "kept_at"),
)

plans = Table(
    "plans",
    metadata,
    Column("case_id", code(CASE_ID), ForeignKey("cases.case_id"), primary_key=True),
    Column("member_id", String(4), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False, comment="of the version, from 1"),
    Column("after_seq", Integer, nullable=False, comment="the case's last event when it was written"),
    Column("account", String(ACCOUNT), nullable=False),
    Column("written_at", Instant, nullable=False),
    Column("request_key", code(200), nullable=False, comment="the request that wrote it, once"),
    Column("sealed", LargeBinary, nullable=False),
    Index(None, "request_key", unique=True),
)
