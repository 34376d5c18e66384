"""Statistics of an area against a naive recount from the events of random lives, on both databases."""

from collections import Counter
from datetime import UTC, date, datetime
from random import Random

import pytest

from casework.case import Case
from casework.events import CaseEvent
from casework.states import Role, State
from records.case_file import write_event
from records.engine import Reading, Record
from records.figures import totals
from records.member_measures import OF_MARK, Measure, keep_measure, mark
from records.scope import Scope
from records.statistic_rows import StatisticRow, statistic_rows
from records.statistics import COMPARED, STATISTICS, Asked, incomes, statistics
from register.ledger import declared_fen
from tests.records.lived import lived

pytestmark = pytest.mark.timeout(400)

CITY = Scope("sv", Role.SUPERVISOR, "220300")
OFFICES = ("220302004", "220302005", "220303001")
LIVES = 12
Told = dict[str, list[CaseEvent]]


def filled(record: Record, count: int = LIVES) -> Told:
    """Write the lives, each as a case of its own, over three offices of two counties; return their events."""
    told: Told = {}
    with record.write() as work:
        for number, life in enumerate(lived(count, seed=90)):
            office = OFFICES[number % len(OFFICES)]
            case_id = f"{office}-2026-{number + 1:05d}"
            for event in life:
                case = event.case.model_copy(update={"case_id": case_id, "office": office})
                renamed = {"case_id": case_id, "case": case, "command_id": f"{case_id}-{event.seq}"}
                mine = event.model_copy(update=renamed)
                write_event(work, mine)
                told.setdefault(case_id, []).append(mine)
    return told


def as_on(events: list[CaseEvent], day: date | None) -> Case | None:
    """The case after the last event of that day."""
    until = [event for event in events if day is not None and event.on <= day]
    return until[-1].case if until else None


def there(case: Case) -> list[str]:
    return [member.member_id for member in case.household.members if member.left_on is None]


def insured(case: Case | None) -> set[str]:
    return {job.member for job in case.active_employments if job.insured} & set(there(case)) if case else set()


def recounted(told: Told, asked: Asked) -> Counter[str]:
    """Count everything but marks, case by case, from the events alone."""
    found: Counter[str] = Counter()
    for events in told.values():
        case = as_on(events, asked.day)
        if case is None:
            continue
        found[f"state_{case.state.value}"] += 1
        is_open = case.state is not State.EXITED
        found["open"] += is_open
        jobs = {job.member: job for job in case.active_employments}
        if is_open:
            for job in (jobs[member] for member in there(case) if member in jobs):
                found.update((f"at_work_{job.channel}", "at_work_all"))
        if case.eliminated_on and asked.first <= case.eliminated_on <= asked.last:
            found["eliminated_all"] += 1
            that_day = as_on(events, case.eliminated_on)
            had = {job.channel for job in that_day.active_employments} if that_day else set()
            found.update(f"eliminated_{channel}" for channel in had)
        for job in events[-1].case.employments:
            known = job.rejected_on is None and job.recorded_on <= asked.day
            if known and asked.first <= job.started_on <= asked.last:
                found.update((f"placed_{job.channel}", "placed_all"))
        certified = case.reviews.certified_on
        if is_open and certified and jobs:
            found["working"] += 1
            found["double" if len(jobs) > 1 else "single"] += 1
            then = as_on(events, certified)
            found["insured"] += len(insured(case) - insured(then))
            found["compared" if then else "not_compared"] += 1
            if then:
                before = [member for member in then.household.members if member.left_on is None]
                now = [member for member in case.household.members if member.left_on is None]
                found["before_fen"] += sum(declared_fen(member) for member in before)
                found["before_heads"] += len(before)
                found["now_heads"] += len(now)
                for member in now:
                    job = jobs.get(member.member_id)
                    alone = member.investment_income_fen
                    found["now_fen"] += alone + job.monthly_income_fen if job else declared_fen(member)
    return +found


def all_rows(work: Reading, asked: Asked, code: str) -> tuple[StatisticRow, ...]:
    rows, total = statistic_rows(work, CITY, asked, STATISTICS[code])
    assert len(rows) == total
    return rows


def days_of(told: Told) -> list[date]:
    rng = Random(3)
    days = sorted({event.on for events in told.values() for event in events})
    return [days[0], *rng.sample(days, 4), days[-1]]


def test_numbers_are_a_recount_of_the_events_and_equal_their_lists(record: Record) -> None:
    told = filled(record)
    seen: Counter[str] = Counter()
    with record.read() as work:
        for day in days_of(told):
            asked = Asked(day, day.replace(day=1) if day.day % 2 else date(2000, 1, 1), day, "2203")
            counts = statistics(work, CITY, asked, STATISTICS.values())
            counted = Counter({code: n for code, n in totals(counts).items() if n})
            money = incomes(work, CITY, asked)
            for income in money.values():
                for name in ("before_fen", "before_heads", "now_fen", "now_heads"):
                    counted[name] += getattr(income, name)
            assert +counted == recounted(told, asked), day
            assert sum(income.households for income in money.values()) == counted["compared"]
            seen += counted
        for code in STATISTICS:
            if code.split("_")[0] not in OF_MARK:
                assert len(all_rows(work, asked, code)) == counted[code], code
        assert set(counts) <= {"220302", "220303"}
        rows = all_rows(work, asked, COMPARED.code)
        assert sum(row.before_fen or 0 for row in rows) == counted["before_fen"]
        assert sum(row.now_fen or 0 for row in rows) == counted["now_fen"]
        part = Asked(asked.day, asked.first, asked.last, "220303")
        assert set(statistics(work, CITY, part, STATISTICS.values())) <= {"220303001"}
        elsewhere = Scope("sv", Role.SUPERVISOR, "220100")
        assert statistics(work, elsewhere, asked, STATISTICS.values()) == {}
    for code in ("at_work_all", "eliminated_all", "placed_all", "single", "insured", "compared"):
        assert seen[code], f"no life had {code}"


def test_graduates_and_children_are_counted_with_what_they_had_in_the_period(record: Record) -> None:
    told = filled(record, 3)
    one, two, three = list(told)[:3]
    now = datetime(2027, 1, 1, tzinfo=UTC)
    with record.write() as work:
        for case_id, code, since in ((one, "graduate", 1), (two, "graduate", 20), (three, "child", 1)):
            opened = told[case_id][0].on
            day = opened if since == 1 else date(2099, 1, 1)
            mark(work, case_id, "M1", code, since=day, account="cw", now=now)
        last = max(events[-1].on for events in told.values())
        for number, kind in enumerate(("training", "training", "internship", "free_training")):
            keep_measure(work, Measure(f"m{number}", one, "M1", kind, last, "cw"), now)
        keep_measure(work, Measure("old", three, "M1", "free_schooling", date(2001, 1, 1), "cw"), now)
    with record.read() as work:
        asked = Asked(last, date(last.year, 1, 1), last, "2203")
        counted = totals(statistics(work, CITY, asked, STATISTICS.values()))
        told_of = {code: n for code, n in counted.items() if n and code.split("_")[0] in OF_MARK}
        assert told_of == {
            "graduate_all": 1,
            "graduate_helped": 1,
            "graduate_training": 1,
            "graduate_internship": 1,
            "child_all": 1,
        }
        for code, number in told_of.items():
            assert len(all_rows(work, asked, code)) == number
        assert [row.member for row in all_rows(work, asked, "graduate_training")] == ["M1"]
