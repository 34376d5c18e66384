"""What a page of the ledger is asked for (台账的查询): day, area and what it is narrowed to, from an address."""

from dataclasses import dataclass
from datetime import date, datetime

from starlette.requests import Request

from casework.states import State
from casework.times import local_date
from console.listing import Wanted, wanted
from console.typed_values import day_or_none
from desk.desk import Caller, Desk
from policies.groups_subsidies import CHANNELS
from records.engine import Reading
from records.figure_rows import newest_day
from records.ledger_pages import ANY_JOB, EVER, NO_JOB, OPEN, STATES, LedgerFilter

PATH = "/ledger"
FILTERS = ("day", "office", "state", "channel", "people", "community", "helper")
STATE_WORDS = (
    (OPEN, "未退出的"),
    (EVER, "认定过的（含已退出）"),
    *((state.value, state.words) for state in State),
)
CHANNEL_WORDS = ((ANY_JOB, "在岗的"), (NO_JOB, "未就业的"), *CHANNELS.items())
PEOPLE_WORDS = (("base", "需援助或在岗的成员"),)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address says: `narrowed` for the record, `wanted` for the list; `future` when the day is yet to come."""

    wanted: Wanted
    narrowed: LedgerFilter
    today: date
    future: bool
    unreadable: bool


def asked_of(request: Request, work: Reading, desk: Desk, caller: Caller, now: datetime) -> Asked:
    """Read the address; whatever makes no sense is taken as not said, and a day to come as today."""
    said = wanted(request, sorts=(), filters=FILTERS)
    today = local_date(now)
    if desk.drill:  # cases live on days of their own
        today = newest_day(work, caller.scope, today)
    day = day_or_none(said.get("day"))
    return Asked(
        said,
        narrowed(said, min(day or today, today)),
        today,
        future=day is not None and day > today,
        unreadable=day is None and said.get("day") is not None,
    )


def narrowed(said: Wanted, day: date) -> LedgerFilter:
    """Return what the record is asked for."""
    office, state, channel = said.get("office") or "", said.get("state"), said.get("channel")
    return LedgerFilter(
        day=day,
        area=office if office.isdigit() and office.isascii() and len(office) <= 12 else None,
        state=state if state in STATES else None,
        channel=channel if channel in dict(CHANNEL_WORDS) else None,
        people="base" if said.get("people") == "base" else None,
        community=said.get("community"),
        helper=said.get("helper"),
    )
