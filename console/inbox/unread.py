"""The number of unread notices (未读条数) that stands on top of every page.

It is asked of the record at most every few seconds for an account; the inbox itself always asks.  A page must be shown
when the record cannot say it, so then there is none.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from starlette.requests import Request

from casework.errors import CaseworkError
from desk import notices
from desk.desk import Caller

KEPT = timedelta(seconds=15)
MOST_KEPT = 10_000


@dataclass(slots=True)
class Counts:
    """The last counts of this process, by account."""

    known: dict[str, tuple[datetime, int]] = field(default_factory=dict)

    def of(self, request: Request, caller: Caller) -> int | None:
        """Return how many notices a caller has not read, None when that cannot be said now."""
        state = request.app.state
        now: datetime = state.clock()
        seen = self.known.get(caller.account)
        if seen is not None and now - seen[0] < KEPT and not request.url.path.startswith("/inbox"):
            return seen[1]
        try:
            number = notices.unread(state.desk, caller, now)
        except CaseworkError:
            return None
        if len(self.known) >= MOST_KEPT:
            self.known.clear()
        self.known[caller.account] = (now, number)
        return number


def unread_of(request: Request) -> int | None:
    """Return the count for whoever looks at a page; None for a visitor."""
    caller: Caller | None = getattr(request.state, "caller", None)
    if caller is None or caller.person.must_change:
        return None
    state = request.app.state
    if not hasattr(state, "unread"):
        state.unread = Counts()
    counts: Counts = state.unread
    return counts.of(request, caller)
