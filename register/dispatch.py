"""The numbers of the monthly dispatch report (调度表): opening + new − eliminated − revoked = stock (N19, scenario 84).

Pure, on movements (`movements.py`).  The snapshot is at the month's end, 24:00 local; what becomes known later about a
month already over goes into a correction row of the month in which it became known (A35).  Due on the seventh working
day of the next month (A34); not submitted after that day, it is overdue to the province.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from casework.household import Facts
from casework.working_days import add_months, nth_working_day_of_month
from policies.calendar_model import WorkCalendar
from policies.schema import Policy
from register.movements import Kind, Movement


class Correction(Facts):
    """What became known this month of an earlier month, with the cases it comes from."""

    month: str
    kind: Kind
    cases: tuple[str, ...]


class Dispatch(Facts):
    """One month's numbers, in households."""

    month: str
    opening: int
    new: int
    returned: int
    eliminated: int
    exited: int
    revoked: int
    corrections: tuple[Correction, ...]
    stock: int
    due_on: date

    @property
    def corrected(self) -> int:
        """What the correction rows do to the stock."""
        return sum(row.kind.sign * len(row.cases) for row in self.corrections)

    @property
    def adds_up(self) -> bool:
        """Say whether the month's columns lead from the opening to the stock."""
        moved = self.new + self.returned - self.eliminated - self.exited - self.revoked
        return self.opening + moved + self.corrected == self.stock


def dispatch(movements: Iterable[Movement], month: str, calendar: WorkCalendar, policy: Policy) -> Dispatch:
    """Return the numbers of a month, "2026-09", as known at its end; later facts change nothing in it."""
    known = [m for m in movements if _month(m.known_on) <= month]
    before = [m for m in known if _month(m.known_on) < month]
    during = [m for m in known if _month(m.known_on) == month]
    own = Counter(m.kind for m in during if _month(m.on) == month)
    late: dict[tuple[str, Kind], list[str]] = {}
    for m in during:
        if _month(m.on) != month:
            late.setdefault((_month(m.on), m.kind), []).append(m.case_id)
    following = add_months(date.fromisoformat(f"{month}-01"), 1)
    return Dispatch(
        month=month,
        opening=sum(m.kind.sign for m in before),
        new=own[Kind.RECOGNISED],
        returned=own[Kind.RETURNED],
        eliminated=own[Kind.ELIMINATED] - own[Kind.ELIMINATION_WITHDRAWN],
        exited=own[Kind.EXITED],
        revoked=own[Kind.REVOKED],
        corrections=tuple(
            Correction(month=when, kind=kind, cases=tuple(cases)) for (when, kind), cases in sorted(late.items())
        ),
        stock=sum(m.kind.sign for m in known),
        due_on=nth_working_day_of_month(
            calendar, following.year, following.month, policy.supervision.report_due_working_day.value
        ),
    )


Standing = Literal["due", "submitted", "submitted_late", "overdue_to_province"]


def standing(due_on: date, submitted_on: date | None, today: date) -> Standing:
    """Say how a report stands today; the due day itself is in time until its 24:00."""
    if submitted_on is not None and submitted_on <= today:
        return "submitted" if submitted_on <= due_on else "submitted_late"
    return "overdue_to_province" if today > due_on else "due"


def live_stock(movements: Iterable[Movement], at_end_of: date) -> int:
    """Return the stock at 24:00 of a day, counted case by case: what a report of that month must equal."""
    inside: dict[str, int] = {}
    for m in movements:
        if m.known_on <= at_end_of:
            inside[m.case_id] = inside.get(m.case_id, 0) + m.kind.sign
    wrong = {case: count for case, count in inside.items() if count not in (0, 1)}
    if wrong:
        raise ValueError(f"a household counts once or not at all: {sorted(wrong)}")
    return sum(inside.values())


def month_end(month: str) -> date:
    """Return the last day of a month."""
    return add_months(date.fromisoformat(f"{month}-01"), 1) - timedelta(days=1)


def _month(day: date) -> str:
    return day.isoformat()[:7]
