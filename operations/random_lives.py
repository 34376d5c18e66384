"""Random lives of random households on the pure rules: whatever people try, in whatever order, with whatever facts.

For the model test, long runs (`wanjia lives`), the what-if benchmark and the sample that is played on the real server.
The facts of a step are made from its command's own fields, so that a new step is tried without being named here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from casework.case import Case
from casework.commands import COMMANDS, OF_PEOPLE, OPENINGS, Command
from casework.commands.calendar_change import AdoptCalendar
from casework.commands.monitoring import OpenMonitoring
from casework.commands.policy_change import AdoptPolicy
from casework.commands.review import Apply
from casework.decide import decide
from casework.errors import CaseworkError
from casework.events import CaseEvent
from casework.household import Household
from casework.states import Actor, Role, State
from casework.table import BEFORE_SEAL, RECOGNISED, allowed_steps, rows_of
from casework.tasks import TASK_KINDS
from casework.times import at_local, local_date
from casework.timetable import fall_due
from operations.random_facts import facts_for, household_of, schedule_near, with_an_earner
from operations.random_policies import later_version
from policies.calendar_model import WorkCalendar
from policies.schema import Policy

CASE_ID, OFFICE = "220302004-2026-00001", "220302004"
MORNING = 10
FOLLOWED = 0.1

STAFF = tuple(
    Actor(account=f"{role.value}{number}", role=role)
    for role in (Role.CASEWORKER, Role.REVIEWER, Role.SUPERVISOR, Role.HELPER)
    for number in (1, 2, 3)
)

TOWARDS_THE_SEAL = ("accept_application", "pass_first_review", "post_publicity", "report_up", "pass_recheck", "certify")
TOWARDS_WORK = ("assign_helper", "sign_plan", "record_referral", "record_employment", "approve_elimination")
AGAIN_AND_AGAIN = ("record_referral", "record_refusal", "judge_refusal", "record_contact", "record_follow_up")

BEFORE_THE_EFFECT = (
    "raise_appeal",
    "raise_appeal",
    "uphold_appeal",
    "dismiss_appeal",
    "judge_refusal",
    "record_contact",
)


@dataclass(frozen=True, slots=True)
class Tried:
    """One thing that was tried: the command at its instant, and the event it became or the code of the no."""

    at: datetime
    command: Command
    event: CaseEvent | None
    no: str | None = None
    message: str = ""


@dataclass(slots=True)
class RandomLife:
    """One household's case under one policy; `tried` is everything people did, `events` all that happened.

    `stays` makes an end rarer, so that lives are long enough to be worth watching.
    """

    rng: Random
    policy: Policy
    calendar: WorkCalendar
    now: datetime
    case: Case | None = None
    case_id: str = CASE_ID
    stays: int = 15
    events: list[CaseEvent] = field(default_factory=list)
    tried: list[Tried] = field(default_factory=list)

    @property
    def over(self) -> bool:
        return self.case is not None and self.case.state is State.EXITED

    def apply(self, household: Household | None = None) -> Tried:
        """Open the case; of ten households one is only followed, because somebody still has poor work."""
        day = local_date(self.now)
        if household is None and self.rng.random() < FOLLOWED:
            given = {"case_id": self.case_id, "office": OFFICE, "applied_on": day, **with_an_earner(self.rng, day)}
            done = self._try(OpenMonitoring.model_validate({"command_id": "0-open", "by": STAFF[0], **given}))
            if done.event is not None:
                return done
            self.tried.clear()
        household = household or household_of(self.rng, day)
        given = {"case_id": self.case_id, "office": OFFICE, "applied_on": day, "household": household}
        return self._try(COMMANDS["apply"].model_validate({"command_id": "0-apply", "by": STAFF[0], **given}))

    def wait(self, longer: timedelta) -> list[CaseEvent]:
        """Let time pass; return what fell due."""
        self.now += longer
        if self.case is None:
            return []
        self.case, fallen = fall_due(self.case, self.policy, self.calendar, self.now)
        happened = [event for _, event in fallen]
        self.events += happened
        return happened

    def step(self) -> Tried:
        """Try one step: mostly one the table allows or that ends an open task, sometimes any, by anybody."""
        assert self.case is not None
        trigger = self._choose(self.case)
        roles = {role for row in rows_of(trigger) for role in row.who}
        able = [actor for actor in STAFF if actor.role in roles]
        by = self.rng.choice(able if self.rng.random() < 0.93 else STAFF)
        given = facts_for(COMMANDS[trigger], self.case, self.policy, self.rng, local_date(self.now))
        command_id = f"{len(self.tried)}-{trigger}"
        return self._try(COMMANDS[trigger].model_validate({"command_id": command_id, "by": by, **given}))

    def repeat(self) -> Tried | None:
        """Say again what was accepted before: the case must not take it twice."""
        accepted = [t for t in self.tried if t.event is not None and not isinstance(t.command, Apply)][-30:]
        return self._try(self.rng.choice(accepted).command, again=True) if accepted else None

    def new_calendar(self) -> Tried | None:
        """Adopt a calendar with other days off and make-up workdays near today; None when dice made the same one."""
        assert self.case is not None
        day = local_date(self.now)
        calendar = self.calendar.with_schedule(schedule_near(self.rng, self.calendar, day))
        if calendar.version == self.calendar.version:
            return None
        return self._try(AdoptCalendar(command_id=f"{len(self.tried)}-calendar", calendar=calendar))

    def new_policy(self) -> Tried:
        """Adopt a later version of the policy with other terms."""
        policy = later_version(self.rng, self.policy, local_date(self.now))
        return self._try(AdoptPolicy(command_id=f"{len(self.tried)}-policy", policy=policy))

    def _choose(self, case: Case) -> str:
        if (ahead := self._straight_on(case)) is not None:
            return ahead
        allowed = [t for t in allowed_steps(case.state) if t not in OPENINGS] or ["withdraw"]
        wishes: list[tuple[str, ...] | list[str]] = [allowed, allowed, [t for t in OF_PEOPLE if t not in OPENINGS]]
        wishes += [TASK_KINDS[kind].steps for kind in dict.fromkeys(task.kind for task in case.tasks)] * 2
        wishes += [TOWARDS_THE_SEAL] * 2 if case.state in BEFORE_SEAL else []
        wishes += [TOWARDS_WORK, AGAIN_AND_AGAIN, AGAIN_AND_AGAIN] if case.state in RECOGNISED else []
        wishes += [BEFORE_THE_EFFECT] * 6 if case.exit_decided else []
        trigger = self.rng.choice(self.rng.choice(wishes))
        if self._ends(trigger, case) and self.rng.randrange(self.stays):
            trigger = self.rng.choice(TOWARDS_THE_SEAL if case.state in BEFORE_SEAL else AGAIN_AND_AGAIN)
        return trigger

    def _straight_on(self, case: Case) -> str | None:
        """Return the step that brings a young case on, so that lives do not stand about before the seal."""
        if case.state not in BEFORE_SEAL or self.rng.random() < 0.4:
            return None
        kinds = {task.kind for task in case.tasks}
        ahead = [step for kind in kinds for step in TASK_KINDS[kind].steps if not self._ends(step, case)]
        return self.rng.choice(sorted(ahead)) if ahead else None

    @staticmethod
    def _ends(trigger: str, case: Case) -> bool:
        backwards = trigger == "return_to_office"
        targets = {row.target for row in rows_of(trigger) if case.state in row.source}
        return backwards or targets == {State.EXITED}

    def _try(self, command: Command, *, again: bool = False) -> Tried:
        try:
            event = decide(self.case, command, self.policy, self.calendar, self.now)
        except CaseworkError as no:
            done = Tried(self.now, command, None, no.code, no.message)
        else:
            done = Tried(self.now, command, event)
            self.case = event.case
            self.calendar = in_force(command, self.calendar)
            self.policy = lived_by(command, self.policy)
            self.events.append(event)
            self.wait(timedelta())
        if not again:
            self.tried.append(done)
        return done


def in_force(command: Command, calendar: WorkCalendar) -> WorkCalendar:
    """Return the calendar after an accepted command: the one it brought, or the one there was."""
    return command.calendar if isinstance(command, AdoptCalendar) else calendar


def lived_by(command: Command, policy: Policy) -> Policy:
    """Return the policy after an accepted command: the one it brought, or the one there was."""
    return command.policy if isinstance(command, AdoptPolicy) else policy


def a_pause(rng: Random) -> timedelta:
    """Return how long nothing is done: mostly some days, sometimes nothing, sometimes weeks."""
    days = rng.choice((0, 0, 0, 0, 1, 1, 1, 2, 3, 5, 9, 30))
    return timedelta(days=days, minutes=rng.randrange(1, 50) if days == 0 else 0)


def random_life(
    seed: int,
    policy: Policy,
    calendar: WorkCalendar,
    *,
    start: date = date(2026, 9, 1),
    steps: int = 70,
    calendars: float = 0.0,
    policies: float = 0.0,
    see: Callable[[RandomLife, list[CaseEvent]], None] | None = None,
) -> RandomLife:
    """Play one life from a seed; `see` is called after everything that was tried, with the events it brought.

    `calendars` and `policies` are how often, of one, a step is a changed calendar or policy instead of somebody's.
    """
    rng = Random(seed)
    life = RandomLife(rng, policy, calendar, at_local(start + timedelta(days=rng.randrange(120)), MORNING))
    life.apply()
    if see is not None:
        see(life, life.events[:])
    while len(life.tried) < steps and not life.over:
        known = len(life.events)
        life.wait(a_pause(rng))
        if not life.over and (not calendars or rng.random() >= calendars):
            life.step()
        elif not life.over:
            life.new_calendar()
        if policies and not life.over and rng.random() < policies:
            life.new_policy()
        if see is not None:
            see(life, life.events[known:])
    return life


def random_lives(
    count: int, policies: list[Policy], calendar: WorkCalendar, *, seed: int = 0, steps: int = 70
) -> Iterator[RandomLife]:
    """Yield so many lives, under each policy in turn."""
    for number in range(count):
        yield random_life(seed + number, policies[number % len(policies)], calendar, steps=steps)
