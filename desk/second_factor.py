"""One-time codes at the desk (动态码): turn them on with a phone, finish a log-in with one, turn them off.

Turning on shows the secret once and counts only after a code of it was typed.  Whoever has lost the phone has an
administrator reset the password, which also turns the codes off.
"""

from datetime import datetime

from casework.errors import Conflict, NotYourStep, SaidNo
from desk.desk import Caller, Desk
from desk.errors import NotLoggedIn
from desk.throttle import AddressThrottle
from records.accounts import check_password, count_failure, is_locked, unlock_account
from records.second_factors import (
    confirm,
    drop_second_factor,
    has_second_factor,
    new_secret,
    pending_secret,
    use_code,
)
from records.sessions import end_session, start_session, waiting_session


def finish_log_in(
    desk: Desk, throttle: AddressThrottle, token: str, code: str, address: str, now: datetime, *, device: str = ""
) -> str:
    """Return the token of the real session for one that waits and its code.

    Raises `NotLoggedIn` when nothing waits (any more), `NotYourStep` (code_missing, code_refused).  Five wrong codes
    lock the account as five wrong passwords do, in however many browsers they were typed.
    """
    throttle.check(address, now)
    with desk.record.read() as work:
        waiting = waiting_session(work, token, now)
    if waiting is None:
        raise NotLoggedIn
    account = waiting.account.account
    if not code.strip():
        raise NotYourStep("code_missing", "这个账号开启了动态码，请填写手机上显示的6位动态码。", field="code")
    with desk.record.write() as work:
        locked = is_locked(work, account, now)
        if not locked and use_code(work, account, code, now):
            unlock_account(work, account)
            end_session(work, token)
            return start_session(work, account, now, device=device, address=address)
    throttle.failed(address, now)
    if not locked:
        count_failure(desk.record, account, now)
    if locked or _locked(desk, account, now):
        with desk.record.write() as work:
            end_session(work, token)
        raise NotYourStep("login_locked", "连续5次不正确，账号已锁定15分钟，请稍后再试或请管理员重置。")
    raise NotYourStep("code_refused", "动态码不正确或已用过。请核对手机时间，等下一个动态码出现后再填。", field="code")


def is_on(desk: Desk, caller: Caller) -> bool:
    """Say whether the caller logs in with a code."""
    with desk.record.read() as work:
        return has_second_factor(work, caller.account)


def begin(desk: Desk, caller: Caller) -> str:
    """Return the secret to put into the phone: a new one, or the one shown before that still waits for its code."""
    with desk.record.write() as work:
        if has_second_factor(work, caller.account):
            raise Conflict("second_factor_on", "动态码已经开启。要换手机，请先关闭，再重新开启。")
        return pending_secret(work, caller.account) or new_secret(work, caller.account)


def turn_on(desk: Desk, caller: Caller, code: str, now: datetime) -> None:
    """Let the codes count; raises `SaidNo` (code_refused) when the typed one is not of the secret that was shown."""
    with desk.record.write() as work:
        if has_second_factor(work, caller.account):
            return
        if not use_code(work, caller.account, code, now):
            raise SaidNo("code_refused", "动态码不正确。请核对手机时间，填写手机上正在显示的6位数字。", field="code")
        confirm(work, caller.account, now)


def turn_off(desk: Desk, caller: Caller, password: str, now: datetime) -> None:
    """Let the password be enough again; the password is asked for, because somebody may have left the desk."""
    check_password(desk.record, caller.account, password, now)
    with desk.record.write() as work:
        drop_second_factor(work, caller.account)


def _locked(desk: Desk, account: str, now: datetime) -> bool:
    with desk.record.read() as work:
        return is_locked(work, account, now)
