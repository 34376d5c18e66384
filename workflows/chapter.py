"""What one run of a case's workflow begins with.  A run is a chapter; continue-as-new turns the page.

Everything a decision depends on travels here as data: the policy, the calendar, the case.  A new release of a library
or a pack never changes a replay.
"""

from activities.signatures import NoticeWork
from casework.case import Case
from casework.commands.monitoring import OpenMonitoring
from casework.commands.review import Apply
from casework.household import Facts
from policies.calendar_model import WorkCalendar
from policies.schema import Policy

TASK_QUEUE = "household-cases"


class Chapter(Facts):
    """Either `opening` (the first chapter) or `case` is set.  `clock_offset` is seconds, 0 in production.

    `notices` are messages of earlier chapters that still wait for the morning or for a gateway.
    """

    policy: Policy
    calendar: WorkCalendar
    opening: OpenMonitoring | Apply | None = None
    case: Case | None = None
    clock_offset: int = 0
    notices: tuple[NoticeWork, ...] = ()


def workflow_id(case_id: str) -> str:
    """Return the workflow id of a case: one workflow per household case."""
    return f"household-case/{case_id}"
