"""Subsidies in the record (补贴): rights, applications, months paid once, stops, recovery; on both databases."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import delete, select

from casework.case import Case
from casework.case_facts import Employment
from casework.errors import Conflict, SaidNo
from casework.exit_facts import Exit
from casework.states import ExitReason, State
from desk.subsidy_reminders import TITLE, remind_of_ends
from records import benefit_tasks, subsidy_rights
from records.case_file import write_event
from records.catching_up import catch_up
from records.engine import Record
from records.inbox import my_lines
from records.scope import Scope
from records.subsidy_applications import NewApplication, change, keep, listed, of_case, one, page, told
from records.subsidy_history import first_approved
from records.subsidy_payments import due_in, end_over, lines_of, make_list
from records.tables_subsidies import member_jobs
from tests.records.made import CASE, CLERK, COUNTY, ELSEWHERE, HELPER, a_case, a_household, an_event

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
ON = date(2026, 11, 20)


def a_job(**set_: Any) -> Employment:
    fields: dict[str, Any] = {
        "employment_id": "E2",
        "member": "M1",
        "started_on": date(2026, 9, 20),
        "channel": "public_welfare_post",
        "evidence": "contract",
        "monthly_income_fen": 200000,
        "insured": True,
        "recorded_by": "clerk",
        "recorded_on": date(2026, 9, 21),
    }
    return Employment(**fields | set_)


def at_work(record: Record, job: Employment, **facts: Any) -> Case:
    """Put a case with one job on record."""
    case = a_case(household=a_household(**facts))
    with record.write() as work:
        write_event(work, an_event(1, case))
        case = case.model_copy(update={"employments": (job,), "state": State.EMPLOYED})
        write_event(work, an_event(2, case))
    return case


def next_event(record: Record, seq: int, case: Case, **set_: Any) -> None:
    with record.write() as work:
        write_event(work, an_event(seq, case, **set_))


def applied(record: Record, key: str = "a-1", kind: str = "post", **rest: Any) -> str:
    columns: dict[str, Any] = {
        "about": "E2",
        "pay": "monthly",
        "paid_out": True,
        "base_fen": None,
        "monthly_fen": 94000,
        "first_month": "2026-09",
        "last_month": "2029-08",
        "until_retirement": False,
        "applied_on": ON,
        "applied_by": "clerk",
        "pack": "jilin-2021@1",
        "clause": "吉人社函〔2021〕102号",
    }
    with record.write() as work:
        new = NewApplication(key, CASE, "M1", kind, "unit", columns | rest, "合同", "试验公司", "6222020000000001")
        keep(work, new, now=NOW)
    return key


def approve(record: Record, key: str) -> None:
    with record.write() as work:
        found = one(work, COUNTY, key)
        assert found is not None
        change(work, found, state="approved", decided_on=ON, decided_by="county")


def state_of(record: Record, key: str) -> tuple[str, str | None, int | None]:
    with record.read() as work:
        found = one(work, COUNTY, key)
        assert found is not None
        return found.state, found.stop_code, found.recover_fen


def test_rights_are_listed_until_they_are_claimed(record: Record) -> None:
    at_work(record, a_job())

    def rights() -> list[tuple[str, str]]:
        with record.read() as work:
            asked = subsidy_rights.unclaimed(COUNTY, ON)
            assert asked is not None
            found = subsidy_rights.page(work, asked)
            assert subsidy_rights.count_of(work, asked) == len(found)
            return [(right.kind, right.by) for right in found]

    assert rights() == [("post", "unit"), ("social_insurance", "unit")]
    applied(record)
    assert rights() == [("social_insurance", "unit")]
    with record.read() as work:
        outside = subsidy_rights.unclaimed(ELSEWHERE, ON)
        assert outside is not None
        assert subsidy_rights.page(work, outside) == ()


def test_an_application_is_one_at_a_time_sealed_and_repeated_for_nothing(record: Record) -> None:
    at_work(record, a_job())
    applied(record)
    applied(record)

    with pytest.raises(Conflict, match="已经申请或正在享受"):
        applied(record, "a-2")
    with record.read() as work:
        assert len(page(work, listed(CLERK))) == 1
        assert page(work, listed(ELSEWHERE)) == ()
        assert told(work, "a-1").bank_account is None
        assert told(work, "a-1", account=True).bank_account == "6222020000000001"


def test_a_month_is_paid_once_and_what_came_late_is_on_the_next_list(record: Record) -> None:
    at_work(record, a_job())
    approve(record, applied(record))

    with record.write() as work:
        first = make_list(work, "l-1", "220302", "2026-10", account="county", now=NOW)
    assert (first.lines, first.fen, first.number) == (2, 188000, 1)
    with record.write() as work, pytest.raises(SaidNo, match="没有应发"):
        make_list(work, "l-2", "220302", "2026-10", account="county", now=NOW)
    with record.write() as work:
        november = make_list(work, "l-3", "220302", "2026-11", account="county", now=NOW)
        assert [line.month for line in lines_of(work, COUNTY, "l-3")] == ["2026-11"]
    assert november.fen == 94000


def test_what_is_paid_once_ends_with_its_payment(record: Record) -> None:
    at_work(record, a_job(channel="own_business"))
    approve(record, applied(record, kind="start_up", pay="once", monthly_fen=500000, last_month="2026-09"))

    with record.write() as work:
        made = make_list(work, "l-1", "220302", "2026-11", account="county", now=NOW)
        assert (made.lines, due_in(work, "220302", "2026-12")) == (1, ())
    assert state_of(record, "a-1")[0] == "ended"


def test_a_lost_job_stops_the_subsidy_after_its_month(record: Record) -> None:
    case = at_work(record, a_job())
    approve(record, applied(record))
    lost = case.model_copy(update={"employments": (a_job(ended_on=date(2026, 10, 8)),)})
    next_event(record, 3, lost)

    assert state_of(record, "a-1") == ("stopped", "job_lost", None)
    with record.read() as work:
        assert [line.month for line in due_in(work, "220302", "2026-11")] == ["2026-09", "2026-10"]


def test_months_listed_after_the_work_had_ended_are_paid_back(record: Record) -> None:
    """A loss that is told late: November was on a list already, September and October were right."""
    case = at_work(record, a_job())
    approve(record, applied(record))
    with record.write() as work:
        make_list(work, "l-1", "220302", "2026-11", account="county", now=NOW)
    next_event(record, 3, case.model_copy(update={"employments": (a_job(ended_on=date(2026, 10, 8)),)}))
    assert state_of(record, "a-1") == ("stopped", "job_lost", 94000)
    with record.read() as work:
        assert len(page(work, listed(COUNTY, recover=True))) == 1


def test_an_exit_by_steady_work_stops_nothing_a_revoked_one_recovers_all(record: Record) -> None:
    case = at_work(record, a_job())
    approve(record, applied(record))
    with record.write() as work:
        make_list(work, "l-1", "220302", "2026-10", account="county", now=NOW)
    steady = Exit(reason=ExitReason.STABLE_EMPLOYMENT, on=ON, decided_by="county")
    over = case.model_copy(update={"exit": steady, "state": State.EXITED})
    next_event(record, 3, over, source=State.EMPLOYED)
    assert state_of(record, "a-1")[0] == "approved"
    revoked = steady.model_copy(update={"reason": ExitReason.REVOKED, "recovers_subsidies": True})
    next_event(record, 4, over.model_copy(update={"exit": revoked}), source=State.EMPLOYED)

    assert state_of(record, "a-1") == ("stopped", "revoked", 188000)
    with record.read() as work:
        assert due_in(work, "220302", "2026-11") == ()


def test_the_daily_round_ends_what_has_run_its_time_and_nothing_twice(record: Record) -> None:
    at_work(record, a_job())
    approve(record, applied(record, last_month="2026-10"))
    with record.write() as work:
        assert (end_over(work, "2026-10"), end_over(work, "2026-11"), end_over(work, "2026-11")) == (0, 1, 0)
    with record.read() as work:
        assert len(due_in(work, "220302", "2026-11")) == 2


def test_the_first_approval_is_remembered_for_the_person(record: Record) -> None:
    at_work(record, a_job())
    applied(record)
    with record.read() as work:
        assert first_approved(work, CASE, "M1", "post") is None
    approve(record, "a-1")
    with record.read() as work:
        assert first_approved(work, CASE, "M1", "post") == date(2026, 9, 20), "the day work began"
        assert [each.application_id for each in of_case(work, CASE)] == ["a-1"]


def test_work_of_a_member_with_dibao_opens_coordination_once(record: Record) -> None:
    case = at_work(record, a_job(), dibao=True, unemployment_insurance=True)
    next_event(record, 3, case)

    with record.write() as work:
        tasks = benefit_tasks.page(work, benefit_tasks.listed(CLERK))
        assert [(t.kind, t.due_on) for t in tasks] == [
            ("dibao", date(2026, 10, 9)),
            ("unemployment_insurance", date(2026, 10, 9)),
        ]
        assert tasks[0].continues_until == date(2027, 3, 20)
        benefit_tasks.answered(work, tasks[0], answer="continued", note="已函告", on=ON, account="clerk")
        with pytest.raises(Conflict):
            benefit_tasks.answered(work, tasks[0], answer="ended", note=None, on=ON, account="clerk")
    next_event(record, 4, case.model_copy(update={"employments": (a_job(ended_on=ON),)}))
    with record.read() as work:
        left = benefit_tasks.page(work, benefit_tasks.listed(CLERK, done=None))
        assert [t.answer_words for t in left] == ["按规定延续", "离岗，不再需要"]


def test_jobs_of_an_earlier_release_are_filled_in_once(record: Record) -> None:
    case = at_work(record, a_job(), dibao=True)
    next_event(record, 3, case.model_copy(update={"eliminated_on": ON}))
    with record.write() as work:
        work.connection.execute(delete(member_jobs))
    assert list(catch_up(record))[-1] == ("就业台账", 1)
    with record.read() as work:
        row = work.connection.execute(select(member_jobs)).one()
        assert (row.job, row.channel, row.dibao) == ("E2", "public_welfare_post", True)
    assert ("就业台账", 1) not in list(catch_up(record))


def test_the_office_and_the_helper_are_told_once_of_a_subsidy_that_ends_soon(record: Record) -> None:
    case = at_work(record, a_job())
    next_event(record, 3, case.model_copy(update={"helper": HELPER.account}))
    approve(record, applied(record, last_month="2027-01"))

    def told(scope: Scope) -> list[str]:
        with record.read() as work:
            lines = my_lines(work, scope, ON, lambda _name: frozenset()).lines
        return [line.words["text"] for line in lines if line.notice == TITLE]

    remind_of_ends(record, date(2026, 12, 1), NOW)
    assert told(CLERK) == []
    for day in (date(2026, 12, 2), date(2026, 12, 3)):
        remind_of_ends(record, day, NOW)
    (words,) = told(CLERK)
    assert "社会保险补贴" not in words
    assert "享受到2027年1月为止（还剩1个月）" in words
    assert told(HELPER) == [words]
    assert told(ELSEWHERE) == told(COUNTY) == []
    with record.write() as work:
        found = one(work, COUNTY, "a-1")
        assert found is not None
        change(work, found, last_month="2027-03")
    remind_of_ends(record, date(2027, 1, 30), NOW)
    assert len(told(CLERK)) == 2
    with record.write() as work:
        found = one(work, COUNTY, "a-1")
        assert found is not None
        change(work, found, state="stopped", stop_code="asked", last_month="2027-02")
    remind_of_ends(record, date(2027, 1, 31), NOW)
    assert len(told(CLERK)) == 2
