"""Subsidies that end soon (即将到期的补贴), within the days of their locality's pack; those nobody has been told of.

They are read a few hundred at a time and told once each.  The key of a line holds the last month: a subsidy that is
prolonged is told of again before its new end.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from casework.states import Role
from policies.packs import load_pack, pack_ids
from records.engine import Reading, Writing
from records.inbox import put_line
from records.subsidy_applications import A
from records.tables import cases
from records.tables_notices import inbox
from register.subsidy_months import month_of, number

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Ending:
    """An approved monthly subsidy with its last month ("2026-11"); `helper` is the account of the case's helper."""

    application_id: str
    case_id: str
    member: str
    kind: str
    last_month: str
    helper: str | None


def last_month_within(on: date, days: int) -> str:
    """Return the latest month whose last day is at most so many days after a day."""
    return month_of(number(month_of(on + timedelta(days=days + 1))) - 1)


def ends_soon(on: date) -> ColumnElement[bool]:
    """Return the condition that an application, joined with its case, is approved and ends soon after a day."""
    packs = [(pack_id, load_pack(pack_id, on=on).subsidies) for pack_id in pack_ids()]
    parts = [
        and_(cases.c.pack_id == pack_id, A.last_month <= last_month_within(on, subsidies.ending_notice_days.value))
        for pack_id, subsidies in packs
        if subsidies is not None
    ]
    return and_(A.state == "approved", A.pay == "monthly", or_(*parts) if parts else false())


def untold_ends(work: Reading, on: date) -> tuple[Ending, ...]:
    """Return some of those that end soon after a day, and not before it, of which the office has not been told."""
    key = "subsidy-end/" + A.application_id + "/" + A.last_month
    asked = (
        select(A.application_id, A.case_id, A.member, A.kind, A.last_month, cases.c.helper)
        .join(cases, cases.c.case_id == A.case_id)
        .where(ends_soon(on), A.last_month >= month_of(on))
        .where(~exists().where(inbox.c.key == key))
        .order_by(A.last_month, A.application_id)
        .limit(AT_ONCE)
    )
    return tuple(Ending(*row) for row in work.connection.execute(asked))


def tell_of_end(work: Writing, ending: Ending, title: str, text: str, now: datetime) -> None:
    """Tell the office of the case, and its helper where there is one."""
    key = f"subsidy-end/{ending.application_id}/{ending.last_month}"
    where = {"case_id": ending.case_id, "link": f"/subsidies/applications/{ending.application_id}/renew"}
    put_line(work, key, None, Role.CASEWORKER, title, text, now, **where)
    if ending.helper:
        put_line(work, f"{key}/helper", ending.helper, Role.HELPER, title, text, now, **where)
