"""Months of a subsidy (享受期限): from when to when, which are due by a day, and how much a month comes to.  Pure.

Months are "2026-11".  The cap counts from the first approval of the kind for the person (以初次核定时为准), also across
breaks and cases; a month in which work ended is the last one.  Money is whole fen, rounded down.
"""

from dataclasses import dataclass
from datetime import date

from casework.errors import SaidNo
from casework.times import month_in_words
from casework.working_days import add_months
from policies.groups_subsidies import BASES, Claim, Subsidy

ONCE = "once"
"""Stands for the month of what is paid a single time."""


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last month; `until_retirement` when retirement, not the cap, ends it."""

    first: str
    last: str
    until_retirement: bool = False

    @property
    def months(self) -> int:
        return max(0, number(self.last) - number(self.first) + 1)

    @property
    def words(self) -> str:
        why = "至法定退休" if self.until_retirement else "满最长期限"
        return f"{month_in_words(self.first)}至{month_in_words(self.last)}（{self.months}个月，{why}）"


def number(month: str) -> int:
    """Return a month as a number that counts on: two neighbours differ by one."""
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def month_of(value: int | date) -> str:
    """Return the month with a number, or of a day."""
    if isinstance(value, date):
        return f"{value.year:04d}-{value.month:02d}"
    year, month = divmod(value, 12)
    return f"{year:04d}-{month + 1:02d}"


def first_of(month: str) -> date:
    """Return the first day of a month."""
    return date(int(month[:4]), int(month[5:7]), 1)


def span(
    subsidy: Subsidy,
    since: date,
    retires_on: date | None,
    *,
    first_approved: date | None = None,
    extended: bool = False,
) -> Span | None:
    """Return the months for which a subsidy may run that begins on a day; None for what is paid once.

    `first_approved` is when the person was first approved for this kind: the cap and the nearness of retirement count
    from there.  Retirement ends it in any case.
    """
    if subsidy.cap_months is None:
        return None
    counted = min(first_approved or since, since)
    cap = subsidy.cap_months + (subsidy.extension_months if extended else 0)
    last, near = number(month_of(counted)) + cap - 1, False
    if retires_on is not None:
        within = subsidy.retirement_months
        near = within is not None and retires_on < add_months(counted, within)
        end = number(month_of(retires_on))
        last = end if near else min(last, end)
    return Span(month_of(since), month_of(last), until_retirement=near)


def months_due(first: str, last: str, on: date, *, ended_on: date | None = None) -> tuple[str, ...]:
    """Return the months that are due by a day: those that have begun, none after the one in which work ended."""
    until = min(number(last), number(month_of(on)))
    if ended_on is not None:
        until = min(until, number(month_of(ended_on)))
    return tuple(month_of(n) for n in range(number(first), until + 1))


def amount(subsidy: Subsidy, claim: Claim, base_fen: int | None, minimum_wage_fen: int) -> int:
    """Return what is paid a month, or once.  Raises SaidNo `base_missing` where the declared base is needed."""
    if subsidy.amount_fen is not None:
        whole = subsidy.amount_fen
    elif subsidy.base == "minimum_wage":
        whole = minimum_wage_fen
    elif base_fen is None or base_fen < 1:
        per = "每月" if subsidy.pay == "monthly" else ""
        raise SaidNo(
            "base_missing",
            f"请填写{per}{BASES[subsidy.base]}的金额，补贴按它计算。",
            field="base",
            clause=subsidy.amount_basis,
        )
    else:
        whole = base_fen
    share = claim.part
    due = whole * share.numerator // share.denominator
    return due if subsidy.at_most_fen is None else min(due, subsidy.at_most_fen)
