"""Movements and monthly numbers of random lives, on both databases, against a naive recount from the cases alone."""

from collections import Counter
from datetime import date
from functools import cache

import pytest
from sqlalchemy import delete, insert, select, update

from casework.case import Case
from casework.events import CaseEvent
from casework.states import State
from records.case_file import write_event
from records.catching_up import catch_up
from records.engine import Record
from records.movements import live_stock, mismatches, movements_so_far, tallies
from records.tables import cases
from records.tables_reports import movements
from register.dispatch import Dispatch, month_end, month_of, rolled_up
from register.movements import REVOKED, movements_of
from tests.make import CLERK, COUNTY, Life
from tests.records.lived import lived
from tests.records.test_report_rows import hold_lists

pytestmark = pytest.mark.timeout(400)

LIVES = 40
OFFICES = ("220302004", "220302005", "220303001")


@cache
def lives() -> tuple[list[CaseEvent], ...]:
    """Return random lives, and two in which something rare happens."""
    made_up = Life().assisted()
    job = made_up.employed("2026-10-15", "2026-10-16")
    made_up.do("2026-11-02", "withdraw_elimination", COUNTY, employment=job)
    revoked = Life().assisted("2026-01-26", "2026-02-02")
    revoked.employed("2026-02-03", "2026-02-04")
    revoked.do("2026-02-05", "propose_exit", CLERK, reason="false_report")
    revoked.do("2026-02-13", "approve_exit", COUNTY)
    revoked.until("2026-02-28")
    return (*map(list, lived(LIVES, seed=84)), made_up.events, revoked.events)


def filled(record: Record) -> dict[str, list[CaseEvent]]:
    """Write lives at several offices, each as a case of its own; return their events."""
    told: dict[str, list[CaseEvent]] = {}
    with record.write() as work:
        for number, events in enumerate(lives()):
            begun = OFFICES[number % len(OFFICES)]
            case_id = f"{begun}-2026-{number + 1:05d}"
            for event in events:
                case = _at(event.case, case_id, begun)
                renamed = {"case_id": case_id, "case": case, "command_id": f"{case_id}-{event.seq}"}
                told.setdefault(case_id, []).append(event.model_copy(update=renamed))
                write_event(work, told[case_id][-1])
    return told


def _at(case: Case, case_id: str, begun: str) -> Case:
    """Let the life begin at another office; where it is handed on to stays."""
    first = {"220302004": begun}
    moved = tuple(
        t.model_copy(update={"from_office": first.get(t.from_office, t.from_office)}) if place == 0 else t
        for place, t in enumerate(case.transfers)
    )
    office = case.office if case.transfers else begun
    return case.model_copy(update={"case_id": case_id, "office": office, "transfers": moved})


def last_known(events: list[CaseEvent], month: str) -> Case | None:
    """Return the case as it stood at 24:00 of the month's last day."""
    return next((e.case for e in reversed(events) if e.on <= month_end(month)), None)


def inside(case: Case | None) -> bool:
    return (
        case is not None
        and case.reviews.certified_on is not None
        and case.eliminated_on is None
        and case.state is not State.EXITED
    )


def employed(case: Case | None) -> int:
    """Count members with a job the county approved and nobody found to be made up."""
    if case is None or (case.exit is not None and case.exit.reason.value in REVOKED):
        return 0
    return len({e.member for e in case.employments if e.approved_on and e.rejected_on is None})


def months_of(told: dict[str, list[CaseEvent]]) -> list[str]:
    return sorted({month_of(e.on) for events in told.values() for e in events})


def test_every_month_adds_up_and_is_what_a_naive_recount_says(record: Record) -> None:
    told = filled(record)
    kinds: Counter[str] = Counter()
    months = months_of(told)
    before: dict[str, int] = {}
    with record.read() as work:
        assert mismatches(work, "22") == ()
        for case_id, events in told.items():
            assert movements_so_far(work, case_id) == movements_of(events), case_id
            kinds.update(m.kind.value for m in movements_of(events))
        for place, month in enumerate(months):
            cases_then = [last_known(events, month) for events in told.values()]
            for area in ("22", "2203", "220302"):
                whole, *parts = rolled_up(area, month, tallies(work, area, month), {})
                assert whole.adds_up, (area, month)
                assert all(part.adds_up for part in parts), (area, month)
                _adds_up_over(whole, parts)
                if place % 4 == 0:
                    hold_lists(work, area, month, whole, parts)
                here = [c for c in cases_then if c is not None and c.office.startswith(area)]
                assert whole["closing"] == sum(inside(c) for c in here), (area, month)
                for part in parts:
                    assert part["closing"] == sum(inside(c) for c in here if c.office.startswith(part.area))
                    assert part["opening"] == before.get(part.area, part["opening"])
                    before[part.area] = part["closing"]
                if area == "22":
                    assert whole["all_employed"] == sum(employed(c) for c in here)
                    certified = sum(1 for c in here if c.reviews.certified_on is not None)
                    assert whole["all_recognised"] == certified
        assert live_stock(work, "22") == sum(inside(events[-1].case) for events in told.values())
    wanted = ("recognised", "eliminated", "elimination_withdrawn", "returned", "exited", "revoked", "transferred_in")
    assert all(kinds[kind] for kind in wanted), kinds


def _adds_up_over(whole: Dispatch, parts: list[Dispatch]) -> None:
    """The roll-up is the sum of its parts; what moved between two parts is nothing for the whole."""
    between = ("transferred_in", "transferred_out", "corrected")
    for name in whole.counts.keys() - set(between):
        assert whole[name] == sum(part[name] for part in parts), name

    def net(each: Dispatch) -> int:
        return each["transferred_in"] - each["transferred_out"] + each["corrected"]

    assert net(whole) == sum(net(part) for part in parts)


def test_old_records_are_filled_and_what_is_wrong_is_named(record: Record) -> None:
    told = filled(record)
    with record.write() as work:
        rows = [dict(row._mapping) for row in work.connection.execute(select(movements)).all()]
        work.connection.execute(delete(movements))
    assert [words for words, _ in catch_up(record)] == ["户数变动"]
    with record.read() as work:
        again = [dict(row._mapping) for row in work.connection.execute(select(movements)).all()]
        key = lambda row: (row["case_id"], row["number"])  # noqa: E731
        assert sorted(again, key=key) == sorted(rows, key=key)
    assert list(catch_up(record)) == []

    stock = [case_id for case_id, events in told.items() if inside(events[-1].case)]
    gone = [case_id for case_id, events in told.items() if not inside(events[-1].case)]
    lost, wrong = stock[0], stock[1]
    made_up = next(c for c in gone if any(row["case_id"] == c for row in rows))
    with record.write() as work:
        work.connection.execute(delete(movements).where(movements.c.case_id == lost))
        work.connection.execute(update(cases).where(cases.c.case_id == wrong).values(eliminated_on=date(2026, 1, 1)))
        one = next(row for row in rows if row["case_id"] == made_up)
        work.connection.execute(insert(movements), one | {"number": 99, "stock": 1})
    with record.read() as work:
        assert mismatches(work, "22") == tuple(sorted((lost, wrong, made_up)))
