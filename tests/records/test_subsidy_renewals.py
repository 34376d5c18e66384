"""Reminders, renewals, two lists at once, and work lost after the end (期满提醒、续期), on both databases."""

from datetime import date
from threading import Barrier, Thread

import pytest

from casework.errors import CaseworkError, Conflict, SaidNo
from casework.states import Role
from desk.daily_jobs import DAILY_JOBS
from policies.packs import load_pack
from records import subsidy_rights
from records.engine import Record
from records.inbox import my_lines
from records.subsidy_applications import change, count_of, listed, one
from records.subsidy_ends import ends_soon
from records.subsidy_history import first_approved, renewed
from records.subsidy_payments import _take, due_in, end_over, held_in, make_list
from records.tables_subsidies import subsidy_payments
from register.subsidies import Job
from register.subsidy_renewals import Earlier, renewal
from tests.records.made import CASE, CLERK, COUNTY, ELSEWHERE
from tests.records.test_subsidies import NOW, ON, a_job, applied, approve, at_work, next_event, state_of

JILIN = load_pack("jilin-2021").subsidies
assert JILIN is not None
POST = Job(CASE, "E2", "M1", "public_welfare_post", True, date(2026, 9, 20))
EARLIER = Earlier("M1", "post", "unit", "approved", "2026-12", False, False)


def test_what_ends_soon_is_told_once_to_the_office_and_is_on_the_list(record: Record) -> None:
    at_work(record, a_job())
    approve(record, applied(record, last_month="2026-12"))

    def told(day: date) -> list[str]:
        DAILY_JOBS["remind_of_ends"](record, day, NOW)
        with record.read() as work:
            assert my_lines(work, ELSEWHERE, day, lambda _: frozenset()).lines == ()
            lines = my_lines(work, CLERK, day, lambda _: frozenset()).lines
            mine = [line for line in lines if line.notice == "补贴即将到期"]
            assert all(line.role is Role.CASEWORKER and line.case_id == CASE for line in mine)
            assert count_of(work, listed(CLERK, also=ends_soon(day))) == len(mine)
            return [line.words["text"] + line.words["link"] for line in mine]

    assert told(date(2026, 10, 31)) == []
    (words,) = told(date(2026, 11, 1))
    assert "岗位补贴享受到2026年12月为止" in words
    assert words.endswith("/subsidies/applications/a-1/renew")
    assert told(date(2026, 12, 31)) == [words]


def test_a_renewal_counts_anew_for_the_post_and_once() -> None:
    assert JILIN is not None
    found = renewal(JILIN.post, EARLIER, (POST,), date(2026, 11, 1), days=60)
    assert (found.span.first, found.span.last, found.span.months) == ("2027-01", "2029-12", 36)
    assert "人社部发〔2019〕124号" in found.why.clause
    near = Job(CASE, "E2", "M1", "public_welfare_post", True, date(2026, 9, 20), retires_on=date(2027, 6, 3))
    assert renewal(JILIN.post, EARLIER, (near,), ON, days=60).span.last == "2027-06"


@pytest.mark.parametrize(
    ("code", "set_", "jobs", "on"),
    [
        ("renewal_too_early", {}, (POST,), date(2026, 10, 31)),
        ("renewal_without_work", {}, (), ON),
        ("renewal_without_work", {}, (Job(CASE, "E2", "M1", "employer", True, ON),), ON),
        ("renewed_before", {"renewed": True}, (POST,), ON),
        ("renewal_until_retirement", {"until_retirement": True}, (POST,), ON),
        ("renewal_not_running", {"state": "stopped"}, (POST,), ON),
        ("renewal_not_allowed", {"kind": "loan_interest", "by": "person"}, (POST,), ON),
        ("renewal_of_once", {"kind": "training", "by": "person"}, (POST,), ON),
    ],
)
def test_what_cannot_be_renewed_says_why(code: str, set_: dict[str, object], jobs: tuple[Job, ...], on: date) -> None:
    assert JILIN is not None
    fields = {name: getattr(EARLIER, name) for name in Earlier.__slots__} | set_
    earlier = Earlier(**fields)  # type: ignore[arg-type]
    term = JILIN.of(earlier.kind)
    assert term is not None
    with pytest.raises(SaidNo) as no:
        renewal(term, earlier, jobs, on, days=60)
    assert no.value.code == code


