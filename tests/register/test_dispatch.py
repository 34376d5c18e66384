"""The monthly numbers (scenarios 58, 62, 84): they add up, equal the live stock, and a reported month never changes."""

from datetime import date

import pytest

from policies.calendars import load_calendar
from policies.packs import load_pack
from register.dispatch import Dispatch, dispatch, due_day, rolled_up, standing, tallied
from register.movements import Kind, Movement, movements_of
from register.report_columns import layout_for
from tests.make import CLERK, COUNTY, HELPER, OFFICE, SEALER, Life

CALENDAR, POLICY = load_calendar(), load_pack("jilin-2021")


def moved(case: int, kind: str, on: str, known: str | None = None) -> Movement:
    return Movement(
        case_id=f"C{case}",
        kind=Kind(kind),
        on=date.fromisoformat(on),
        known_on=date.fromisoformat(known or on),
        office=OFFICE,
    )


def report(movements: list[Movement], month: str) -> Dispatch:
    return dispatch("220302", month, tallied(movements))


def counts(found: Dispatch, *names: str) -> tuple[int, ...]:
    return tuple(found[name] for name in names)


def test_scenario_84_the_september_numbers_equal_the_live_stock() -> None:
    rows = [moved(n, "recognised", "2026-08-10") for n in range(12)]
    rows += [moved(n, "recognised", "2026-09-07") for n in range(12, 17)]
    rows += [moved(n, "eliminated", "2026-09-15") for n in range(6)]
    rows += [moved(6, "revoked", "2026-09-30"), moved(20, "recognised", "2026-10-01")]
    got = report(rows, "2026-09")

    assert counts(got, "opening", "new", "eliminated", "revoked", "closing") == (12, 5, 6, 1, 10)
    assert got.adds_up
    assert due_day("2026-09", CALENDAR, POLICY) == date(2026, 10, 15)


@pytest.mark.parametrize(
    ("submitted", "today", "said"),
    [
        (None, "2026-10-15", "due"),
        (None, "2026-10-16", "overdue_to_province"),
        ("2026-10-15", "2026-10-20", "submitted"),
        ("2026-10-16", "2026-10-20", "submitted_late"),
        ("2026-10-16", "2026-10-15", "due"),
    ],
)
def test_scenario_84_not_submitted_on_the_day_after_is_overdue_to_the_province(
    submitted: str | None, today: str, said: str
) -> None:
    on = date.fromisoformat(submitted) if submitted else None
    assert standing(date(2026, 10, 15), on, date.fromisoformat(today)) == said


def test_scenario_62_october_stays_and_november_has_a_correction_row() -> None:
    life = Life().assisted()
    job = life.employed("2026-10-15", "2026-10-16")
    before = report(list(movements_of(life.events)), "2026-10")
    life.do("2026-11-02", "withdraw_elimination", COUNTY, employment=job)
    rows = list(movements_of(life.events))

    assert report(rows, "2026-10") == before
    assert counts(before, "eliminated", "closing", "placed", "members", "all_employed") == (1, 0, 1, 1, 1)
    november = report(rows, "2026-11")
    late = [(row.month, row.kind, row.number) for row in november.corrections]
    assert late == [
        ("2026-10", Kind.ELIMINATION_WITHDRAWN, 1),
        ("2026-10", Kind.MEMBER_WITHDRAWN, 1),
        ("2026-10", Kind.PLACEMENT_WITHDRAWN, 1),
    ]
    assert counts(november, "opening", "eliminated", "corrected", "closing", "all_employed") == (0, 0, 1, 1, 0)
    assert november.adds_up
    columns = {column.code: column.of(november) for column in layout_for("220302").columns}
    assert (columns["members"], columns["employer"]) == (-1, -1)


def test_scenario_58_a_job_of_october_approved_in_october_is_octobers() -> None:
    life = Life().assisted()
    life.employed("2026-10-15", "2026-10-16")
    got = report(list(movements_of(life.events)), "2026-10")
    assert counts(got, "opening", "eliminated", "closing", "members") == (1, 1, 0, 1)
    assert (got.channels, got.corrections) == ({"employer": 1}, ())


def test_a_job_of_september_approved_in_october_corrects_september_in_october() -> None:
    life = Life().assisted()
    life.employed("2026-09-29", "2026-10-09")
    rows = list(movements_of(life.events))

    assert report(rows, "2026-09")["closing"] == 1
    october = report(rows, "2026-10")
    assert [(c.month, c.kind) for c in october.corrections if c.stock] == [("2026-09", Kind.ELIMINATED)]
    assert counts(october, "eliminated", "closing", "members", "members_corrected") == (0, 0, 0, 1)
    assert october.adds_up
    columns = {column.code: column.of(october) for column in layout_for("220302").columns}
    assert (columns["members"], columns["employer"], columns["flexible"]) == (1, 1, 0)


def test_a_restored_household_is_back_in_the_stock() -> None:
    life = Life().assisted()
    life.employed("2026-10-15", "2026-10-16")
    life.do("2026-11-20", "record_job_loss", HELPER, member="M1")
    life.do("2026-11-25", "restore_certification", SEALER)
    november = report(list(movements_of(life.events)), "2026-11")
    assert counts(november, "opening", "returned", "closing") == (0, 1, 1)


def test_a_transfer_counts_at_both_offices_and_not_in_the_area_of_both() -> None:
    life = Life().assisted()
    life.do("2026-10-20", "transfer_case", CLERK, to_office="220303001", ground="moved")
    tallies = tallied(movements_of(life.events))
    city, old, new = rolled_up("2203", "2026-10", tallies, {})
    assert (city.area, old.area, new.area) == ("2203", "220302", "220303")
    names = ("opening", "new", "transferred_in", "transferred_out", "closing")
    before = counts(old, *names[:2])
    assert counts(old, *names[2:]) == (0, 1, 0)
    assert counts(new, *names) == (0, 0, 1, 0, 1)
    assert counts(city, *names) == (*before, 0, 0, 1)
    assert all(each.adds_up for each in (city, old, new))


def test_a_household_never_certified_is_never_counted() -> None:
    life = Life()
    life.publicised("2026-09-08")
    life.do("2026-09-09", "withdraw")
    assert movements_of(life.events) == ()
