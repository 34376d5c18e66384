"""Figures of an area: every number is the length of its list, within the scope, on both databases."""

from datetime import date, timedelta

import pytest

from casework.case_facts import Promise
from casework.states import Role, State
from records.case_file import write_event
from records.engine import Record
from records.figure_rows import Narrowed, known_areas, newest_day, open_ages, rows_behind
from records.figures import CAUSES, DUE, FIGURES, OUTCOMES, Of, Period, by_month, counted, totals
from records.offices import Office, set_office
from records.scope import Scope
from tests.records.made import a_case, a_promise, a_task, an_event

MONTH = Period(date(2026, 10, 1), date(2026, 10, 31))
CITY = Scope("sv", Role.SUPERVISOR, "220300")
COUNTY = Scope("sv2", Role.SUPERVISOR, "220302")
PROVINCE = Scope("sv3", Role.SUPERVISOR, "220000")
OFFICES = ("220302004", "220302005", "220303001", "220102001")
LATE = date(2026, 10, 23)


def promises() -> tuple[Promise | None, ...]:
    """One of every outcome and cause."""
    missed = a_promise(overdue_on=LATE).model_copy(update={"cause": "agency_failed"})
    confirmed = missed.model_copy(update={"cause_confirmed_by": "sv", "told": ("helper", "supervisor")})
    return (
        None,
        a_promise(),
        a_promise(met_on=date(2026, 10, 8)),
        missed,
        confirmed,
        confirmed.model_copy(update={"cause": "client_declined", "met_on": date(2026, 11, 2)}),
    )


@pytest.fixture
def filled(record: Record) -> Record:
    """Each promise once at each office, with two open tasks a case."""
    with record.write() as work:
        for place, office in enumerate(OFFICES):
            for number, promise in enumerate(promises()):
                case_id = f"{office}-2026-{number:05d}"
                state = State.ASSISTED if promise else State.APPLIED
                overdue = a_task(1, "judge_refusal", due_on=date(2026, 9, 21), overdue=True)
                case = a_case(
                    1,
                    case_id,
                    office=office,
                    state=state,
                    promise=promise,
                    helper=f"h{place}" if promise else None,
                    opened_on=date(2026, 10, 1 + number),
                    tasks=(a_task(1, opened_on=date(2026, 10, 1 + number)), overdue),
                )
                write_event(work, an_event(1, case, command_id=f"{case_id}-1"))
    return record


@pytest.mark.parametrize("scope", [PROVINCE, CITY, COUNTY], ids=lambda s: str(s.area))
def test_every_number_is_the_length_of_its_list(filled: Record, scope: Scope) -> None:
    prefix = scope.area.rstrip("0")
    with filled.read() as work:
        counts = counted(work, scope, FIGURES.values(), MONTH, prefix)
        for part, row in counts.items():
            assert part.startswith(prefix)
            for code, number in row.items():
                wanted = Narrowed(FIGURES[code], MONTH, area=part)
                rows, total = rows_behind(work, scope, wanted, limit=500)
                assert total == len(rows) == number, (part, code)
                assert all(r.office.startswith(part) for r in rows)
        for code, number in totals(counts).items():
            assert rows_behind(work, scope, Narrowed(FIGURES[code], MONTH))[1] == number


def test_every_promise_that_fell_due_has_one_outcome_and_every_missed_one_a_cause(filled: Record) -> None:
    with filled.read() as work:
        sums = totals(counted(work, CITY, FIGURES.values(), MONTH, "2203"))
    assert sums["due"] == sum(sums[f.code] for f in OUTCOMES) == 15
    assert sums["all_missed"] == sum(sums[f.code] for f in CAUSES) == 9
    assert (sums["kept"], sums["late"], sums["missed"], sums["running"]) == (3, 3, 6, 3)
    assert (sums["agency_failed"], sums["client_declined"], sums["unconfirmed"]) == (3, 3, 3)
    assert sums["overdue_now"] == 6


