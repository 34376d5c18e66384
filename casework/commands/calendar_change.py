"""A changed working calendar (放假安排公布或调整), as a command of the system to every open case.

No person's role may take this step and no route leads to it.  What it moves is in `casework/calendar_change.py`.
"""

from typing import ClassVar

from pydantic import Field

from casework.commands.request import SystemCommand
from policies.calendar_model import WorkCalendar


class AdoptCalendar(SystemCommand):
    """From now on this case counts on `calendar`; its open clocks are counted anew."""

    trigger: ClassVar[str] = "adopt_calendar"
    title: ClassVar[str] = "更新工作日历"

    calendar: WorkCalendar
    ordered_by: str | None = Field(default=None, max_length=40)
    """The administrator who imported the calendar, by account; None when nobody did (a drill)."""
