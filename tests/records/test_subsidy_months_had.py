"""No month of a subsidy twice, none after the work has ended, nearness of retirement by the day; on both databases."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from casework.case import Case
from casework.errors import SaidNo
from desk.subsidies import Asked, Worked, work_out
from records.engine import Record
from records.subsidy_applications import change, one
from records.tables_subsidies import member_jobs
from tests.records.made import COUNTY
from tests.records.test_subsidies import ON, a_job, applied, approve, at_work, next_event


def asked(record: Record, case: Case, first: str, kind: str = "post", by: str = "unit") -> Worked:
    said: dict[str, Any] = {"base_fen": 100000, "unit": "试验公司"}
    with record.read() as work:
        return work_out(work, case, Asked("M1", kind, by, "E2", first, "合同", **said), ON)


def refused(record: Record, case: Case, first: str, **set_: str) -> str:
    with pytest.raises(SaidNo) as no:
        asked(record, case, first, **set_)
    return no.value.code


def stopped(record: Record, on: date, code: str = "asked") -> None:
    with record.write() as work:
        found = one(work, COUNTY, "a-1")
        assert found is not None
        change(work, found, state="stopped", stopped_on=on, stop_code=code)


def test_a_month_approved_before_is_not_approved_again(record: Record) -> None:
    case = at_work(record, a_job())
    approve(record, applied(record))
    stopped(record, date(2026, 10, 31))

    assert refused(record, case, "2026-09") == "month_had"
    assert refused(record, case, "2026-10") == "month_had"
    worked = asked(record, case, "2026-11")
    assert worked.months is not None
    assert (worked.months.first, worked.months.last) == ("2026-11", "2029-08")


def test_months_that_are_paid_back_may_be_claimed_again(record: Record) -> None:
    case = at_work(record, a_job())
    approve(record, applied(record))
    stopped(record, date(2026, 10, 31), "job_rejected")
    assert asked(record, case, "2026-09").months is not None


def test_work_that_has_ended_gives_its_own_months_and_none_after(record: Record) -> None:
    case = at_work(record, a_job())
    case = case.model_copy(update={"employments": (a_job(ended_on=date(2026, 10, 31)),)})
    next_event(record, 3, case)

    assert refused(record, case, "2026-11") == "work_ended"
    months = asked(record, case, "2026-09").months
    assert months is not None
    assert (months.first, months.last, months.until_retirement) == ("2026-09", "2026-10", False)


def test_what_is_paid_once_is_not_approved_twice(record: Record) -> None:
    case = at_work(record, a_job(channel="own_business"))
    first = {"pay": "once", "last_month": "2026-09"}
    assert asked(record, case, "2026-09", kind="start_up", by="person").months is None
    approve(record, applied(record, kind="start_up", **first))
    assert refused(record, case, "2026-09", kind="start_up", by="person") == "had_once"


@pytest.mark.parametrize(("retires", "near"), [(date(2031, 9, 19), True), (date(2031, 9, 20), False)])
def test_under_five_years_counts_from_the_day_work_began(record: Record, retires: date, near: bool) -> None:
    """As the list of rights says it: from 20 September, not from the first of the month."""
    case = at_work(record, a_job())
    with record.write() as work:
        work.connection.execute(update(member_jobs).values(retires_on=retires))
    months = asked(record, case, "2026-09").months
    assert months is not None
    assert months.until_retirement is near
    assert months.last == ("2031-09" if near else "2029-08")
