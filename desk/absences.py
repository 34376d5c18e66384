"""Absences (请假) at the desk: who may enter, see, move and cancel one.

Everybody enters an absence of its own; supervisors and administrators enter anybody's in their area.  The reason is
shown to the person, to whoever entered it, and to those supervisors and administrators.
"""

from dataclasses import replace
from datetime import date, datetime

from casework.errors import NotYourStep, SaidNo
from casework.states import Role
from casework.times import in_words, local_date
from desk.desk import Caller, Desk
from desk.errors import NotFound
from records.absences import Absence, absence_of, add_absence, cancel_absence, change_last_day, list_absences
from records.accounts import account_of
from records.engine import Reading
from records.scope import area_prefix

IN_CHARGE = (Role.SUPERVISOR, Role.ADMINISTRATOR)


def enter(
    desk: Desk,
    caller: Caller,
    *,
    account: str | None,
    substitute: str,
    first: date,
    last: date,
    reason: str,
    now: datetime,
) -> Absence:
    """Enter an absence of the caller or of an account it is in charge of.  Raises the errors of `add_absence`."""
    whose = account or caller.account
    _check_not_over(desk, last, now)
    with desk.record.write() as work:
        if not _theirs(work, caller, whose):
            raise NotYourStep("absence_of_another", "只能登记本人的请假；他人的由督导人员或管理员在本辖区内登记。")
        return add_absence(
            work,
            account=whose,
            substitute=substitute,
            first=first,
            last=last,
            reason=reason,
            made_by=caller.account,
            now=now,
        )


def list_known(desk: Desk, caller: Caller, *, since: date | None = None, on: date | None = None) -> tuple[Absence, ...]:
    """Return the absences the caller may know of: its own, those it stands in for, and those of its area or office."""
    with desk.record.read() as work:
        found = list_absences(work, area=_area(caller), account=caller.account, since=since, on=on)
    return tuple(_shown(caller, each) for each in found)


def change_last(desk: Desk, caller: Caller, absence_id: int, last: date, now: datetime) -> Absence:
    """Let an absence end on another day; raises `NotFound`, `SaidNo` or `Conflict`."""
    _check_not_over(desk, last, now, yesterday=True)
    with desk.record.write() as work:
        _mine(work, caller, absence_id)
        return change_last_day(work, absence_id, last)


def cancel(desk: Desk, caller: Caller, absence_id: int, now: datetime) -> None:
    """Cancel an absence; what the substitute has done meanwhile stands."""
    with desk.record.write() as work:
        _mine(work, caller, absence_id)
        cancel_absence(work, absence_id, caller.account, now)


def _mine(work: Reading, caller: Caller, absence_id: int) -> None:
    there = absence_of(work, absence_id)
    if there is None or not _theirs(work, caller, there.account):
        raise NotFound("请假")


def _theirs(work: Reading, caller: Caller, account: str) -> bool:
    """Say whether an account's absences are the caller's to enter and change."""
    if account == caller.account:
        return caller.role is not Role.ADMINISTRATOR
    found = account_of(work, account)
    return caller.role in IN_CHARGE and found is not None and found.area.startswith(area_prefix(caller.area))


def _area(caller: Caller) -> str | None:
    """Helpers know of the absences that concern them, everybody else of those of the office or area."""
    return None if caller.role is Role.HELPER else caller.area


def _shown(caller: Caller, absence: Absence) -> Absence:
    may = caller.role in IN_CHARGE or caller.account in (absence.account, absence.made_by)
    return absence if may else replace(absence, reason="")


def _check_not_over(desk: Desk, last: date, now: datetime, *, yesterday: bool = False) -> None:
    """An absence that is over moves nothing any more.  In a drill cases live on days of their own."""
    today = local_date(now)
    if desk.drill or last >= today or (yesterday and (today - last).days == 1):
        return
    raise SaidNo("absence_over", f"最后一日{in_words(last)}已经过去，不能再登记，请核对日期。", field="last")
