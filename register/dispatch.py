"""The numbers of the monthly dispatch report (调度表): opening + new − eliminated − revoked = stock (N19, scenario 84).

Pure, on tallies of movements (`movements.py`): so many of one kind at one office.  The snapshot is at the month's end,
24:00 local; what becomes known later about a month already over is a correction of the month in which it became known
(A35).  A transfer counts at both offices, and not at all for an area that holds both.  Due on the seventh working day
of the next month (A34); not submitted after that day, it is overdue to the province.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Literal

from casework.household import Facts
from casework.working_days import add_months, nth_working_day_of_month
from policies.calendar_model import WorkCalendar
from policies.schema import Policy
from register.movements import Kind, Movement

LEVELS = (2, 4, 6)
"""How many digits a province, a city and a county have in the code of an office."""


class Tally(Facts):
    """So many movements of one kind at one office.  `month`: became known; `of_month`: concerns, never later."""

    office: str
    kind: Kind
    month: str
    of_month: str
    number: int
    other: str | None = None
    channel: str | None = None


class Balance(Facts):
    """What a county had done before its cases were in the record (期初累计, N20): households and members."""

    recognised: int = 0
    eliminated: int = 0
    employed: int = 0


class Correction(Facts):
    """What became known this month of an earlier month."""

    month: str
    kind: Kind
    number: int
    channel: str | None = None

    @property
    def stock(self) -> int:
        return self.kind.sign * self.number


class Dispatch(Facts):
    """One month's numbers of one area, by name; `channels` are placements (人次) by channel (N7)."""

    area: str
    month: str
    counts: dict[str, int]
    channels: dict[str, int]
    corrections: tuple[Correction, ...] = ()

    def __getitem__(self, name: str) -> int:
        return self.counts[name]

    def corrected_placements(self, channel: str) -> int:
        """Return the placements of earlier months through a channel that became known, less those withdrawn."""
        found = (row for row in self.corrections if row.channel == channel)
        return sum({Kind.PLACED: 1, Kind.PLACEMENT_WITHDRAWN: -1}.get(row.kind, 0) * row.number for row in found)

    @property
    def adds_up(self) -> bool:
        """Say whether the month's columns lead from the opening to the closing."""
        return sum(self.counts[name] for name in INCOMING) - sum(self.counts[n] for n in OUTGOING) == self["closing"]


def same_numbers(one: Iterable[Dispatch], other: Iterable[Dispatch]) -> bool:
    """Say whether two roll-ups agree; a part that has nothing but 0 may be missing in either."""
    some, others = ({each.area: each for each in these if any(each.counts.values())} for these in (one, other))
    return some == others


INCOMING = ("opening", "new", "returned", "transferred_in", "corrected")
OUTGOING = ("eliminated", "exited", "revoked", "transferred_out")
COUNTS = (
    *INCOMING,
    *OUTGOING,
    "closing",
    "placed",
    "members",
    "members_corrected",
    "all_recognised",
    "all_revoked",
    "all_eliminated",
    "all_employed",
)
"""Every name a column may use, beside `channel_…` for the placements of one channel."""


def month_of(day: date) -> str:
    """Return the month of a day, "2026-09"."""
    return day.isoformat()[:7]


def of_month(movement: Movement) -> str:
    """Return the month a movement concerns; what is known in advance is of the month in which it is known."""
    return min(month_of(movement.on), month_of(movement.known_on))


def tallied(movements: Iterable[Movement]) -> tuple[Tally, ...]:
    """Count movements as the record does in SQL."""
    found = Counter((m.office, m.kind, month_of(m.known_on), of_month(m), m.other, m.channel) for m in movements)
    return tuple(
        Tally(office=o, kind=k, month=m, of_month=of, other=other, channel=channel, number=n)
        for (o, k, m, of, other, channel), n in found.items()
    )


