"""Payment lists and coordination at the desk (发放名册、待遇衔接): made, paid and looked at whole by the county."""

from dataclasses import dataclass, field
from datetime import date, datetime

from casework.errors import SaidNo
from casework.states import Role
from casework.times import local_date
from desk.desk import Caller, Desk
from desk.errors import NotFound, or_not_found
from desk.subsidies import key_of, today_of
from records.benefit_tasks import ANSWERS, BenefitTask, answered, one
from records.engine import Record
from records.household_pages import log_view, person_of
from records.scope import COUNTY
from records.subsidy_applications import told
from records.subsidy_payments import (
    Payment,
    PaymentList,
    confirm_paid,
    end_over,
    lines_of,
    make_list,
    one_list,
)
from register.subsidy_months import month_of

COORDINATORS = (Role.CASEWORKER, Role.REVIEWER)
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
        if on > local_date(now):
            raise SaidNo("day_ahead", "发放日期不能晚于今天。", field="on")
        if on < local_date(made.made_at):
            raise SaidNo("day_before_list", "发放日期不能早于名册生成的日期。", field="on")
        confirm_paid(work, made, on=on, account=caller.account)


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
