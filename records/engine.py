"""The door to the database: one unit of work at the edge, committed or rolled back as a whole; nobody commits inside.

`Record` owns two engines.  Writers take SQLite's write lock at once (`BEGIN IMMEDIATE`), because the default lets two
read-then-write transactions lose each other's updates without a word; readers never take it.  What is written where is
in the other files of this room; which tables exist is in `records/tables.py`.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from records.crypto import Keys
from records.errors import typed

BUSY_MS = 5000
"""How long a writer waits for another process's lock on SQLite before the record counts as unavailable."""

POOL_SIZE = 10
"""Connections kept per engine; as many again may be opened for a moment."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A unit of work that only looks: one snapshot, no write lock."""

    connection: Connection
    keys: Keys


@dataclass(frozen=True, slots=True)
class Writing(Reading):
    """A unit of work that writes: all of it or nothing."""


class Record:
    """The record of one installation: `sqlite:///path` or `postgresql://…`, and the keys of its personal data."""

    def __init__(self, url: str, keys: Keys, *, busy_ms: int = BUSY_MS) -> None:
        self._keys = keys
        self._writer = _engine(url, reading=False, busy_ms=busy_ms)
        self._reader = _engine(url, reading=True, busy_ms=busy_ms)

    @property
    def engine(self) -> Engine:
        """The writing engine, for migrations and back-ups."""
        return self._writer

    @property
    def keys(self) -> Keys:
        return self._keys

    @contextmanager
    def write(self) -> Iterator[Writing]:
        """Open a unit of work: commits at the end, rolls back on any error.

        Raises `RecordUnavailable` when the database is locked, full or away, `WrittenMeanwhile` when another one
        has just written the same.
        """
        with _typed(), self._writer.begin() as connection:
            yield Writing(connection, self._keys)

    @contextmanager
    def read(self) -> Iterator[Reading]:
        """Open a snapshot for reading.  Raises `RecordUnavailable` as `write` does."""
        with _typed(), self._reader.connect() as connection:
            yield Reading(connection, self._keys)

    def ping(self) -> None:
        """Return when the record answers, else raise `RecordUnavailable`."""
        with self.read() as work:
            work.connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Close all connections; on SQLite this also folds the write-ahead log into the file."""
        self._reader.dispose()
        self._writer.dispose()


@contextmanager
def _typed() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        known = typed(error)
        if known is None:
            raise
        raise known from None


def _engine(url: str, *, reading: bool, busy_ms: int) -> Engine:
    """Make one engine.  `hide_parameters` keeps personal data out of error texts and logs."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, hide_parameters=True, pool_size=POOL_SIZE, max_overflow=POOL_SIZE)
        _prepare_sqlite(engine, reading=reading, busy_ms=busy_ms)
        return engine
    options: dict[str, Any] = {"isolation_level": "READ COMMITTED"}
    if reading:
        options = {"isolation_level": "REPEATABLE READ", "execution_options": {"postgresql_readonly": True}}
    return create_engine(
        address.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_size=POOL_SIZE,
        max_overflow=POOL_SIZE,
        pool_pre_ping=True,
        connect_args={"connect_timeout": max(2, busy_ms // 1000), "options": f"-c lock_timeout={busy_ms}"},
        **options,
    )


def _prepare_sqlite(engine: Engine, *, reading: bool, busy_ms: int) -> None:
    pragmas = (
        f"PRAGMA busy_timeout={busy_ms}",
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=NORMAL",
        "PRAGMA foreign_keys=ON",
        f"PRAGMA query_only={'ON' if reading else 'OFF'}",
    )
    begin = "BEGIN" if reading else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _: object) -> None:
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(pragma).close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)
