"""Accounts at the desk (账号): log in and out, change a password; make, list, reset and close accounts.

Passwords and sessions are kept by `records`; the throttle per account is there, the one per address in
`throttle.py`.  The
first administrator is in `first_administrator.py`.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from casework.errors import Conflict, NotYourStep, SaidNo
from casework.states import Role
from desk.desk import Caller, Desk, caller_for
from desk.errors import NotFound, NotLoggedIn
from desk.guessable import refuse_guessable
from desk.throttle import AddressThrottle
from records.accounts import (
    Account,
    AccountPage,
    account_of,
    accounts_in,
    check_password,
    create_account,
    describe_account,
    disable_account,
    page_of_accounts,
    set_password,
    unlock_account,
)
from records.engine import Reading
from records.helper_loads import open_cases_of
from records.scope import area_prefix
from records.second_factors import drop_second_factor, has_second_factor
from records.sessions import (
    SessionLine,
    end_one,
    end_others,
    end_session,
    session_of,
    sessions_of,
    start_session,
    touch,
)
from records.standing_in import standing_of
from records.worklists import release_all

MOST_LISTED = 200
"""How many of a helper's cases are listed when its account cannot be closed yet."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A log-in whose password was right.  `waits`: the token opens nothing until the one-time code is typed."""

    person: Account
    waits: bool
    token: str = field(repr=False)


def log_in(
    desk: Desk,
    throttle: AddressThrottle,
    account: str,
    password: str,
    address: str,
    now: datetime,
    *,
    device: str = "",
) -> Begun:
    """Begin a session; raises `NotYourStep` (login_failed, login_locked) or `TooManyTries`."""
    throttle.check(address, now)
    try:
        person = check_password(desk.record, account, password, now)
    except NotYourStep:
        throttle.failed(address, now)
        raise
    with desk.record.write() as work:
        waits = has_second_factor(work, person.account)
        token = start_session(work, person.account, now, device=device, address=address, waits=waits)
    return Begun(person, waits, token)


def caller_of(desk: Desk, token: str, now: datetime, as_of: date | None = None) -> Caller:
    """Return who this session belongs to and for whom it stands in; raises `NotLoggedIn`.

    `as_of` asks for the absences of a day whatever day it is for a case; in a drill alone (`NotYourStep`, drill_only).
    """
    if as_of is not None and not desk.drill:
        raise NotYourStep("drill_only", "只能按当日的请假与代办查看，请去掉请求中的 As-Of。", field="As-Of")
    with desk.record.read() as work:
        session = session_of(work, token, now)
        if session is None:
            raise NotLoggedIn
        standing = standing_of(work, session.account.account)
    if session.touch_due:
        with desk.record.write() as work:
            touch(work, token, now)
    return caller_for(session.account, standing, now, as_of)


def log_out(desk: Desk, token: str) -> None:
    """End the session."""
    with desk.record.write() as work:
        end_session(work, token)


def own_sessions(desk: Desk, caller: Caller, token: str, now: datetime) -> tuple[SessionLine, ...]:
    """Return where the caller is signed in."""
    with desk.record.read() as work:
        return sessions_of(work, caller.account, token, now)


def end_own_session(desk: Desk, caller: Caller, public_id: str) -> bool:
    """End one of the caller's sessions; False when it has ended already."""
    with desk.record.write() as work:
        return end_one(work, caller.account, public_id)


def end_other_sessions(desk: Desk, caller: Caller, token: str) -> int:
    """End all of the caller's sessions but this one."""
    with desk.record.write() as work:
        return end_others(work, caller.account, token)


def change_password(desk: Desk, caller: Caller, old: str, new: str, now: datetime) -> None:
    """Set the caller's own password; all its sessions end."""
    if old == new:
        raise SaidNo("password_unchanged", "新密码不能与原密码相同。", field="new_password")
    refuse_guessable(caller.account, new, "new_password")
    check_password(desk.record, caller.account, old, now)
    set_password(desk.record, caller.account, new)


