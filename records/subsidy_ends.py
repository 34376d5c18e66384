"""Subsidies that end soon (即将到期的补贴) of which nobody has been told: read a few hundred at a time, told once each.

The key of a line holds the last month: a subsidy that is prolonged is told of again before its new end.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select

from casework.states import Role
from records.engine import Reading, Writing
from records.inbox import put_line
from records.tables import cases
from records.tables_notices import inbox
from records.tables_subsidies import subsidy_applications

A = subsidy_applications.c
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


def untold_ends(work: Reading, this_month: str, by_month: str) -> tuple[Ending, ...]:
    """Return some of those whose last month is one of these and of which the office has not been told."""
    key = "subsidy-end/" + A.application_id + "/" + A.last_month
    asked = (
        select(A.application_id, A.case_id, A.member, A.kind, A.last_month, cases.c.helper)
        .join(cases, cases.c.case_id == A.case_id)
        .where(A.state == "approved", A.pay == "monthly", A.last_month.between(this_month, by_month))
        .where(~exists().where(inbox.c.key == key))
        .order_by(A.last_month, A.application_id)
        .limit(AT_ONCE)
    )
    return tuple(Ending(*row) for row in work.connection.execute(asked))


def tell_of_end(work: Writing, ending: Ending, title: str, text: str, now: datetime) -> None:
    """Tell the office of the case, and its helper where there is one."""
    key = f"subsidy-end/{ending.application_id}/{ending.last_month}"
    put_line(work, key, None, Role.CASEWORKER, title, text, now, case_id=ending.case_id)
    if ending.helper:
        put_line(work, f"{key}/helper", ending.helper, Role.HELPER, title, text, now, case_id=ending.case_id)
