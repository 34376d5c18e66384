"""Eliminations that turn out to be wrong (scenario 62): what stands on file, and what the promise does then."""

from datetime import date

import pytest

from casework.errors import CaseworkError
from casework.states import State
from tests.make import COUNTY, HELPER, SEALER, Life


def withdrawn(life: Life, day: str, job: str) -> None:
    life.do(day, "withdraw_elimination", COUNTY, employment=job)


def test_scenario_62_the_elimination_stays_on_file_with_the_day_it_was_withdrawn() -> None:
    life = Life().assisted()
    job = life.employed("2026-10-15", "2026-10-16")
    withdrawn(life, "2026-11-02", job)

    [row] = life.case.eliminations
    assert (row.on, row.approved_on, row.withdrawn_on) == (date(2026, 10, 15), date(2026, 10, 16), date(2026, 11, 2))
    assert life.case.state is State.ASSISTED
    assert life.case.eliminated_on is None
    assert life.case.household.applicant.status == "登记失业"


def test_a_promise_never_met_runs_on_or_is_overdue_by_its_own_day() -> None:
    early = Life().assisted()
    withdrawn(early, "2026-10-22 12:00", early.employed("2026-10-12", "2026-10-13"))
    clock = early.case.clock("promise")
    assert clock is not None
    assert clock.due_on == date(2026, 10, 22)
    assert [e.trigger for e in early.until("2026-10-23 00:00")] == ["promise_overdue"]

    late = Life().assisted()
    withdrawn(late, "2026-11-02", late.employed("2026-10-15", "2026-10-16"))
    assert [e.trigger for e in late.until("2026-11-02 12:00")] == ["promise_overdue"]
    assert late.case.promise is not None
    assert late.case.promise.overdue_on == date(2026, 10, 23)
    assert late.open_tasks == ["handle_overdue"]


@pytest.mark.parametrize(("second", "kept"), [("2026-10-22", True), ("2026-10-23", False)])
def test_another_approved_job_takes_its_place_from_its_own_first_day(second: str, kept: bool) -> None:
    life = Life().assisted()
    fake = life.employed("2026-10-15", "2026-10-16")
    real = life.employed(second, second, "M2")
    withdrawn(life, "2026-11-02", fake)

    assert life.case.state is State.EMPLOYED
    assert life.case.eliminated_on == date.fromisoformat(second)
    assert [(e.employment, e.stands) for e in life.case.eliminations] == [(fake, False), (real, True)]
    assert life.case.double_employment is False
    assert life.case.promise is not None
    assert (life.case.promise.overdue_on is None) is kept
    assert ("handle_overdue" in life.open_tasks) is not kept


def test_another_job_not_yet_approved_goes_to_the_county() -> None:
    life = Life().assisted()
    fake = life.employed("2026-10-15", "2026-10-16")
    real = life.employed("2026-10-20", None, "M2")
    withdrawn(life, "2026-11-02", fake)

    assert life.case.eliminated_on is None
    assert [t.about for t in life.case.tasks_of("approve_elimination")] == [real]
    life.do("2026-11-03", "approve_elimination", COUNTY, employment=real)
    assert life.case.eliminated_on == date(2026, 10, 20)


def test_a_second_job_found_fake_leaves_the_elimination() -> None:
    life = Life().assisted()
    life.employed("2026-10-15", "2026-10-16")
    withdrawn(life, "2026-11-02", life.employed("2026-10-20", "2026-10-21", "M2"))

    assert life.case.eliminated_on == date(2026, 10, 15)
    assert life.case.double_employment is False
    assert life.case.eliminations[0].stands


def test_a_fake_job_that_had_already_ended_leaves_nothing_to_restore() -> None:
    life = Life().assisted()
    job = life.employed("2026-10-15", "2026-10-16")
    life.do("2026-10-20", "record_job_loss", HELPER, member="M1")
    assert "restore_certification" in life.open_tasks
    withdrawn(life, "2026-10-21", job)

    assert "restore_certification" not in life.open_tasks
    clock = life.case.clock("promise")
    assert clock is not None
    assert clock.due_on == date(2026, 10, 22)


def test_after_a_restoration_only_the_history_changes() -> None:
    life = Life().assisted()
    job = life.employed("2026-10-15", "2026-10-16")
    life.do("2026-11-20", "record_job_loss", HELPER, member="M1")
    life.do("2026-11-25", "restore_certification", SEALER)
    before = life.case.clock("promise")
    withdrawn(life, "2026-11-26", job)

    assert life.case.eliminations[0].withdrawn_on == date(2026, 11, 26)
    assert life.case.clock("promise") == before


def test_only_an_approved_job_is_withdrawn_and_once() -> None:
    life = Life().assisted()
    job = life.employed("2026-10-15")
    with pytest.raises(CaseworkError) as no:
        withdrawn(life, "2026-10-16", job)
    assert no.value.code == "not_approved_yet"
    life.do("2026-10-16", "approve_elimination", COUNTY, employment=job)
    withdrawn(life, "2026-10-16", job)
    with pytest.raises(CaseworkError) as no:
        withdrawn(life, "2026-10-16", job)
    assert no.value.code == "employment_unknown"
