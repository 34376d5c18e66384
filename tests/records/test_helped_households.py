"""The helper's first page from the record: which households come first, and that every one is on some page."""

from datetime import date, timedelta
from typing import Any

from casework.clocks import Pause
from casework.states import Role, State
from records.doorstep import A_PAGE, helped_ending, helped_households, how_many_helped
from records.engine import Record
from records.scope import During, Scope, StandIn
from tests.records.made import HELPER, OFFICE, a_case, a_promise, a_task, an_event, an_exit
from tests.records.test_case_file import write

ANY_DAY = During(-(10**9), 10**9, date(2000, 1, 1), date(2200, 1, 1))
WAITS = Pause(first=date(2026, 8, 20), why="等待主管部门答复", clause="内部规定")


def number(of: int) -> str:
    return f"{OFFICE}-2026-{of:05d}"


def helps(record: Record, of: int, helper: str = HELPER.account, **facts: Any) -> str:
    case = a_case(1, number(of), helper=helper, **{"state": State.ASSISTED} | facts)
    write(record, an_event(1, case, command_id=f"cmd-{of}"))
    return number(of)


def listed(record: Record, scope: Scope = HELPER, offset: int = 0) -> list[str]:
    with record.read() as work:
        return [helped.case.case_id for helped in helped_households(work, scope, offset=offset)]


def due(on: date, **more: Any) -> dict[str, Any]:
    return {"tasks": (a_task(1, "follow_up", role=Role.HELPER, due_on=on, **more),)}


def test_the_most_urgent_come_first(record: Record) -> None:
    calm = helps(record, 1)
    paused = helps(record, 2, **due(date(2026, 9, 1), pauses=(WAITS,)))
    later = helps(record, 3, promise=a_promise())
    sooner = helps(record, 4, promise=a_promise(), **due(date(2026, 10, 1)))
    unsigned = helps(record, 5, state=State.CERTIFIED)
    broken = helps(record, 6, promise=a_promise(overdue_on=date(2026, 10, 23)))
    late = helps(record, 7, **due(date(2026, 9, 20), overdue=True))
    kept = helps(record, 8, promise=a_promise(overdue_on=date(2026, 10, 23), met_on=date(2026, 10, 24)))
    assert listed(record) == [late, broken, unsigned, sooner, later, calm, paused, kept]


def test_every_household_is_on_one_page_and_others_on_none(record: Record) -> None:
    mine = [helps(record, n, **due(date(2026, 9, 1) + timedelta(days=n % 3))) for n in range(1, A_PAGE + 4)]
    helps(record, 900, helper="somebody-else")
    gone = helps(record, 901)
    write(record, an_exit(2, gone))
    pages = [listed(record, offset=offset) for offset in (0, A_PAGE, 2 * A_PAGE)]
    assert [len(page) for page in pages] == [A_PAGE, 3, 0]
    assert sorted(pages[0] + pages[1]) == mine
    with record.read() as work:
        assert how_many_helped(work, HELPER) == len(mine)


def test_what_a_substitute_does_meanwhile_comes_last_and_is_on_the_substitutes_page(record: Record) -> None:
    own = helps(record, 1, **due(date(2026, 9, 20), overdue=True))
    colleagues = helps(record, 2, helper="h08")
    here = Scope(HELPER.account, Role.HELPER, OFFICE, (StandIn("h08", ANY_DAY),), (ANY_DAY,))
    assert listed(record, here) == [colleagues, own]
    with record.read() as work:
        assert [(h.away, h.acting_for) for h in helped_households(work, here)] == [(False, "h08"), (True, None)]


def test_a_household_is_found_by_the_end_of_its_number(record: Record) -> None:
    for of in (1, 21, 31, 41):
        helps(record, of)
    helps(record, 55, helper="somebody-else")
    with record.read() as work:
        found = {typed: helped_ending(work, HELPER, typed) for typed in ("21", number(31), "1", "55", "%", "_")}
    assert found == {
        "21": (number(21),),
        number(31): (number(31),),
        "1": (number(1), number(21)),
        "55": (),
        "%": (),
        "_": (),
    }
