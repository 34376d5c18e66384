"""Standing in for a colleague: which cases a substitute sees, on which days, and whose a claimed task is."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from casework.errors import Conflict
from casework.states import Actor, Role
from casework.times import at_local
from records import case_files
from records.absences import cancel_absence
from records.engine import Record
from records.scope import CaseClock, Scope, StandIn
from records.standing_in import ALWAYS, standing_of
from records.timeline import timeline
from records.worklists import claim, my_tasks, release, task, tasks_of
from tests.records.made import AT, CASE, OFFICE, a_case, a_closed, a_task, an_event
from tests.records.test_absences import AWAY, BACK, DAY, away, staffed
from tests.records.test_case_file import write

TASK = f"{CASE}/1-follow_up"


def scope_of(record: Record, account: str, now: datetime, as_of: date | None = None) -> Scope:
    with record.read() as work:
        standing = standing_of(work, account)
    stands_in = standing.stand_ins(now, as_of)
    return Scope(account, Role.HELPER, OFFICE, stands_in, standing.absences(now, as_of))


def seen(record: Record, account: str, now: datetime, as_of: date | None = None) -> list[str]:
    with record.read() as work:
        page = case_files.page(work, scope_of(record, account, now, as_of))
    return [row.case_id for row in page.rows]


def a_helpers_case(record: Record, helper: str, case_id: str = CASE, offset: int = 0, last: date | None = None) -> None:
    follow_up = a_task(1, "follow_up", role=Role.HELPER)
    case = a_case(1, case_id, helper=helper, clock_offset=offset, tasks=(follow_up,))
    write(record, an_event(1, case, on=last or date(2026, 9, 18)))


def test_a_substitute_sees_the_cases_from_midnight_to_midnight_in_shanghai(record: Record) -> None:
    staffed(record, "h1", "h2", "h3")
    a_helpers_case(record, "h1")
    away(record, "h1", "h2")
    midnight, over = at_local(AWAY, 0), at_local(BACK + DAY, 0)
    instant = timedelta(milliseconds=1)
    for now, there in ((midnight - instant, []), (midnight, [CASE]), (over - instant, [CASE]), (over, [])):
        assert seen(record, "h2", now) == there, now
        assert seen(record, "h3", now) == []
        assert seen(record, "h1", now) == [CASE], "who is away keeps the own rights"


def test_in_a_drill_each_case_has_its_own_day(record: Record) -> None:
    staffed(record, "h1", "h2")
    now = at_local(date(2027, 3, 1), 9)
    for number, (day, last) in enumerate(
        ((AWAY - DAY, None), (AWAY, None), (BACK, None), (BACK + DAY, None), (AWAY - 9 * DAY, AWAY), (AWAY, BACK + DAY))
    ):
        offset = round((at_local(day, 9) - now) / timedelta(seconds=1))
        a_helpers_case(record, "h1", f"{OFFICE}-2026-0000{number}", offset, last)
    away(record, "h1", "h2")
    assert [case_id[-1] for case_id in seen(record, "h2", now)] == ["1", "2", "4"]
    assert len(seen(record, "h2", now, as_of=BACK)) == 6
    assert seen(record, "h2", now, as_of=BACK + DAY) == []


def test_a_substitutes_substitute_stands_in_for_both_while_both_are_away(record: Record) -> None:
    staffed(record, "h1", "h2", "h3")
    a_helpers_case(record, "h1", f"{OFFICE}-2026-00001")
    a_helpers_case(record, "h2", f"{OFFICE}-2026-00002")
    away(record, "h1", "h2")
    away(record, "h2", "h3", BACK, BACK + DAY)
    now = at_local(AWAY, 9)
    assert [seen(record, "h3", now, as_of=AWAY + n * DAY) for n in (3, 4, 5, 6)] == [
        [],
        [f"{OFFICE}-2026-00001", f"{OFFICE}-2026-00002"],
        [f"{OFFICE}-2026-00002"],
        [],
    ]


def test_a_cancelled_absence_gives_no_right(record: Record) -> None:
    staffed(record, "h1", "h2")
    a_helpers_case(record, "h1")
    number = away(record, "h1", "h2")
    with record.write() as work:
        cancel_absence(work, number, "h1", AT)
    assert seen(record, "h2", at_local(AWAY, 9)) == []


def test_scenario_79_tasks_go_to_the_substitute_and_a_claim_stays_the_colleagues(record: Record) -> None:
    staffed(record, "h1", "h2", "h3")
    a_helpers_case(record, "h1")
    away(record, "h1", "h2")
    now = at_local(AWAY, 9)
    owner, substitute, third = (scope_of(record, name, now) for name in ("h1", "h2", "h3"))
    with record.write() as work:
        assert [(t.task_id, t.acting_for) for t in my_tasks(work, substitute)] == [(TASK, "h1")]
        assert my_tasks(work, owner) == ()
        assert my_tasks(work, third) == ()
        claimed = claim(work, substitute, TASK, now)
        assert claimed is not None
        assert claimed.claimed_by == "h1"
        assert claim(work, third, TASK, now) is None
        assert [t.task_id for t in my_tasks(work, substitute)] == [TASK]
        assert [t.task_id for t in my_tasks(work, scope_of(record, "h1", at_local(BACK + DAY, 0)))] == [TASK]
        released = release(work, substitute, TASK)
        assert released is not None
        assert released.claimed_by is None


def test_who_closed_a_task_in_whose_stead_is_on_record(record: Record) -> None:
    staffed(record, "h1", "h2")
    a_helpers_case(record, "h1")
    by = Actor(account="h2", role=Role.HELPER, acting_for="h1")
    closing = a_task(1, "follow_up", role=Role.HELPER)
    write(record, an_event(2, a_case(2, helper="h1"), by=by, closed=(a_closed(closing),)))
    owner = Scope("h1", Role.HELPER, OFFICE)
    with record.write() as work:
        (closed,) = tasks_of(work, owner, CASE, closed=True) or ()
        assert (closed.closed_by, closed.closed_for) == ("h2", "h1")
        events = timeline(work, owner, CASE) or ()
        assert events[-1].by == by
        assert events[-1].by.words == "h2 代 h1"
        with pytest.raises(Conflict, match="h2 代 h1"):
            claim(work, owner, TASK, AT)


def test_in_whose_stead_a_task_or_a_case_is_handled() -> None:
    clock = CaseClock(0, AWAY)
    base = Scope("h2", Role.HELPER, OFFICE)
    assert base.acting_for("h1", None, clock) is None
    substitute = replace(base, stands_in=(StandIn("h1", ALWAYS),))
    assert substitute.acting_for("h1", None, clock) == "h1"
    assert substitute.acting_for("h2", None, clock) is None
    assert substitute.acting_for("h3", None, clock) is None
    clerk = replace(substitute, role=Role.CASEWORKER)
    assert clerk.acting_for("h1", None, clock) is None, "what the office shares is everybody's own"
    assert clerk.acting_for(None, "h1", clock) == "h1"
    assert clerk.acting_for(None, "h2", clock) is None


def test_a_task_of_nobody_in_sight_is_not_there(record: Record) -> None:
    staffed(record, "h1", "h2")
    a_helpers_case(record, "h1")
    with record.read() as work:
        assert task(work, Scope("h2", Role.HELPER, OFFICE), TASK) is None
