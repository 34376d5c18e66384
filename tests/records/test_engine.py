"""The door to the database: nothing lost, nothing half, and a typed answer when it is away."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError, InternalError, StatementError

from records.engine import Record
from records.errors import RecordUnavailable, WrittenMeanwhile
from records.migrations import config, upgrade
from records.tables import metadata
from records.tables_people import case_counters, offices, sessions
from tests.conftest import DATABASES, KEYS
from tests.records.made import AT, OFFICE, an_entry, registered

TWICE = (IntegrityError, WrittenMeanwhile)
"""What a row that is there already raises: on PostgreSQL somebody may just have written it."""

SQLITE_ONLY = pytest.mark.parametrize("record_url", ["sqlite"], indirect=True)


def test_reading_then_writing_by_eight_threads_loses_nothing(record: Record) -> None:
    """The default transactions of SQLite lost 647 of 800 such updates without an error."""
    with record.write() as work:
        work.connection.execute(insert(case_counters), {"office": "1", "year": 2026, "last": 0})

    def add_many(_: int) -> None:
        for _ in range(25):
            with record.write() as work:
                read = select(case_counters.c.last).with_for_update()
                last = work.connection.execute(read).scalar_one()
                work.connection.execute(case_counters.update().values(last=last + 1))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add_many, range(8)))

    with record.read() as work:
        assert work.connection.execute(select(case_counters.c.last)).scalar_one() == 200


def test_an_error_inside_leaves_nothing(record: Record) -> None:
    def fails_after_writing() -> None:
        with record.write() as work:
            work.connection.execute(insert(offices), {"office": "1", "name": "甲", "phone": "1"})
            work.connection.execute(insert(offices), {"office": "1", "name": "乙", "phone": "2"})

    with pytest.raises(TWICE):
        fails_after_writing()

    with record.read() as work:
        assert work.connection.execute(select(offices)).all() == []


def test_a_reading_unit_of_work_cannot_write(record: Record) -> None:
    def write_while_reading() -> None:
        with record.read() as work:
            work.connection.execute(insert(offices), {"office": "1", "name": "甲", "phone": "1"})

    with pytest.raises((RecordUnavailable, InternalError)):
        write_while_reading()


def test_a_snapshot_does_not_see_what_is_written_meanwhile(record: Record) -> None:
    with record.read() as reading:
        assert reading.connection.execute(select(offices)).all() == []
        with record.write() as work:
            work.connection.execute(insert(offices), {"office": "1", "name": "甲", "phone": "1"})
        assert reading.connection.execute(select(offices)).all() == []


@SQLITE_ONLY
def test_a_reader_never_waits_for_a_writer(record: Record) -> None:
    writing, done = threading.Event(), threading.Event()

    def hold() -> None:
        with record.write():
            writing.set()
            done.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    writing.wait(10)
    record.ping()
    done.set()
    holder.join()


@SQLITE_ONLY
def test_a_locked_record_is_unavailable_and_nothing_happened(record_url: str) -> None:
    record = Record(record_url, KEYS, busy_ms=50)
    other = sqlite3.connect(record_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(RecordUnavailable) as refused:
        registered(record)

    assert refused.value.code == "record_unavailable"
    other.execute("ROLLBACK")
    other.close()
    assert registered(record) == f"{OFFICE}-2026-00001"
    record.close()


@SQLITE_ONLY
def test_a_full_disk_is_unavailable_and_later_all_is_well(record_url: str) -> None:
    record = Record(record_url, KEYS)
    with record.write() as work:
        pages = work.connection.execute(text("PRAGMA page_count")).scalar_one()
    engine = record.engine

    def fill() -> None:
        with record.write() as work:
            work.connection.execute(text(f"PRAGMA max_page_count={pages + 1}"))
            rows = [{"office": f"{n}", "name": "甲" * 80, "phone": "1"} for n in range(2000)]
            work.connection.execute(insert(offices), rows)

    with pytest.raises(RecordUnavailable) as refused:
        fill()
    assert refused.value.cause == "SQLITE_FULL"

    engine.dispose()
    assert registered(record)
    with record.read() as work:
        assert work.connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
        assert work.connection.execute(select(offices)).all() == []
    record.close()


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////nowhere/at/all/record.db",
        pytest.param("postgresql://nobody@127.0.0.1:1/none", marks=pytest.mark.postgres),
    ],
)
def test_a_record_that_is_away_says_so(url: str) -> None:
    record = Record(url, KEYS, busy_ms=100)

    with pytest.raises(RecordUnavailable) as refused:
        record.ping()

    assert "记录库暂时无法使用" in refused.value.message
    record.close()


def test_an_error_of_the_program_is_not_taken_for_an_absence(record: Record) -> None:
    def asks_nonsense() -> None:
        with record.read() as work:
            work.connection.execute(text("SELECT no_such_column FROM offices"))

    with pytest.raises(Exception, match="no_such_column") as refused:
        asks_nonsense()
    assert not isinstance(refused.value, RecordUnavailable)


def test_an_error_tells_no_values(record: Record) -> None:
    """Statements carry personal data; the text of their errors must not."""

    def stored_twice() -> None:
        with record.write() as work:
            row = {"office": "1", "name": "欧阳桂兰", "phone": "13904341234"}
            work.connection.execute(insert(offices), [row, row])

    with pytest.raises(TWICE) as refused:
        stored_twice()
    assert "欧阳桂兰" not in str(refused.value)


@pytest.mark.parametrize("database", DATABASES)
def test_migrations_from_empty_give_the_tables_as_declared(
    database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    postgres = database == "postgres"
    url = request.getfixturevalue("empty_postgres") if postgres else f"sqlite:///{tmp_path / 'new.db'}"
    record = Record(url, KEYS)

    upgrade(record.engine)
    upgrade(record.engine)

    with record.engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    assert registered(record, an_entry()) == f"{OFFICE}-2026-00001"

    with record.engine.begin() as connection:
        command.downgrade(config(connection), "base")
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: upgrade(record.engine), range(3)))
    assert registered(record, an_entry()) == f"{OFFICE}-2026-00001"
    record.close()


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "record.db").write_bytes(b"no database at all" * 100)
    record = Record(f"sqlite:///{tmp_path / 'record.db'}", KEYS)

    with pytest.raises(RecordUnavailable) as refused:
        record.ping()
    assert refused.value.cause == "SQLITE_NOTADB"


def test_an_instant_without_a_zone_is_refused(record: Record) -> None:
    with record.read() as work, pytest.raises(StatementError, match="time zone"):
        work.connection.execute(select(sessions).where(sessions.c.seen_at == AT.replace(tzinfo=None)))