def add_account(
    desk: Desk,
    caller: Caller,
    *,
    account: str,
    password: str,
    role: Role,
    area: str,
    name: str,
    phone: str | None,
    now: datetime,
) -> Account:
    """Make an account in the administrator's own area; its owner must change the password at the first log-in."""
    _require_area(caller, area)
    return create_account(
        desk.record,
        account=account,
        password=password,
        role=role,
        area=area,
        name=name,
        phone=phone,
        now=now,
        must_change=True,
    )


def list_accounts(desk: Desk, caller: Caller, role: Role | None = None) -> tuple[Account, ...]:
    """Return the accounts of the administrator's area."""
    with desk.record.read() as work:
        return accounts_in(work, caller.area, role)


def page_for(
    desk: Desk, caller: Caller, *, role: Role | None, disabled: bool, under: str, offset: int, limit: int
) -> AccountPage:
    """Return a page of the accounts of the administrator's area."""
    with desk.record.read() as work:
        return page_of_accounts(
            work, caller.area, role=role, disabled=disabled, under=under, offset=offset, limit=limit
        )


def account_for(desk: Desk, caller: Caller, account: str) -> Account:
    """Return an account of the administrator's area, also a closed one; raises `NotFound`."""
    with desk.record.read() as work:
        found = account_of(work, account)
    if found is None or not found.area.startswith(area_prefix(caller.area)):
        raise NotFound("账号")
    return found


def reset_password(desk: Desk, caller: Caller, account: str, password: str) -> None:
    """Give somebody of the administrator's area a new first password: locks are lifted and all sessions end.

    The one-time codes go too: whoever asks for this has often lost the phone with the password.
    """
    with desk.record.write() as work:
        _theirs(work, caller, account)
        drop_second_factor(work, account)
    set_password(desk.record, account, password, must_change=True)


def describe(desk: Desk, caller: Caller, account: str, *, name: str, phone: str | None) -> None:
    """Correct the name or the phone of an account of the administrator's area, the own one too.

    Role and area stay: who moves to another desk gets another account, so that what was done stays under its own.
    """
    with desk.record.write() as work:
        found = account_of(work, account)
        if found is None or found.disabled or not found.area.startswith(area_prefix(caller.area)):
            raise NotFound("账号")
        describe_account(work, account, name=name, phone=phone)


def unlock(desk: Desk, caller: Caller, account: str) -> None:
    """Lift the lock of an account of the administrator's area; its password stays."""
    with desk.record.write() as work:
        _theirs(work, caller, account)
        unlock_account(work, account)


def close_account(desk: Desk, caller: Caller, account: str) -> None:
    """Disable an account of the administrator's area, end its sessions and give back the tasks it had claimed.

    Raises `Conflict` (helper_has_cases) while households still have it as their helper: nobody would answer for them.
    """
    with desk.record.write() as work:
        _theirs(work, caller, account)
        if left := open_cases_of(work, account):
            raise Conflict(
                "helper_has_cases",
                f"该账号还是{len(left)}户的帮扶责任人，请先由督导人员或经办人改派，再停用；需要立即停止其登录的，先重置其密码。",
                details={"cases": list(left[:MOST_LISTED])},
            )
        disable_account(work, account)
        release_all(work, account)


def _theirs(work: Reading, caller: Caller, account: str) -> None:
    """Raise unless this is somebody else's open account in the caller's area."""
    found = account_of(work, account)
    if found is None or found.disabled or not found.area.startswith(area_prefix(caller.area)):
        raise NotFound("账号")
    if account == caller.account:
        raise SaidNo("own_account", "不能停用、解锁或重置自己的账号；修改自己的密码请用“修改密码”。", field="account")


def _require_area(caller: Caller, area: str) -> None:
    if caller.role is not Role.ADMINISTRATOR:
        raise NotYourStep("role_not_allowed", f"账号由管理员建立，您的角色是{caller.role.words}。")
    if not area.startswith(area_prefix(caller.area)):
        raise SaidNo("area_not_yours", "只能建立本辖区内的账号，请核对辖区代码。", field="area")
