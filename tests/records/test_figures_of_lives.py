"""Figures and lists of an area against a recount from the events alone, on random lives, on both databases."""

from collections import Counter
from datetime import date

import pytest

from casework.case import Case
from casework.case_facts import Promise
from casework.states import Role, State
from records.case_file import write_event
from records.engine import Record
from records.escalations import escalations
from records.figure_rows import Narrowed, open_ages, rows_behind
from records.figures import FIGURES, Period, counted, totals
from records.scope import Scope
from tests.records.lived import lived

pytestmark = pytest.mark.timeout(400)

CITY = Scope("sv", Role.SUPERVISOR, "220300")
EVER = Period(date(2000, 1, 1), date(2100, 12, 31))
LIVES = 40


def filled(record: Record) -> dict[str, list[Case]]:
    """Write the lives, each as a case of its own; return every case as it was after each of its events."""
    told: dict[str, list[Case]] = {}
    with record.write() as work:
        for number, life in enumerate(lived(LIVES, seed=50)):
            case_id = f"220302004-2026-{number + 1:05d}"
            for event in life:
                case = event.case.model_copy(update={"case_id": case_id})
                renamed = {"case_id": case_id, "case": case, "command_id": f"{case_id}-{event.seq}"}
                write_event(work, event.model_copy(update=renamed))
                told.setdefault(case_id, []).append(case)
    return told


def promises_of(cases: list[Case]) -> dict[tuple[str, int], Promise]:
    """Return every promise a case ever made, as it was when last carried."""
    found: dict[tuple[str, int], Promise] = {}
    for case in cases:
        if case.promise is not None:
            found["main", case.promise.number] = case.promise
        if case.relocation is not None and case.relocation.promise is not None:
            found["relocated", case.relocation.promise.number] = case.relocation.promise
    return found


def outcome(promise: Promise, last: Case) -> str:
    gone, late = last.state is State.EXITED, promise.overdue_on is not None
    if promise.met_on is not None:
        return "late" if late else "kept"
    return ("missed_ended" if late else "ended") if gone else ("missed" if late else "running")


def cause(promise: Promise) -> str:
    return (promise.cause or "cause_unknown") if promise.cause_confirmed_by else "unconfirmed"


def test_figures_are_what_the_events_say(record: Record) -> None:
    told = filled(record)
    expected: Counter[str] = Counter()
    tasks: Counter[str] = Counter()
    for cases in told.values():
        last = cases[-1]
        expected["open"] += last.state is not State.EXITED
        for promise in promises_of(cases).values():
            expected["due"] += 1
            expected[outcome(promise, last)] += 1
            if promise.overdue_on is not None:
                expected["all_missed"] += 1
                expected[cause(promise)] += 1
        now = last.promise
        missed = now is not None and now.overdue_on is not None and now.met_on is None
        expected["overdue_now"] += missed and last.state is not State.EXITED
        expected["exited"] += last.state is State.EXITED
        expected["tasks"] += len(last.tasks)
        expected["overdue_tasks"] += sum(task.overdue for task in last.tasks)
        tasks.update(task.kind for task in last.tasks)
    with record.read() as work:
        parts = counted(work, CITY, FIGURES.values(), EVER, "2203")
        sums = totals(parts)
        wrong = {code: (sums.get(code, 0), number) for code, number in expected.items() if sums.get(code, 0) != number}
        assert wrong == {}
        for code, number in sums.items():
            assert rows_behind(work, CITY, Narrowed(FIGURES[code], EVER), limit=0)[1] == number, code
        late, total = escalations(work, CITY, limit=500)
        ages = open_ages(work, CITY)
    assert len({each.case_id for each in late}) == len(late) == total == expected["overdue_now"]
    assert Counter(a.kind for a in ages for _ in range(a.tasks)) == tasks
    assert min(expected[code] for code in ("missed", "kept", "late", "overdue_tasks", "unconfirmed")) > 0
