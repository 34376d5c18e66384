"""The tables of the case file (卷宗): case rows, events, tasks, clocks, messages and the publicity board.

All of these are written by `records/case_file.py` in the one transaction of an event; claims and message states are
their own short transactions.  Tables of people, accounts and requests are in `records/tables_people.py`, the in-app
inbox in `records/tables_notices.py`.
Columns are plain where a list filters by them and sealed where they tell of a person.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from records.column_types import Instant, code

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)

CASE_ID = 40
ACCOUNT = 40

cases = Table(
    "cases",
    metadata,
    Column("case_id", code(CASE_ID), primary_key=True),
    Column("office", code(12), nullable=False),
    Column("pack_id", String(40), nullable=False),
    Column("pack_version", String(40), comment="null: of an earlier release"),
    Column("state", String(20), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("last_command", String(200), nullable=False),
    Column("last_on", Date, nullable=False),
    Column("helper", code(ACCOUNT)),
    Column("opened_on", Date, nullable=False),
    Column("certified_on", Date),
    Column("promise_due_on", Date),
    Column("promise_overdue_on", Date),
    Column("promise_met_on", Date),
    Column("eliminated_on", Date),
    Column("exit_reason", String(30)),
    Column("exit_on", Date),
    Column("members", Integer, nullable=False),
    Column("base_members", Integer, nullable=False),
    Column("eligibility", String(60), nullable=False),
    Column("objection_open", Boolean, nullable=False),
    Column("exit_proposed", Boolean, nullable=False),
    Column("double_employment", Boolean, nullable=False),
    Column("clock_offset", Integer, nullable=False),
    Column("calendar_version", String(40), comment="null: of an earlier release"),
    Column("calendar_issue", Integer),
    Column("key_monitored", Boolean, comment="null: of an earlier release"),
    Index(None, "office", "state"),
    Index(None, "helper"),
    Index(None, "promise_overdue_on"),
)

events = Table(
    "events",
    metadata,
    Column("case_id", code(CASE_ID), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("command_id", code(200), nullable=False),
    Column("trigger", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    Column("on_day", Date, nullable=False),
    Column("account", String(ACCOUNT), nullable=False),
    Column("acting_for", String(ACCOUNT), comment="the absent colleague in whose stead the account acted"),
    Column("role", String(20), nullable=False),
    Column("source", String(20)),
    Column("target", String(20), nullable=False),
    Column("about", String(120)),
    Column("text_ids", JSON, nullable=False),
    Column("clock_offset", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("told", LargeBinary, nullable=False, comment="sealed: why, opened, closed, started, stopped, notices"),
    Column("whole", LargeBinary, nullable=False, comment="sealed: the event with the case after it"),
    UniqueConstraint("case_id", "command_id"),
    Index(None, "account", "at"),
)

tasks = Table(
    "tasks",
    metadata,
    Column("task_id", code(200), primary_key=True, comment="case_id/task_id"),
    Column("case_id", code(CASE_ID), ForeignKey("cases.case_id"), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("role", String(20), nullable=False),
    Column("office", code(12), nullable=False),
    Column("about", String(120)),
    Column("title", String(60), comment="in the locality's own words"),
    Column("opened_on", Date, nullable=False),
    Column("opened_seq", Integer, nullable=False),
    Column("due_on", Date),
    Column("internal", Boolean, nullable=False),
    Column("overdue", Boolean, nullable=False),
    Column("paused", Boolean, comment="the limit waits for somebody else; null: of an earlier release"),
    Column("closed_seq", Integer),
    Column("closed_at", Instant),
    Column("closed_by", String(ACCOUNT)),
    Column("closed_for", String(ACCOUNT), comment="the absent colleague in whose stead it was closed"),
    Column("done", Boolean),
    Column("claimed_by", String(ACCOUNT)),
    Column("claimed_at", Instant),
    Column("version", Integer, nullable=False),
    Index(None, "case_id", "closed_seq"),
    Index(None, "closed_seq", "office", "role", "overdue"),
    Index(None, "claimed_by", "closed_seq"),
)

clocks = Table(
    "clocks",
    metadata,
    Column("case_id", code(CASE_ID), ForeignKey("cases.case_id"), primary_key=True),
    Column("key", String(120), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("about", String(120)),
    Column("started_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("next_ring", Instant),
    Column("running", Boolean, nullable=False),
    Column("changed_seq", Integer, nullable=False),
)

messages = Table(
    "messages",
    metadata,
    Column("key", code(200), primary_key=True, comment="case_id/seq/notice/recipient"),
    Column("case_id", code(CASE_ID), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("place", Integer, nullable=False, comment="order within the event"),
    Column("notice", String(60), nullable=False),
    Column("role", String(20), comment="null: a member of the household"),
    Column("recipient", String(ACCOUNT), nullable=False),
    Column("words", LargeBinary, nullable=False, comment="sealed: what the event told the notice"),
    Column("state", String(12), nullable=False),
    Column("planned_at", Instant, nullable=False),
    Column("not_before", Instant),
    Column("attempt_id", String(64)),
    Column("attempted_at", Instant),
    Column("attempts", Integer, nullable=False),
    Column("code", String(80)),
    Column("note", LargeBinary, comment="sealed: a gateway may quote what it was sent"),
    Column("gateway", String(20), comment="which gateway the last attempt went to"),
    Column("gateway_id", String(120)),
    Column("parts", Integer),
    Column("late", Boolean, nullable=False),
    Column("settled_at", Instant),
    Column("instead_of", String(ACCOUNT), comment="whom it was for, when it fell to somebody else"),
    Column("handled_by", String(ACCOUNT), comment="who told the addressee in another way"),
    Column("handled_at", Instant),
    Column("handled_note", LargeBinary, comment="sealed: how they were told"),
    Index(None, "case_id", "seq"),
    Index(None, "state"),
    Index(None, "gateway_id"),
)

board = Table(
    "board",
    metadata,
    Column("case_id", code(CASE_ID), ForeignKey("cases.case_id"), primary_key=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("public_id", String(24), nullable=False, unique=True),
    Column("office", code(12), nullable=False),
    Column("masked_name", String(10), nullable=False),
    Column("community", String(60), nullable=False),
    Column("category", String(40), nullable=False),
    Column("contact", String(120), nullable=False),
    Column("posted_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("down_on", Date),
    Column("posted_by", String(ACCOUNT), comment="null: of an earlier release"),
    Column("up_at", Instant),
    Column("down_by", String(ACCOUNT)),
    Column("down_at", Instant),
    Index(None, "posted_on", "ends_on"),
)