def test_a_renewal_lives_beside_what_it_goes_on_from(record: Record) -> None:
    at_work(record, a_job())
    approve(record, applied(record, last_month="2026-12"))
    with record.read() as work:
        assert not renewed(work, CASE, "M1", "post")
    approve(record, applied(record, "a-2", first_month="2027-01", last_month="2029-12", renews="a-1"))
    with record.read() as work:
        assert renewed(work, CASE, "M1", "post")
        assert [line.month for line in due_in(work, "220302", "2027-02")][-3:] == ["2026-12", "2027-01", "2027-02"]


def test_two_lists_of_different_months_at_once_take_nothing_twice_and_one_is_told(record: Record) -> None:
    at_work(record, a_job())
    approve(record, applied(record))
    ready, outcome = Barrier(2), []

    def make(list_id: str, month: str) -> None:
        ready.wait()
        try:
            with record.write() as work:
                made = make_list(work, list_id, "220302", month, account="county", now=NOW)
            outcome.append(made.lines)
        except CaseworkError as error:
            outcome.append(error.code)

    both = [Thread(target=make, args=("l-1", "2026-10")), Thread(target=make, args=("l-2", "2026-11"))]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert len(outcome) == 2, outcome
    assert all(isinstance(each, int) or each in ("made_meanwhile", "nothing_due") for each in outcome), outcome
    with record.read() as work:
        months = [row.month for row in work.connection.execute(subsidy_payments.select())]
    assert sorted(months) in (["2026-09", "2026-10"], ["2026-09", "2026-10", "2026-11"])


def test_a_line_another_list_has_just_taken_is_a_conflict(record: Record) -> None:
    """What PostgreSQL lets happen between looking and writing, made to happen on both."""
    at_work(record, a_job())
    approve(record, applied(record))
    with record.read() as work:
        lines = due_in(work, "220302", "2026-10")
    with record.write() as work:
        make_list(work, "l-1", "220302", "2026-09", account="county", now=NOW)
    with pytest.raises(Conflict) as no, record.write() as work:
        _take(work, "l-2", lines)
    assert no.value.code == "made_meanwhile"


def test_an_account_nobody_compared_keeps_its_months_off_the_list(record: Record) -> None:
    at_work(record, a_job())
    approve(record, applied(record))
    with record.write() as work:
        found = one(work, COUNTY, "a-1")
        assert found is not None
        change(work, found, account_by="clerk")
    with record.read() as work:
        assert (due_in(work, "220302", "2026-11"), held_in(work, "220302", "2026-11")) == ((), 1)


def test_a_loss_told_after_the_end_is_recovered(record: Record) -> None:
    case = at_work(record, a_job())
    approve(record, applied(record, last_month="2026-10"))
    with record.write() as work:
        make_list(work, "l-1", "220302", "2026-11", account="county", now=NOW)
        end_over(work, "2026-11")
    assert state_of(record, "a-1") == ("ended", None, None)
    next_event(record, 3, case.model_copy(update={"employments": (a_job(ended_on=date(2026, 9, 25)),)}))
    assert state_of(record, "a-1") == ("stopped", "job_lost", 94000)


def test_a_loss_after_the_last_month_changes_nothing(record: Record) -> None:
    case = at_work(record, a_job())
    approve(record, applied(record, last_month="2026-10"))
    with record.write() as work:
        end_over(work, "2026-11")
    next_event(record, 3, case.model_copy(update={"employments": (a_job(ended_on=date(2026, 10, 31)),)}))
    assert state_of(record, "a-1") == ("ended", None, None)


def test_the_day_of_the_first_approval_is_the_day_work_began(record: Record) -> None:
    """Nearness of retirement is judged by the day; the first of the month would find another answer later."""
    at_work(record, a_job())
    approve(record, applied(record))
    with record.read() as work:
        assert first_approved(work, CASE, "M1", "post") == date(2026, 9, 20)


def test_work_that_ended_early_leaves_the_rest_to_the_next_job(record: Record) -> None:
    at_work(record, a_job())
    approve(record, applied(record, "old", about="E1", first_month="2026-01", last_month="2026-08"))
    with record.write() as work:
        end_over(work, "2026-11")

    def kinds(on: date) -> list[str]:
        with record.read() as work:
            asked = subsidy_rights.unclaimed(COUNTY, on)
            assert asked is not None
            return [right.kind for right in subsidy_rights.page(work, asked)]

    assert "post" in kinds(ON)
    assert "post" in kinds(date(2028, 12, 31))
    assert "post" not in kinds(date(2029, 1, 1))
