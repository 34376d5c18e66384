"""Payment lists and coordination at the desk (发放名册、待遇衔接): made, paid and looked at whole by the county."""

from dataclasses import dataclass, field
from datetime import date, datetime

from casework.errors import Conflict, NotYourStep, SaidNo
from casework.states import Role, same_person
from casework.times import local_date
from desk.desk import Caller, Desk
from desk.errors import NotFound, or_not_found
from desk.subsidies import FOUR_EYES, key_of, today_of
from records.benefit_tasks import ANSWERS, BenefitTask, answered, one
from records.engine import Reading, Record
from records.household_pages import log_view, person_of
from records.scope import COUNTY
from records.subsidy_applications import told
from records.subsidy_payments import (
    Payment,
    PaymentList,
    confirm_paid,
    end_over,
    hands_on,
    keep_checked,
    lines_of,
    make_list,
    one_list,
)
from register.subsidy_months import month_of

COORDINATORS = (Role.CASEWORKER, Role.REVIEWER)
CHECKERS = (Role.REVIEWER, Role.SUPERVISOR)
EARLIEST = "2006-01"


def make(desk: Desk, caller: Caller, month: str, *, key: str, now: datetime) -> str:
    """Make the list of the caller's county for a month; return its id.  A repeated key is the same list."""
    list_id = key_of(caller, key)
    if month > month_of(local_date(now)) or month < EARLIEST:
        raise SaidNo("month_ahead", "只能生成本月或以前月份的名册。", field="month")
    with desk.record.write() as work:
        if one_list(work, caller.scope, list_id) is None:
            make_list(work, list_id, caller.area[:COUNTY], month, account=caller.account, now=now)
    return list_id


def paid(desk: Desk, caller: Caller, list_id: str, *, on: date, now: datetime) -> None:
    """Write down the day on which finance paid a list."""
    with desk.record.write() as work:
        made = one_list(work, caller.scope, list_id)
        if made is None:
            raise NotFound("发放名册")
        _checked(work, made)
        if on > local_date(now):
            raise SaidNo("day_ahead", "发放日期不能晚于今天。", field="on")
        if on < local_date(made.made_at):
            raise SaidNo("day_before_list", "发放日期不能早于名册生成的日期。", field="on")
        confirm_paid(work, made, on=on, account=caller.account)


def check(desk: Desk, caller: Caller, list_id: str, *, now: datetime) -> None:
    """Write down that somebody went over a list: not who made it, approved what is on it or wrote an account."""
    with desk.record.write() as work:
        made = or_not_found(one_list(work, caller.scope, list_id), "发放名册")
        if caller.role not in CHECKERS:
            raise NotYourStep("not_checking", "名册由县级复核人员或督导人员核对。")
        if (why := not_for(work, caller, made)) is not None:
            raise NotYourStep("same_person", why, clause=FOUR_EYES)
        _no_open_account(work, list_id)
        keep_checked(work, made, on=local_date(now), account=caller.account)


def not_for(work: Reading, caller: Caller, made: PaymentList) -> str | None:
    """Say why somebody may not be the second pair of eyes on a list; None when nothing stands against it."""
    if same_person(caller.actor, made.made_by):
        return "名册由您生成，须由另一名复核人员或督导人员核对。"
    deciders, writers, _ = hands_on(work, made.list_id)
    if any(same_person(caller.actor, hand) for hand in deciders):
        return "名册中有您批准的补贴，须由另一名复核人员或督导人员核对。"
    if any(same_person(caller.actor, hand) for hand in writers):
        return "名册中有您填写的收款账号，须由另一名复核人员或督导人员核对。"
    return None


def _checked(work: Reading, made: PaymentList) -> None:
    """See to it that a second person went over a list, and over every account that was written since."""
    if made.checked_on is None:
        raise Conflict("list_not_checked", "名册还没有经另一人核对，核对后才能导出完整名册和登记发放。")
    _no_open_account(work, made.list_id)


def _no_open_account(work: Reading, list_id: str) -> None:
    waiting = hands_on(work, list_id)[2]
    if waiting:
        words = f"名册中有{waiting}份补贴的收款账号更改后还没有核对，请先在“申请和享受”里按“账号待核对”找到并核对。"
        raise Conflict("account_not_checked", words)


@dataclass(frozen=True, slots=True)
class Whole:
    """A line of a list with all that a bank asks for."""

    payment: Payment
    payee: str = field(repr=False)
    id_number: str = field(repr=False)
    bank_account: str | None = field(repr=False)


def whole(
    desk: Desk, caller: Caller, list_id: str, *, reason: str, now: datetime, most: int
) -> tuple[PaymentList, tuple[Whole, ...]]:
    """Return a list whole, for the bank; the look is logged for each household."""
    with desk.record.write() as work:
        made = or_not_found(one_list(work, caller.scope, list_id), "发放名册")
        _checked(work, made)
        lines = lines_of(work, caller.scope, list_id, limit=most)
        found = []
        for case_id in dict.fromkeys(line.applied.case_id for line in lines):
            log_view(work, caller.scope, case_id, what="subsidies", reason=reason, now=now)
        for line in lines:
            words = told(work, line.applied.application_id, account=True)
            person = person_of(work, line.applied.case_id, line.applied.member)
            unit = line.applied.claimed_by == "unit"
            payee = (words.unit or "") if unit else (person.name if person else "")
            number = "" if unit or person is None else person.id_number
            found.append(Whole(line, payee, number, words.bank_account))
    return made, tuple(found)


def coordinate(
    desk: Desk, caller: Caller, task_id: str, *, answer: str, note: str | None, now: datetime
) -> BenefitTask:
    """Close a coordination task with the other office's answer."""
    with desk.record.write() as work:
        task = one(work, caller.scope, task_id)
        if task is None:
            raise NotFound("协调事项")
        if answer not in ANSWERS[task.kind]:
            raise SaidNo("answer_unknown", "请选择协调结果。", field="answer")
        _, today = today_of(work, caller, task.case_id, now)
        answered(work, task, answer=answer, note=note, on=today, account=caller.account)
        return task


def end_subsidies(record: Record, day: date, _now: datetime) -> None:
    """Daily: end what has come to its last month (期满)."""
    with record.write() as work:
        end_over(work, month_of(day))
