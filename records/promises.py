"""Keeping every promise a case ever made (承诺台账): one row for each, brought up to date with the case's events."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row as SqlRow
from sqlalchemy import bindparam, select

from casework.case import Case
from casework.case_facts import Promise
from casework.events import CaseEvent
from records.case_rows import Row
from records.engine import Writing
from records.tables_promises import promises
from records.upsert import insert_into

MAIN, RELOCATED = "main", "relocated"
KEY = ("case_id", "kind", "number")

_KEPT = select(promises).where(promises.c.case_id == bindparam("case_id"))


def keep_promises(work: Writing, event: CaseEvent) -> None:
    """Bring the rows of a case's promises to what the case says; a promise that has ended before stays as it was."""
    rows = promise_rows(event.case)
    if not rows:
        return
    there = {tuple(r._mapping[name] for name in KEY): dict(r._mapping) for r in _of(work, event.case_id)}
    for row in rows:
        if there.get(tuple(row[name] for name in KEY)) == row:
            continue
        values = {name: value for name, value in row.items() if name not in KEY}
        added = insert_into(work.connection, promises).values(row)
        work.connection.execute(added.on_conflict_do_update(index_elements=list(KEY), set_=values))


def promise_rows(case: Case) -> list[Row]:
    """Return the rows of the promises that a case carries."""
    found = [(MAIN, case.promise), (RELOCATED, case.relocation.promise if case.relocation else None)]
    return [_row(case.case_id, kind, promise) for kind, promise in found if promise is not None]


def _row(case_id: str, kind: str, promise: Promise) -> Row:
    return {
        "case_id": case_id,
        "kind": kind,
        "number": promise.number,
        "started_on": promise.started_on,
        "due_on": promise.due_on,
        "met_on": promise.met_on,
        "overdue_on": promise.overdue_on,
        "cause": promise.cause if promise.overdue_on else None,
        "confirmed": promise.cause_confirmed_by is not None,
        "told": ",".join(promise.told) or None,
    }


def _of(work: Writing, case_id: str) -> Sequence[SqlRow[Any]]:
    return work.connection.execute(_KEPT, {"case_id": case_id}).all()