def dispatch(area: str, month: str, tallies: Iterable[Tally], balance: Balance | None = None) -> Dispatch:
    """Return the numbers of an area (the beginning of office codes) for a month, as known at its end."""
    balance = balance or Balance()
    ever, own = Counter[Kind](), Counter[Kind]()
    channels, late = Counter[str](), Counter[tuple[str, Kind, str]]()
    opening = closing = 0
    for t in tallies:
        if t.month > month or not t.office.startswith(area) or (t.other is not None and t.other.startswith(area)):
            continue
        ever[t.kind] += t.number
        closing += t.kind.sign * t.number
        if t.month < month:
            opening += t.kind.sign * t.number
        elif t.of_month < month:
            late[t.of_month, t.kind, t.channel or ""] += t.number
        else:
            own[t.kind] += t.number
            if t.channel is not None:
                channels[t.channel] += t.number if t.kind is Kind.PLACED else -t.number
    corrections = tuple(
        Correction(month=when, kind=kind, channel=channel or None, number=number)
        for (when, kind, channel), number in sorted(late.items())
    )
    counts = {
        "opening": opening,
        "new": own[Kind.RECOGNISED],
        "returned": own[Kind.RETURNED],
        "transferred_in": own[Kind.TRANSFERRED_IN],
        "corrected": sum(row.stock for row in corrections),
        "eliminated": own[Kind.ELIMINATED] - own[Kind.ELIMINATION_WITHDRAWN],
        "exited": own[Kind.EXITED],
        "revoked": own[Kind.REVOKED],
        "transferred_out": own[Kind.TRANSFERRED_OUT],
        "closing": closing,
        "placed": own[Kind.PLACED] - own[Kind.PLACEMENT_WITHDRAWN],
        "members": own[Kind.MEMBER_EMPLOYED] - own[Kind.MEMBER_WITHDRAWN],
        "members_corrected": _net(late, Kind.MEMBER_EMPLOYED, Kind.MEMBER_WITHDRAWN),
        "all_recognised": balance.recognised + ever[Kind.RECOGNISED],
        "all_revoked": ever[Kind.REVOKED],
        "all_eliminated": balance.eliminated + ever[Kind.ELIMINATED] - ever[Kind.ELIMINATION_WITHDRAWN],
        "all_employed": balance.employed + ever[Kind.MEMBER_EMPLOYED] - ever[Kind.MEMBER_WITHDRAWN],
    }
    return Dispatch(area=area, month=month, counts=counts, channels=dict(channels), corrections=corrections)


def _net(late: Mapping[tuple[str, Kind, str], int], plus: Kind, minus: Kind) -> int:
    return sum(n if kind is plus else -n for (_, kind, _), n in late.items() if kind in (plus, minus))


def levels_of(office: str) -> tuple[str, ...]:
    """Return every area an office counts in, the province first, itself last."""
    return tuple(dict.fromkeys((*(office[:n] for n in LEVELS), office)))


def parts_of(area: str, offices: Iterable[str]) -> tuple[str, ...]:
    """Return the parts of an area that its report has lines for: cities, counties, or offices."""
    below = {office for office in offices if office.startswith(area)}
    length = next((n for n in LEVELS if n > len(area)), 12)
    return tuple(sorted({office[:length] for office in below} - ({area} if len(area) < max(LEVELS) else set())))


def rolled_up(
    area: str, month: str, tallies: Iterable[Tally], balances: Mapping[str, Balance], offices: Collection[str] = ()
) -> tuple[Dispatch, ...]:
    """Return the numbers of an area and of each of its parts, the area first; known offices may have nothing but 0."""
    mine = [t for t in tallies if t.office.startswith(area)]
    begun = {code for code in balances if len(area) < max(LEVELS)}
    parts = parts_of(area, {t.office for t in mine} | begun | set(offices))
    by_part: dict[str, list[Tally]] = {part: [] for part in parts}
    length = len(parts[0]) if parts and len(area) < max(LEVELS) else 12
    for t in mine:
        by_part.setdefault(t.office[:length], []).append(t)
    return (
        dispatch(area, month, mine, balance_of(area, balances)),
        *(_part(area, part, month, by_part[part], balances) for part in sorted(by_part)),
    )


def _part(area: str, part: str, month: str, tallies: list[Tally], balances: Mapping[str, Balance]) -> Dispatch:
    """An office has no balance of its own, and every transfer leads out of it, also to the county's own office."""
    if len(area) < max(LEVELS):
        return dispatch(part, month, tallies, balance_of(part, balances))
    return dispatch(part, month, [t.model_copy(update={"other": None}) for t in tallies if t.office == part])


def balance_of(area: str, balances: Mapping[str, Balance]) -> Balance:
    """Return the balances of an area's counties together."""
    within = [balance for code, balance in balances.items() if code.startswith(area)]
    return Balance(
        recognised=sum(b.recognised for b in within),
        eliminated=sum(b.eliminated for b in within),
        employed=sum(b.employed for b in within),
    )


Standing = Literal["due", "submitted", "submitted_late", "overdue_to_province"]


def standing(due_on: date, submitted_on: date | None, today: date) -> Standing:
    """Say how a report stands today; the due day itself is in time until its 24:00."""
    if submitted_on is not None and submitted_on <= today:
        return "submitted" if submitted_on <= due_on else "submitted_late"
    return "overdue_to_province" if today > due_on else "due"


def due_day(month: str, calendar: WorkCalendar, policy: Policy) -> date:
    """Return the last day on which a month's report may be submitted (A34)."""
    following = add_months(date.fromisoformat(f"{month}-01"), 1)
    number = policy.supervision.report_due_working_day.value
    return nth_working_day_of_month(calendar, following.year, following.month, number)


def month_end(month: str) -> date:
    """Return the last day of a month."""
    return add_months(date.fromisoformat(f"{month}-01"), 1) - timedelta(days=1)


def month_before(day: date) -> str:
    """Return the last month that is over on a day."""
    return month_of(day.replace(day=1) - timedelta(days=1))
