"""What a step would be told before somebody tries it (预先告知): the same rules, asked with nothing at stake.

A page says with it "您参与过本户的复核，须由他人认定" before the form is filled in.  The case itself decides again when
the step is taken; what is written freely stands here as a placeholder.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from casework.case import Case
from casework.commands import COMMANDS
from casework.decide import decide
from casework.errors import CaseworkError
from casework.ruling import Setting
from casework.states import State
from desk.acting import actor_of
from desk.bodies import text_fields
from desk.desk import Caller
from desk.step_checks import check_objections_read, check_role
from policies.calendar_model import WorkCalendar
from policies.schema import Policy
from records.calendars import calendar_of, newest_for
from records.engine import Reading
from records.policies import policy_of
from records.public_objections import unread_objections
from records.scope import CaseClock

SOME_TEXT = "txt-" + "0" * 32
OTHERS_ONLY = frozenset({"same_person", "conflict_of_interest"})
"""Codes of a no that only somebody else can help."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A step as it would go now: `no` is what would be said against it, None when it may be taken."""

    trigger: str
    no: CaseworkError | None

    @property
    def title(self) -> str:
        return COMMANDS[self.trigger].title

    @property
    def by_others(self) -> bool:
        """True when it is for somebody else, because of what the caller did before."""
        return self.no is not None and self.no.code in OTHERS_ONLY


@dataclass
class Foresight:
    """Looks ahead for one caller; what was read once is not read again, however many cases are looked at."""

    work: Reading
    caller: Caller
    now: datetime
    policies: dict[tuple[str, str, str], Policy] = field(default_factory=dict)
    calendars: dict[tuple[str, int, str], WorkCalendar] = field(default_factory=dict)
    unread: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def setting(self, case: Case) -> Setting:
        """Return what the rules know beside the case: its policy, its calendar and its own time."""
        by = (case.pack_id, case.pack_version, case.pack_hash)
        if by not in self.policies:
            self.policies[by] = policy_of(self.work, case)
        days = (case.calendar_version, case.calendar_issue, case.office)
        if days not in self.calendars:
            self.calendars[days] = calendar_of(self.work, case) or newest_for(self.work, case.office)
        if case.state is State.IN_PUBLICITY and case.case_id not in self.unread:
            self.unread[case.case_id] = unread_objections(self.work, case.case_id)
        here = self.now + timedelta(seconds=case.clock_offset)
        now = max(here, case.last_at or here)
        return Setting(self.policies[by], self.calendars[days], now, former=case.former_terms)

    def step(
        self, case: Case, clock: CaseClock, trigger: str, *, claimed_by: str | None = None, **given: Any
    ) -> Foreseen:
        """Say what a step would be told; `given` are the values it depends on, free texts are taken as written."""
        values: dict[str, Any] = dict.fromkeys(text_fields(trigger), SOME_TEXT) | given
        setting = self.setting(case)
        try:
            check_role(self.caller, trigger)
            check_objections_read(self.unread.get(case.case_id, ()), trigger)
            by = actor_of(self.caller, case.helper, claimed_by, clock)
            command = COMMANDS[trigger].model_validate({**values, "command_id": "foreseen", "by": by})
            decide(case, command, setting.policy, setting.calendar, setting.now)
        except CaseworkError as no:
            return Foreseen(trigger, no)
        return Foreseen(trigger, None)
