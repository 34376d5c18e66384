"""Looking at personal data (查看完整信息): what is shown is logged with its reason first; nothing is shown without.

How a page may show it once more to the same session is the console's business (`console/one_look.py`).
"""

from datetime import datetime

from desk.desk import Caller, Desk
from desk.errors import or_not_found
from records.comparisons import KeptAnswer, open_answers
from records.household_pages import HouseholdPage, open_household


def look_at_household(desk: Desk, caller: Caller, case_id: str, reason: str, now: datetime) -> HouseholdPage:
    """Log who looks at the people of a case and why; return them whole.  Raises `NotFound` outside the scope."""
    with desk.record.write() as work:
        return or_not_found(open_household(work, caller.scope, case_id, reason=reason, now=now))


def look_at_comparisons(desk: Desk, caller: Caller, case_id: str, reason: str, now: datetime) -> tuple[KeptAnswer, ...]:
    """Log who looks at the sources' own answers and why; return them.  Raises `NotFound` outside the scope."""
    with desk.record.write() as work:
        return or_not_found(open_answers(work, caller.scope, case_id, reason=reason, now=now))
