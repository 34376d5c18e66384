"""How text messages fare (短信收发情况): the newest ones, counted by gateway and state.  Numbers alone, of nobody.

The newest are taken by number and not by date: in a drill messages are dated by the days of their cases.
"""

from dataclasses import dataclass

from sqlalchemy import func, select

from casework.messages import MessageState
from records.engine import Reading
from records.tables import messages

NEWEST = 1000


@dataclass(frozen=True, slots=True)
class Traffic:
    """One gateway with its newest messages by state; no gateway yet is None."""

    gateway: str | None
    counts: dict[MessageState, int]


def newest_traffic(work: Reading) -> tuple[Traffic, ...]:
    """Return the counts of the newest messages, gateways in the order of their names, those without one last."""
    newest = (
        select(messages.c.gateway, messages.c.state).order_by(messages.c.planned_at.desc()).limit(NEWEST).subquery()
    )
    counted = select(newest.c.gateway, newest.c.state, func.count()).group_by(newest.c.gateway, newest.c.state)
    found: dict[str | None, dict[MessageState, int]] = {}
    for gateway, state, count in work.connection.execute(counted):
        found.setdefault(gateway, {})[MessageState(state)] = count
    ordered = sorted(found.items(), key=lambda item: (item[0] is None, item[0] or ""))
    return tuple(Traffic(gateway, counts) for gateway, counts in ordered)