def test_the_promise_of_an_earlier_certification_stays(filled: Record) -> None:
    case_id = f"{OFFICES[0]}-2026-00005"
    again = a_promise().model_copy(update={"number": 2, "due_on": date(2026, 12, 1)})
    with filled.write() as work:
        after = a_case(2, case_id, state=State.ASSISTED, promise=again, helper="h0")
        write_event(work, an_event(2, after, command_id=f"{case_id}-2"))
    both = Period(date(2026, 10, 1), date(2026, 12, 31))
    with filled.read() as work:
        rows, _ = rows_behind(work, COUNTY, Narrowed(DUE, both), sort="due_on", descending=True)
        mine = [(r.number, r.due_on, r.met_on, r.confirmed) for r in rows if r.case_id == case_id]
    assert mine == [(2, date(2026, 12, 1), None, False), (1, date(2026, 10, 22), date(2026, 11, 2), True)]


def test_a_period_is_its_days_both_included(filled: Record) -> None:
    opened = FIGURES["opened"]
    with filled.read() as work:
        for first, last, number in ((1, 1, 3), (2, 3, 6), (7, 31, 0)):
            period = Period(date(2026, 10, first), date(2026, 10, last))
            assert totals(counted(work, CITY, [opened], period, "2203")).get("opened", 0) == number
        assert by_month(work, CITY, opened, MONTH, "2203") == {(2026, 10): 18}


def test_a_list_is_narrowed_sorted_and_turned_over(filled: Record) -> None:
    tasks = FIGURES["tasks"]
    with filled.read() as work:
        rows, total = rows_behind(work, CITY, Narrowed(tasks, MONTH, kinds=("first_review",)), limit=5, offset=15)
        assert (len(rows), total) == (3, 18)
        assert {r.kind for r in rows} == {"first_review"}
        mine, _ = rows_behind(work, CITY, Narrowed(FIGURES["open"], MONTH, helper="h1"), descending=True)
        assert [r.day for r in mine] == [date(2026, 10, n) for n in (6, 5, 4, 3, 2)]
        nobody, _ = rows_behind(work, CITY, Narrowed(FIGURES["open"], MONTH, helper="-"))
        assert {r.helper for r in nobody} == {None}
        assert rows_behind(work, CITY, Narrowed(tasks, MONTH, role=Role.REVIEWER))[1] == 0


def test_ages_are_told_by_kind_and_day(filled: Record) -> None:
    with filled.read() as work:
        ages = open_ages(work, COUNTY)
        assert sum(a.tasks for a in ages) == 24
        assert [(a.opened_on, a.tasks, a.overdue) for a in ages if a.kind == "judge_refusal"] == [
            (date(2026, 9, 18), 12, 12)
        ]
        assert newest_day(work, CITY, date(2026, 9, 1)) == date(2026, 9, 18)
        assert newest_day(work, CITY, date(2026, 9, 1) + timedelta(days=99)) == date(2026, 12, 9)


@pytest.mark.parametrize("who", [Scope("cw", Role.CASEWORKER, OFFICES[3]), Scope("rv", Role.REVIEWER, "220102")])
def test_what_lies_elsewhere_is_in_no_number(filled: Record, who: Scope) -> None:
    with filled.read() as work:
        counts = counted(work, who, FIGURES.values(), MONTH, "2203")
        assert counts == {}
        assert set(counted(work, who, FIGURES.values(), MONTH, "")) == {OFFICES[3]}
        for figure in FIGURES.values():
            assert rows_behind(work, who, Narrowed(figure, MONTH, area="220302"))[1] == 0
        assert sum(a.tasks for a in open_ages(work, who)) == 12
        assert Of.TASKS in {f.of for f in FIGURES.values()}


def test_a_city_and_its_own_offices_have_a_name_each(record: Record) -> None:
    with record.write() as work:
        for code, name in (("220300", "四平市"), ("220302", "铁西区")):
            set_office(work, Office(code, name, "0434-1"))
    with record.read() as work:
        found = known_areas(work, ("2203", "220300", "220302", "220303"))
    assert found == {"2203": "四平市", "220300": "四平市", "220302": "铁西区"}
