"""The first administrator (第一个管理员) of a real installation: nothing else can be used until there is one.

Whoever can write into the home makes a one-time code; whoever has the code makes the account, once.
"""

import hashlib
import hmac
import json
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from casework.errors import Conflict, NotYourStep, SaidNo
from casework.states import Role
from desk.desk import Desk
from desk.guessable import refuse_guessable
from records.accounts import SHORTEST_PASSWORD, Account, any_account, create_account


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

    Raises `Conflict` (already_set_up), `NotYourStep` (code_wrong) or `SaidNo` (password_too_short, password_guessable).
    """
    if has_accounts(desk):
        raise Conflict("already_set_up", "系统已有管理员，这个入口不再可用。")
    if len(password) < SHORTEST_PASSWORD:
        raise SaidNo("password_too_short", f"密码至少{SHORTEST_PASSWORD}位。", field="password")
    refuse_guessable(account, password, "password")
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
