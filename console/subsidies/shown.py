"""What the pages of subsidies share (补贴各页): tabs, kinds to choose from, months, and whom a row is about."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated, Generic, Protocol, TypeVar

from fastapi import Path

from casework.states import Role
from casework.times import month_in_words
from console.typed_values import plain
from console.words import yuan
from policies.groups_subsidies import CLAIMANTS
from records.case_names import masked_people
from records.engine import Reading
from records.subsidy_applications import Applied
from register.subsidies import KINDS, kind_words
from register.subsidy_months import ONCE

IdInPath = Annotated[str, Path(pattern=r"^[0-9a-f-]{1,36}$")]
KIND_CHOICES = tuple((kind, kind_words(kind)) for kind in KINDS)
BY_WORDS = dict(CLAIMANTS)
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)
SHORTEST_ACCOUNT, LONGEST_ACCOUNT = 8, 32
NO_ACCOUNT = "账号应为8至32位数字；还没有的不填，发放前补"
AREA = re.compile(r"[0-9]{2,12}", re.ASCII)

_ALL = (Role.CASEWORKER, Role.REVIEWER, Role.SUPERVISOR, Role.HELPER)
_OFFICE = (Role.CASEWORKER, Role.REVIEWER, Role.SUPERVISOR)
_TABS = (
    ("/subsidies", "应享未享", _ALL),
    ("/subsidies/applications", "申请和享受", _ALL),
    ("/subsidies/ending", "即将到期", _ALL),
    ("/subsidies/payments", "发放名册", (Role.REVIEWER, Role.SUPERVISOR)),
    ("/subsidies/recovery", "追缴", _OFFICE),
    ("/subsidies/coordination", "待遇衔接", _ALL),
    ("/subsidies/continuation", "灵活就业参保", _ALL),
    ("/subsidies/graduates", "毕业生和子女", _OFFICE),
)


def tabs(role: Role, here: str) -> tuple[tuple[str, str, bool], ...]:
    """Return the tabs of a role: path, words, whether one is there."""
    return tuple((path, words, path == here) for path, words, roles in _TABS if role in roles)


class OfAMember(Protocol):
    """A row about a member of a case."""

    @property
    def case_id(self) -> str: ...
    @property
    def member(self) -> str: ...


R = TypeVar("R", bound=OfAMember)


@dataclass(frozen=True, slots=True)
class Line(Generic[R]):
    """A row with the masked name of its member."""

    row: R
    who: str = field(repr=False)


def lines(work: Reading, rows: Iterable[R]) -> list[Line[R]]:
    """Return rows with the masked names of their members."""
    found = list(rows)
    names = masked_people(work, {row.case_id for row in found})
    return [Line(row, names.get((row.case_id, row.member), row.member)) for row in found]


def months_words(applied: Applied) -> str:
    """2026年9月至2029年8月; once."""
    if applied.pay == ONCE:
        return "一次性"
    more = "（至退休）" if applied.until_retirement else ""
    return f"{month_in_words(applied.first_month)}至{month_in_words(applied.last_month)}{more}"


def amount_words(applied: Applied) -> str:
    """每月940元; 一次性5,000元."""
    often = "一次性" if applied.pay == ONCE else "每月"
    return f"{often}{yuan(applied.monthly_fen)}" + ("" if applied.paid_out else "（减免，不发放）")


def area_of(typed: str | None) -> str | None:
    """Return a division code somebody typed; what is none does not narrow."""
    return typed if typed and AREA.fullmatch(typed) else None


def account_number(typed: str | None) -> str | None:
    """Return a bank account as digits; None when it is none, "" when nothing was typed."""
    number = "".join(plain(typed or "").split())
    right = number.isascii() and number.isdigit() and SHORTEST_ACCOUNT <= len(number) <= LONGEST_ACCOUNT
    return number if right or not number else None
