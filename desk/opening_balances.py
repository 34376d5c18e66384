"""Opening balances of a county (期初累计数, N20): entered by one reviewer, confirmed by another, then for good."""

from datetime import datetime

from casework.errors import Conflict, NotYourStep, SaidNo
from casework.states import Role
from desk.desk import Caller, Desk
from desk.monthly_reports import own_area
from records import monthly_reports as kept
from records.scope import COUNTY
from register.dispatch import Balance


def enter(desk: Desk, caller: Caller, balance: Balance, basis: str, now: datetime) -> None:
    """Keep what the county says; it counts when a second person has confirmed it."""
    county = _county(caller)
    if balance.eliminated > balance.recognised:
        raise SaidNo("more_eliminated", "累计消除户数不能多于累计认定户数，请核对。", field="eliminated")
    with desk.record.write() as work:
        there = kept.balances(work, county).get(county)
        if there is not None and there.confirmed_by is not None:
            raise Conflict("balance_confirmed", "期初累计数已经确认，不能再改。")
        kept.enter_balance(work, county, balance, basis, by=caller.account, now=now)


def confirm(desk: Desk, caller: Caller, as_shown: str, now: datetime) -> None:
    """Confirm what a colleague entered, exactly as it was shown."""
    county = _county(caller)
    with desk.record.write() as work:
        there = kept.balances(work, county).get(county)
        if there is None:
            raise SaidNo("nothing_entered", "还没有录入期初累计数。")
        if there.confirmed_by == caller.account:
            return
        if there.confirmed_by is not None or as_shown != there.entered_at.isoformat():
            raise _changed()
        if there.entered_by == caller.account:
            raise NotYourStep("four_eyes", "录入的人不能确认，请由另一位复核人员确认。")
        if not kept.confirm_balance(work, there, by=caller.account, now=now):
            raise _changed()


def _changed() -> Conflict:
    return Conflict("balance_changed", "期初累计数在您打开页面之后有变动，请刷新核对后再确认。")


def _county(caller: Caller) -> str:
    mine = own_area(caller)
    if caller.role is not Role.REVIEWER or len(mine) != COUNTY:
        raise NotYourStep("county_enters", "期初累计数由县级复核人员录入和确认。")
    return mine
