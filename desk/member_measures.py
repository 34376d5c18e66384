"""Measures, marks and insured months at the desk (措施、标记、参保月份): entered and taken back by the caseworker."""

from datetime import date, datetime

from casework.case import Case
from casework.errors import SaidNo
from desk.desk import Caller, Desk
from desk.subsidies import key_of, today_of
from records.insured_months import drop_month, keep_months
from records.member_measures import MARKS, MEASURES, Measure, keep_measure, mark, unmark, withdraw_measure
from register.subsidy_months import month_of, number

MOST_MONTHS = 60


def enter_measure(
    desk: Desk,
    caller: Caller,
    case_id: str,
    *,
    member: str,
    kind: str,
    on: date,
    note: str | None,
    key: str,
    now: datetime,
) -> None:
    """Keep a measure a member has had; a repeated key is the same measure."""
    with desk.record.write() as work:
        case, today = today_of(work, caller, case_id, now)
        _check_member(case, member, "measure_member")
        if kind not in MEASURES:
            raise SaidNo("measure_unknown", "请选择措施。", field="measure")
        if on > today:
            raise SaidNo("day_ahead", "措施日期不能晚于今天。", field="measure_on")
        keep_measure(work, Measure(key_of(caller, key), case_id, member, kind, on, caller.account, note), now)


def take_back_measure(desk: Desk, caller: Caller, case_id: str, measure_id: str, now: datetime) -> None:
    """Withdraw what was entered by mistake."""
    with desk.record.write() as work:
        today_of(work, caller, case_id, now)
        withdraw_measure(work, case_id, measure_id, caller.account)


def set_mark(desk: Desk, caller: Caller, case_id: str, *, member: str, code: str, marked: bool, now: datetime) -> None:
    """Mark a member as a graduate or a child, or take the mark off."""
    with desk.record.write() as work:
        case, today = today_of(work, caller, case_id, now)
        _check_member(case, member, "mark_member")
        if code not in MARKS:
            raise SaidNo("mark_unknown", "请选择标记。", field="mark")
        if marked:
            mark(work, case_id, member, code, since=today, account=caller.account, now=now)
        else:
            unmark(work, case_id, member, code)


def enter_months(
    desk: Desk, caller: Caller, case_id: str, *, member: str, first: str, last: str, insured: bool, now: datetime
) -> None:
    """Write down, or take back, the months in which a member was insured."""
    with desk.record.write() as work:
        case, today = today_of(work, caller, case_id, now)
        _check_member(case, member, "insured_member")
        if last < first or number(last) - number(first) >= MOST_MONTHS:
            raise SaidNo("months_reversed", f"止月不能早于起月，一次最多登记{MOST_MONTHS}个月。", field="last")
        if last > month_of(today):
            raise SaidNo("month_ahead", "参保月份不能晚于本月。", field="last")
        months = [month_of(n) for n in range(number(first), number(last) + 1)]
        if insured:
            keep_months(work, case_id, member, months, account=caller.account, now=now)
        else:
            for each in months:
                drop_month(work, case_id, member, each)


def _check_member(case: Case, member: str, field: str) -> None:
    if case.household.member(member) is None:
        raise SaidNo("member_unknown", "请选择家庭成员。", field=field)
