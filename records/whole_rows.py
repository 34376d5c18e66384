"""Rows of every table as the database holds them (整行): read and written whole, for copies made outside the desk.

For a synthetic province alone (`operations/synth.py`, SQLite): it copies what the record's own writers made, many
times, without going through a model each time.  Nothing a person does comes here.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Table, insert, select

from records.all_tables import metadata
from records.engine import Reading, Record, Writing
from records.tables_people import case_counters

SHARED = {"accounts", "offices", "policies", "calendars", "case_counters"}
"""Tables that are not of one household."""

FASTER = ("PRAGMA synchronous=OFF", "PRAGMA cache_size=-200000", "PRAGMA temp_store=MEMORY")


def rows_of_households(work: Reading) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Yield the rows of every table that is of households, parents before their children."""
    for table in _tables():
        asked = select(*_columns(table)).compile(dialect=work.connection.dialect)
        found = [tuple(row) for row in work.connection.exec_driver_sql(str(asked))]
        if found:
            yield table.name, found


def write_rows(work: Writing, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    """Write rows that came from `rows_of_households`, in the order that foreign keys want."""
    for table in _tables():
        if some := rows.get(table.name):
            names = [column.name for column in _columns(table)]
            added = insert(table).compile(dialect=work.connection.dialect, column_keys=names)
            work.connection.exec_driver_sql(str(added), some)


def write_counters(work: Writing, last: Iterable[tuple[str, int, int]]) -> None:
    """Write the last case number of each office and year."""
    rows = [{"office": office, "year": year, "last": number} for office, year, number in last]
    work.connection.execute(insert(case_counters), rows)


def hasten(record: Record) -> None:
    """Have the writing connection of SQLite not wait for the disk: a file that is being filled may be lost."""
    connection = record.engine.raw_connection()
    try:
        for pragma in FASTER:
            connection.cursor().execute(pragma)
    finally:
        connection.close()


@contextmanager
def without_indexes(record: Record) -> Iterator[None]:
    """Fill a record on SQLite without the indexes that only help to find, and build them at the end, each in one go."""
    asked = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE INDEX%'"
    with record.write() as work:
        found = [tuple(row) for row in work.connection.exec_driver_sql(asked)]
        for name, _ in found:
            work.connection.exec_driver_sql(f'DROP INDEX "{name}"')
    yield
    with record.write() as work:
        for _, made_by in found:
            work.connection.exec_driver_sql(made_by)


def _tables() -> Sequence[Table]:
    return [table for table in metadata.sorted_tables if table.name not in SHARED]


def _columns(table: Table) -> list[Any]:
    """Return the columns to copy; a number that the database gives is left to it."""
    given = table.autoincrement_column
    return [column for column in table.columns if column is not given]
