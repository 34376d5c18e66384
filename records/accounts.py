"""Staff accounts (账号): who they are, their role and area, and whether a password is theirs.

Names and phones are sealed.  Passwords are hashed outside any unit of work, because a hash is slow on purpose and
would hold the write lock; so `create_account` and `check_password` open their own.  Sessions are in `sessions.py`.
Instants come in; they are the clock of the log-in desk, not business time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import ColumnElement, Row, bindparam, func, select, update

from casework.errors import Conflict, NotYourStep, SaidNo
from casework.states import Role
from records.engine import Reading, Record, Writing
from records.scope import Scope, area_prefix
from records.second_factors import has_second_factor
from records.tables_people import accounts, sessions
from records.upsert import insert_into

FAILURES_ALLOWED = 5
LOCKED_FOR = timedelta(minutes=15)
ACCOUNT_NAME = r"[a-z0-9][a-z0-9._-]{1,39}"
"""How an account is written (账号)."""

AREA_CODE = r"[0-9]{2,12}"
"""How the code of an office or an area is written (机构代码、辖区代码)."""

MOBILE = r"1[3-9][0-9]{9}"
"""How a mobile number is written (手机号)."""

SHORTEST_PASSWORD = 8

_HASHER = PasswordHasher()


@dataclass(frozen=True, slots=True)
class Account:
    """A member of staff.  `area` is the office of a caseworker, the area of anybody else."""

    account: str
    role: Role
    area: str
    name: str
    phone: str | None
    disabled: bool
    must_change: bool

    @property
    def scope(self) -> Scope:
        return Scope(self.account, self.role, self.area)


def create_account(
    record: Record,
    *,
    account: str,
    password: str,
    role: Role,
    area: str,
    name: str,
    phone: str | None,
    now: datetime,
    must_change: bool = False,
) -> Account:
    """Create an account.  Raises `Conflict` (account_exists) or `SaidNo` (password_too_short)."""
    made = Account(account, role, area, name, phone, False, must_change)
    row: dict[str, object] = {
        "account": account,
        "role": role.value,
        "area": area,
        "password_hash": hash_password(password),
        "must_change": must_change,
        "disabled": False,
        "failures": 0,
        "created_at": now,
    }
    with record.write() as work:
        row["name"] = work.keys.seal_text(name, f"accounts.name:{account}")
        row["phone"] = work.keys.seal_text(phone, f"accounts.phone:{account}")
        added = insert_into(work.connection, accounts).on_conflict_do_nothing().returning(accounts.c.account)
        if work.connection.execute(added, row).first() is None:
            raise Conflict("account_exists", "账号已存在，请换一个账号名。", field="account")
    return made


def hash_password(password: str) -> str:
    """Return the Argon2 hash of a new password; raises `SaidNo` (password_too_short)."""
    if len(password) < SHORTEST_PASSWORD:
        raise SaidNo("password_too_short", f"密码至少{SHORTEST_PASSWORD}位。", field="password")
    return _HASHER.hash(password)


def check_password(record: Record, account: str, password: str, now: datetime) -> Account:
    """Return the account whose password this is.

    Raises `NotYourStep`: `login_failed` for an unknown account, a wrong password or a disabled account alike,
    `login_locked` after five failures.  An unknown account costs as much time as a wrong password.  The failures of
    one who must type a code besides are forgotten with the code, else the password would buy four guesses each time.
    """
    with record.read() as reading:
        row = _row(reading, account)
        halfway = has_second_factor(reading, account)
    if row is not None and row.locked_until is not None and row.locked_until > now:
        raise NotYourStep("login_locked", "连续5次密码错误，账号已锁定15分钟，请稍后再试或请管理员重置。")
    right = _verify(row.password_hash if row is not None else _stand_in(), password)
    if row is None or row.disabled or not right:
        if row is not None:
            with record.write() as work:
                _count_failure(work, account, now)
        raise NotYourStep("login_failed", "账号或密码不正确。")
    stale = _HASHER.check_needs_rehash(row.password_hash)
    if stale or (row.failures and not halfway):
        fresh = _HASHER.hash(password) if stale else row.password_hash
        forgotten = {} if halfway else {"failures": 0, "locked_until": None}
        with record.write() as work:
            _set(work, account, password_hash=fresh, **forgotten)
            return _account(work, row)
    with record.read() as reading:
        return _account(reading, row)


def count_failure(record: Record, account: str, now: datetime) -> None:
    """Count a wrong one-time code as a wrong password is counted."""
    with record.write() as work:
        _count_failure(work, account, now)


def set_password(record: Record, account: str, password: str, *, must_change: bool = False) -> None:
    """Set a new password, lift a lock and end the account's sessions."""
    hashed = hash_password(password)
    with record.write() as work:
        _set(work, account, password_hash=hashed, must_change=must_change, failures=0, locked_until=None)
        work.connection.execute(sessions.delete().where(sessions.c.account == account))


