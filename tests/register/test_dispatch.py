"""The monthly numbers (scenarios 58, 62, 84): they add up, equal the live stock, and a reported month never changes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.calendars import load_calendar
from policies.packs import load_pack
from register.dispatch import Dispatch, dispatch, live_stock, month_end, standing
from register.movements import Kind, Movement, movements_of
from tests.make import COUNTY, HELPER, SEALER, Life

CALENDAR, POLICY = load_calendar(), load_pack("jilin-2021")


def moved(case: int, kind: str, on: str, known: str | None = None) -> Movement:
    return Movement(
        case_id=f"C{case}", kind=Kind(kind), on=date.fromisoformat(on), known_on=date.fromisoformat(known or on)
    )


def report(movements: list[Movement], month: str) -> Dispatch:
    return dispatch(movements, month, CALENDAR, POLICY)


def test_scenario_84_the_september_numbers_equal_the_live_stock() -> None:
    rows = [moved(n, "recognised", "2026-08-10") for n in range(12)]
    rows += [moved(n, "recognised", "2026-09-07") for n in range(12, 17)]
    rows += [moved(n, "eliminated", "2026-09-15") for n in range(6)]
    rows += [moved(6, "revoked", "2026-09-30"), moved(20, "recognised", "2026-10-01")]
    got = report(rows, "2026-09")

    assert (got.opening, got.new, got.eliminated, got.revoked, got.stock) == (12, 5, 6, 1, 10)
    assert got.adds_up
    assert got.stock == live_stock(rows, date(2026, 9, 30))
    assert got.due_on == date(2026, 10, 15)


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
    assert (before.eliminated, before.stock) == (1, 0)
    november = report(rows, "2026-11")
    [row] = november.corrections
    assert (row.month, row.kind, row.cases) == ("2026-10", Kind.ELIMINATION_WITHDRAWN, (life.case.case_id,))
    assert (november.opening, november.eliminated, november.corrected, november.stock) == (0, 0, 1, 1)
    assert november.adds_up


def test_scenario_58_a_job_of_october_approved_in_october_is_octobers() -> None:
    life = Life().assisted()
    life.employed("2026-10-15", "2026-10-16")
    got = report(list(movements_of(life.events)), "2026-10")
    assert (got.opening, got.eliminated, got.stock, got.corrections) == (1, 1, 0, ())


def test_a_job_of_september_approved_in_october_corrects_september_in_october() -> None:
    life = Life().assisted()
    life.employed("2026-09-29", "2026-10-09")
    rows = list(movements_of(life.events))

    assert report(rows, "2026-09").stock == 1
    october = report(rows, "2026-10")
    assert [(c.month, c.kind) for c in october.corrections] == [("2026-09", Kind.ELIMINATED)]
    assert (october.eliminated, october.stock) == (0, 0)
    assert october.adds_up


def test_a_restored_household_is_back_in_the_stock() -> None:
    life = Life().assisted()
    life.employed("2026-10-15", "2026-10-16")
    life.do("2026-11-20", "record_job_loss", HELPER, member="M1")
    life.do("2026-11-25", "restore_certification", SEALER)
    november = report(list(movements_of(life.events)), "2026-11")
    assert (november.opening, november.returned, november.stock) == (0, 1, 1)


def test_a_household_never_certified_is_never_counted() -> None:
    life = Life()
    life.publicised("2026-09-08")
    life.do("2026-09-09", "withdraw")
    assert movements_of(life.events) == ()


KINDS = ("eliminated", "elimination_withdrawn", "returned")


@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.lists(st.integers(0, 25), max_size=6), st.booleans(), st.integers(0, 60)),
        max_size=12,
    )
)
def test_whatever_moved_every_month_adds_up_to_the_live_stock(lives: list[tuple[int, list[int], bool, int]]) -> None:
    rows: list[Movement] = []
    for number, (start, steps, ends, late) in enumerate(lives):
        day = date(2026, 3, 1).toordinal() + start
        rows.append(moved(number, "recognised", date.fromordinal(day).isoformat()))
        out = False
        for step in steps:
            known = day + step
            kind = "eliminated" if not out else ("returned" if step % 2 else "elimination_withdrawn")
            on = known if kind == "returned" else max(day, known - late)
            rows.append(moved(number, kind, date.fromordinal(on).isoformat(), date.fromordinal(known).isoformat()))
            out, day = not out, known
        if ends and not out:
            rows.append(moved(number, "exited", date.fromordinal(day).isoformat()))
    for month in ("2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08"):
        got = report(rows, month)
        assert got.adds_up
        assert got.stock == live_stock(rows, month_end(month))
