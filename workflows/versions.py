"""Which policy and which calendar a case lives by: those of its chapter, or what a command or the record brought since.

The case says which by label and version; nothing is loaded here and nothing decided.
"""

from casework.case import Case
from casework.commands import Command
from casework.commands.calendar_change import AdoptCalendar
from casework.commands.policy_change import AdoptPolicy
from policies.calendar_model import WorkCalendar
from policies.schema import Policy
from workflows.chapter import Chapter


class Versions:
    """Owns what this run of a case has met."""

    def __init__(self, chapter: Chapter) -> None:
        self._policies: dict[str, Policy] = {}
        self._calendars: dict[str, WorkCalendar] = {}
        self.meet(chapter.policy, chapter.calendar)

    def meet(self, policy: Policy | None, calendar: WorkCalendar | None) -> None:
        """Remember what the record says the case lives by."""
        if policy is not None:
            self._policies[policy.label] = policy
        if calendar is not None:
            self._calendars[calendar.version] = calendar

    def taken(self, command: Command | None, case: Case, chapter: Chapter) -> Chapter:
        """Return the chapter with the case's own policy and calendar, one of which the command may have brought."""
        if isinstance(command, AdoptCalendar):
            self.meet(None, command.calendar.for_area(case.office, chapter.calendar))
        if isinstance(command, AdoptPolicy):
            self.meet(command.policy, None)
        policy = self._policies.get(f"{case.pack_id}@{case.pack_version}", chapter.policy)
        calendar = self._calendars.get(case.calendar_version, chapter.calendar)
        return chapter.model_copy(update={"policy": policy, "calendar": calendar})