def unlock_account(work: Writing, account: str) -> None:
    """Lift the lock that wrong passwords and codes left, and forget them."""
    _set(work, account, failures=0, locked_until=None)


def describe_account(work: Writing, account: str, *, name: str, phone: str | None) -> None:
    """Keep what a member of staff is called and reached at from now on; without a phone the one on record stays."""
    values: dict[str, object] = {"name": work.keys.seal_text(name, f"accounts.name:{account}")}
    if phone is not None:
        values["phone"] = work.keys.seal_text(phone, f"accounts.phone:{account}")
    _set(work, account, **values)


def disable_account(work: Writing, account: str) -> None:
    """Disable an account and end its sessions at once."""
    _set(work, account, disabled=True)
    work.connection.execute(sessions.delete().where(sessions.c.account == account))


def is_locked(work: Reading, account: str, now: datetime) -> bool:
    """Say whether wrong passwords or codes have locked an account."""
    row = _row(work, account)
    return row is not None and row.locked_until is not None and row.locked_until > now


def account_of(work: Reading, account: str) -> Account | None:
    row = _row(work, account)
    return None if row is None else _account(work, row)


def accounts_in(work: Reading, area: str, role: Role | None = None) -> tuple[Account, ...]:
    """Return the enabled accounts whose area lies in this one, by account name."""
    prefix = area_prefix(area)
    wanted = select(accounts).where(accounts.c.disabled.is_(False), accounts.c.area.between(prefix, prefix + "~"))
    if role is not None:
        wanted = wanted.where(accounts.c.role == role.value)
    return tuple(_account(work, row) for row in work.connection.execute(wanted.order_by(accounts.c.account)))


@dataclass(frozen=True, slots=True)
class AccountPage:
    """A page of accounts, and how many there are."""

    rows: tuple[Account, ...]
    total: int


def page_of_accounts(
    work: Reading, area: str, *, role: Role | None, disabled: bool, under: str, offset: int, limit: int
) -> AccountPage:
    """Return a page of the accounts of an area, by account name; `under` narrows it to a part of the area."""
    wanted: list[ColumnElement[bool]] = [accounts.c.disabled.is_(disabled)]
    for prefix in (area_prefix(area), under):
        wanted.append(accounts.c.area.between(prefix, prefix + "~"))
    if role is not None:
        wanted.append(accounts.c.role == role.value)
    total = work.connection.execute(select(func.count()).select_from(accounts).where(*wanted)).scalar_one()
    rows = select(accounts).where(*wanted).order_by(accounts.c.account).offset(offset).limit(limit)
    return AccountPage(tuple(_account(work, row) for row in work.connection.execute(rows)), total)


def any_account(work: Reading) -> bool:
    """Say whether there is an account at all; a new installation starts with a forced first administrator."""
    return work.connection.execute(select(accounts.c.account).limit(1)).first() is not None


def supervisors_of(work: Reading, area: str) -> tuple[str, ...]:
    """Return the supervisors nearest to an area or office: the accounts of the smallest area that covers it."""
    rows = work.connection.execute(
        select(accounts.c.account, accounts.c.area)
        .where(accounts.c.role == Role.SUPERVISOR.value, accounts.c.disabled.is_(False))
        .order_by(accounts.c.account)
    ).all()
    covering = [(area_prefix(row.area), row.account) for row in rows if area.startswith(area_prefix(row.area))]
    nearest = max((len(prefix) for prefix, _ in covering), default=0)
    return tuple(account for prefix, account in covering if len(prefix) == nearest > 0)


def _count_failure(work: Writing, account: str, now: datetime) -> None:
    """Count one failure; the fifth locks and starts the count anew."""
    counted = (
        update(accounts)
        .where(accounts.c.account == account)
        .values(failures=accounts.c.failures + 1)
        .returning(accounts.c.failures)
    )
    if work.connection.execute(counted).scalar_one() >= FAILURES_ALLOWED:
        _set(work, account, failures=0, locked_until=now + LOCKED_FOR)


def _verify(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


_STAND_IN: list[str] = []


def _stand_in() -> str:
    """Return a hash no password has, made once, so that unknown accounts take as long as known ones."""
    if not _STAND_IN:
        _STAND_IN.append(_HASHER.hash("no account has this password"))
    return _STAND_IN[0]


def _set(work: Writing, account: str, **values: object) -> None:
    work.connection.execute(update(accounts).where(accounts.c.account == account).values(**values))


def _row(work: Reading, account: str) -> Row[Any] | None:
    return work.connection.execute(_THIS_ONE, {"this_account": account}).first()


_THIS_ONE = select(accounts).where(accounts.c.account == bindparam("this_account"))


def _account(work: Reading, row: Row[Any]) -> Account:
    name = work.keys.open_text(row.name, f"accounts.name:{row.account}") or ""
    phone = work.keys.open_text(row.phone, f"accounts.phone:{row.account}")
    return Account(row.account, Role(row.role), row.area, name, phone, row.disabled, row.must_change)
