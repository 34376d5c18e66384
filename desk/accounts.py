"""Accounts at the desk (账号): log in and out, change a password, make accounts, and the first administrator.

Passwords and sessions are kept by `records`; the throttle per account is there, the one per address is here.
"""

import hashlib
import hmac
import json
import os
from collections import OrderedDict, deque
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex
from threading import Lock

from casework.errors import Conflict, NotYourStep, SaidNo
from casework.states import Role
from desk.desk import Caller, Desk
from desk.errors import NotFound, NotLoggedIn, TooManyTries
from records.accounts import (
    SHORTEST_PASSWORD,
    Account,
    account_of,
    accounts_in,
    any_account,
    check_password,
    create_account,
    disable_account,
    set_password,
)
from records.scope import area_prefix
from records.sessions import end_session, session_of, start_session, touch

FAILURES_A_MINUTE = 20
ADDRESSES = 10_000
"""How many addresses the throttle remembers; the oldest are forgotten first."""


class AddressThrottle:
    """Counts failed tries by address over the last minute.  In memory: a restart forgets it."""

    def __init__(self, allowed: int = FAILURES_A_MINUTE) -> None:
        self._allowed = allowed
        self._failures: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = Lock()

    def check(self, address: str, now: datetime) -> None:
        """Raise `TooManyTries` when this address has failed too often."""
        with self._lock:
            tries = self._failures.get(address)
            while tries and tries[0] <= now - timedelta(minutes=1):
                tries.popleft()
            if tries and len(tries) >= self._allowed:
                raise TooManyTries

    def failed(self, address: str, now: datetime) -> None:
        """Count one failure."""
        with self._lock:
            self._failures.setdefault(address, deque(maxlen=self._allowed)).append(now)
            self._failures.move_to_end(address)
            while len(self._failures) > ADDRESSES:
                self._failures.popitem(last=False)


def log_in(
    desk: Desk, throttle: AddressThrottle, account: str, password: str, address: str, now: datetime
) -> tuple[str, Account]:
    """Return the token of a new session and its account; raises `NotYourStep` (login_failed, login_locked)."""
    throttle.check(address, now)
    try:
        person = check_password(desk.record, account, password, now)
    except NotYourStep:
        throttle.failed(address, now)
        raise
    with desk.record.write() as work:
        return start_session(work, person.account, now), person


def caller_of(desk: Desk, token: str, now: datetime) -> Caller:
    """Return who this session belongs to; raises `NotLoggedIn`."""
    with desk.record.read() as work:
        session = session_of(work, token, now)
    if session is None:
        raise NotLoggedIn
    if session.touch_due:
        with desk.record.write() as work:
            touch(work, token, now)
    return Caller(session.account)


def log_out(desk: Desk, token: str) -> None:
    """End the session."""
    with desk.record.write() as work:
        end_session(work, token)


def change_password(desk: Desk, caller: Caller, old: str, new: str, now: datetime) -> None:
    """Set the caller's own password; all its sessions end."""
    if old == new:
        raise SaidNo("password_unchanged", "新密码不能与原密码相同。", field="new_password")
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


def close_account(desk: Desk, caller: Caller, account: str) -> None:
    """Disable an account of the administrator's area and end its sessions."""
    with desk.record.write() as work:
        found = account_of(work, account)
        if found is None or not found.area.startswith(area_prefix(caller.area)):
            raise NotFound("账号")
        if account == caller.account:
            raise SaidNo("own_account", "不能停用自己的账号。", field="account")
        disable_account(work, account)


def _require_area(caller: Caller, area: str) -> None:
    if caller.role is not Role.ADMINISTRATOR:
        raise NotYourStep("role_not_allowed", f"账号由管理员建立，您的角色是{caller.role.words}。")
    if not area.startswith(area_prefix(caller.area)):
        raise SaidNo("area_not_yours", "只能建立本辖区内的账号，请核对辖区代码。", field="area")


def has_accounts(desk: Desk) -> bool:
    """Say whether the installation has its first administrator."""
    with desk.record.read() as work:
        return any_account(work)


def make_first_code(path: Path) -> str:
    """Write a new one-time code's hash to its file and return the code: it is shown once, to the operator."""
    code = "-".join(token_hex(2) for _ in range(6))
    draft = path.with_suffix(".draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump({"sha256": _hashed(code)}, file)
    draft.replace(path)
    return code


def first_administrator(
    desk: Desk, code_file: Path, *, code: str, account: str, password: str, name: str, area: str, now: datetime
) -> Account:
    """Make the first administrator with the one-time code; it can be used once, and only while there is no account.

    Raises `Conflict` (already_set_up), `NotYourStep` (code_wrong) or `SaidNo` (password_too_short).
    """
    if has_accounts(desk):
        raise Conflict("already_set_up", "系统已有管理员，这个入口不再可用。")
    if len(password) < SHORTEST_PASSWORD:
        raise SaidNo("password_too_short", f"密码至少{SHORTEST_PASSWORD}位。", field="password")
    if not hmac.compare_digest(_expected(code_file), _hashed(code)):
        raise NotYourStep(
            "code_wrong", "一次性代码不正确或已用过，请在服务器上用 wanjia first-admin 重新生成。", field="code"
        )
    used = code_file.with_suffix(".used")
    try:
        code_file.rename(used)
    except FileNotFoundError:
        raise Conflict("already_set_up", "一次性代码已被使用。") from None
    try:
        made = create_account(
            desk.record,
            account=account,
            password=password,
            role=Role.ADMINISTRATOR,
            area=area,
            name=name,
            phone=None,
            now=now,
        )
    except BaseException:
        used.rename(code_file)
        raise
    with suppress(OSError):
        used.unlink()
    return made


def _expected(code_file: Path) -> str:
    try:
        return str(json.loads(code_file.read_text(encoding="ascii"))["sha256"])
    except (OSError, ValueError, KeyError):
        return ""


def _hashed(code: str) -> str:
    """A plain hash is enough: the code is 96 random bits."""
    return hashlib.sha256("".join(code.split()).lower().encode()).hexdigest()
