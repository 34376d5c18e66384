"""One truth: thousands of random lives through the pure rules, each event held against what must always be so.

The machine lets time pass and tries steps; what is checked is in `Checks`, one sentence each.  A naive recount stands
beside the rules (`recount.py`).
"""

import os
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from casework.case import Case
from casework.case_facts import Refusal
from casework.commands import COMMANDS, OF_PEOPLE
from casework.decide import decide
from casework.errors import CaseworkError, StepNotInTable
from casework.events import CaseEvent
from casework.states import ExitReason, Role, State
from casework.table import TABLE
from casework.tasks import TASK_KINDS
from casework.times import at_local, end_of
from casework.timetable import fall_due, next_due
from operations.random_lives import MORNING, STAFF, RandomLife, a_pause, in_force
from policies.calendars import load_calendar
from policies.packs import load_pack, pack_ids
from policies.terms import Unit
from tests.casework import recount

CALENDAR = load_calendar()
POLICIES = {pack_id: load_pack(pack_id) for pack_id in pack_ids()}
SEEDS = st.integers(0, 2**32)


def who_may_end(task_kind: str, state: State) -> list[Role]:
    """Return the roles that may end a task of this kind in this state by one of its steps."""
    steps = TASK_KINDS[task_kind].steps
    return [
        role
        for row in TABLE
        if row.trigger in steps and state in row.source and (task_kind in row.closes or row.target is State.EXITED)
        for role in row.who
    ]


def rings(case: Case) -> set[tuple[str, str, str]]:
    return {(clock.key, ring.trigger, ring.label) for clock in case.clocks for ring in clock.rings}


class HouseholdLife(RuleBasedStateMachine):
    """One household under one policy."""

    life: RandomLife
    checked = 0

    @initialize(seed=SEEDS, pack=st.sampled_from(sorted(POLICIES)), day=st.integers(0, 150))
    def apply(self, seed: int, pack: str, day: int) -> None:
        now = at_local(CALENDAR.years[-1].issued.replace(year=2026, month=7, day=1) + timedelta(days=day), MORNING)
        self.life = RandomLife(Random(seed), POLICIES[pack], CALENDAR, now)
        self.life.apply()

    @rule(seed=SEEDS)
    def time_passes(self, seed: int) -> None:
        self.life.wait(a_pause(Random(seed)))

    @precondition(lambda self: not self.life.over)
    @rule(seed=SEEDS)
    def somebody_tries(self, seed: int) -> None:
        self.life.rng = Random(seed)
        before = self.life.case
        tried = self.life.step()
        if tried.event is None:
            assert self.life.case == before, "a no leaves nothing behind"
            assert tried.message.endswith("。"), tried.message
            assert tried.no

    @precondition(lambda self: not self.life.over)
    @rule(seed=SEEDS)
    def somebody_works_on(self, seed: int) -> None:
        for number in range(4):
            self.somebody_tries(seed + number)
            self.holds()
            if self.life.over:
                return

    @precondition(lambda self: not self.life.over)
    @rule(seed=SEEDS)
    def a_calendar_changes(self, seed: int) -> None:
        """Nothing falls due in the past, nor ends too early; what is settled stays (A37)."""
        self.life.rng = Random(seed)
        before = self.life.case
        if seed % 4 or before is None or (tried := self.life.new_calendar()) is None or tried.event is None:
            return
        after = tried.event.case
        due = next_due(after)
        assert due is None or due >= self.life.now
        for kind in ("publicity", "exit_response"):
            old, now = before.clock(kind), after.clock(kind)
            assert (old is None) == (now is None)
            assert old is None or now is None or now.due_on >= old.due_on
        assert (before.reviews, before.employments) == (after.reviews, after.employments)
        if recount.guessed(before):  # an overdue of a provisional day may be taken back, never brought forward
            return
        assert {c.key for c in before.clocks} == {c.key for c in after.clocks}
        assert rings(after) <= rings(before)
        assert [(t.task_id, t.overdue) for t in before.tasks] == [(t.task_id, t.overdue) for t in after.tasks]
        if before.promise is not None and before.promise.overdue_on is not None:
            assert before.promise == after.promise

    @precondition(lambda self: not self.life.over)
    @rule(seed=SEEDS)
    def somebody_repeats(self, seed: int) -> None:
        self.life.rng = Random(seed)
        again = self.life.repeat()
        assert again is None or again.no in ("already_taken", "step_not_allowed"), again

    @precondition(lambda self: self.life.over)
    @rule()
    def the_exited_case_changes_no_more(self) -> None:
        case = self.life.case
        assert case is not None
        assert next_due(case) is None
        assert case.tasks == case.clocks == ()
        assert self.life.wait(timedelta(days=400)) == []
        for trigger in OF_PEOPLE:
            command = COMMANDS[trigger].model_construct(command_id=trigger, by=STAFF[0])
            with pytest.raises(StepNotInTable):
                decide(case, command, self.life.policy, CALENDAR, self.life.now)
        assert self.life.case == case

    @invariant()
    def holds(self) -> None:
        life = self.life
        assert life.case is not None
        for event in life.events[self.checked :]:
            Checks(life, event).all()
        self.checked = len(life.events)
        Checks(life, life.events[-1]).recounted()

    def teardown(self) -> None:
        """Replaying what was said gives the same case, event for event."""
        if not hasattr(self, "life"):
            return
        case: Case | None = None
        events: list[CaseEvent] = []
        calendar = CALENDAR
        for tried in self.life.tried:
            if case is not None:
                case, fallen = fall_due(case, self.life.policy, calendar, tried.at)
                events += [event for _, event in fallen]
            event = tried.event
            if event is None:
                with pytest.raises(CaseworkError) as no:
                    decide(case, tried.command, self.life.policy, calendar, tried.at)
                assert no.value.code == tried.no
                continue
            assert decide(case, tried.command, self.life.policy, calendar, tried.at) == event
            calendar = in_force(tried.command, calendar)
            case, fallen = fall_due(event.case, self.life.policy, calendar, tried.at)
            events += [event, *(fell for _, fell in fallen)]
        assert case is not None
        _, fallen = fall_due(case, self.life.policy, calendar, self.life.now)
        assert [*events, *(event for _, event in fallen)] == self.life.events


class Checks:
    """What must hold of a case after an event."""

    def __init__(self, life: RandomLife, event: CaseEvent) -> None:
        self.life, self.event, self.case = life, event, event.case

    def all(self) -> None:
        for name in sorted(vars(type(self))):
            if name.startswith("its_"):
                getattr(self, name)()

    def its_state_is_one_of_the_seven(self) -> None:
        assert self.case.state in State
        assert self.event.target is self.case.state
        assert self.event.seq == self.case.seq

    def its_every_task_has_somebody_and_a_way_to_end(self) -> None:
        for task in self.case.tasks:
            roles = who_may_end(task.kind, self.case.state)
            assert task.role in roles, (task.kind, self.case.state)
            assert task.opened_on <= self.event.on

    def its_time_goes_forward(self) -> None:
        before = self.life.events[self.event.seq - 2] if self.event.seq > 1 else self.event
        assert before.at <= self.event.at
        assert before.seq <= self.event.seq

    def its_clocks_are_not_past(self) -> None:
        """No clock is both open and past without its event: what has fallen due has been decided."""
        due = next_due(self.case)
        assert due is None or due >= self.event.at

    def its_reason_is_whole(self) -> None:
        why = self.event.why
        assert why.says
        assert why.clause
        assert why.rule
        assert all(fact.label and fact.value for fact in why.facts), why

    def its_words_survive_the_record(self) -> None:
        assert CaseEvent.model_validate_json(self.event.model_dump_json()) == self.event

    def its_exit_is_the_end(self) -> None:
        assert (self.case.exit is not None) == (self.case.state is State.EXITED)

    def its_promise_runs_only_while_it_may(self) -> None:
        promise = self.case.promise
        if self.case.clock("promise") is not None:
            assert promise is not None
            assert promise.met_on is None
            assert promise.overdue_on is None
            assert self.case.state in (State.CERTIFIED, State.ASSISTED)

    def recounted(self) -> None:
        """Counters equal a recount from the events; at rest nothing is past that has not been decided."""
        case, events = self.life.case, self.life.events
        assert case is not None
        for clock in case.clocks:
            assert clock.paused or all(ring.at > self.life.now for ring in clock.rings), clock
        for task in case.tasks:
            late = task.due_on is not None and end_of(task.due_on) <= self.life.now
            assert task.overdue or task.paused or not late, task
        commands = recount.accepted(self.life.tried)
        assert [e.seq for e in events] == list(range(1, len(events) + 1))
        assert {t.task_id for t in case.tasks} == recount.open_tasks(events)
        assert {c.key for c in case.clocks} == recount.running_clocks(events)
        assert {r.refusal_id: r.status.value for r in case.refusals} == recount.judgements(commands)
        given = recount.services(commands)
        assert sum(given.values()) == len(case.services)
        assert all(given[(s.member, s.kind.value)] for s in case.services)
        assert len(case.contacts) == len(recount.said(commands, "record_contact"))
        assert len(case.referrals) == sum(
            len(recount.said(commands, step)) for step in ("record_referral", "arrange_guaranteed_post")
        )
        self._refusals_recounted(commands)
        self._promise_recounted()
        assert {o.objection_id for o in case.objections} == {
            f"O{s.seq}" for s in recount.said(commands, "raise_objection")
        }

    def _refusals_recounted(self, commands: list[recount.Said]) -> None:
        """Whoever is at the threshold by the naive count was proposed for exit, and nobody else was (A1–A3)."""
        case, terms = self.life.case, self.life.policy.refusal
        assert case is not None
        if terms.window.value.unit is not Unit.MONTHS or terms.scope.value != "any_member":
            return
        most = {
            m.member_id: recount.most_in_a_month(
                recount.refusal_days(commands, m.member_id, {r.refusal_id for r in case.refusals if self._counts(r)}),
                terms.window.value.count,
            )
            for m in case.household.members
        }
        proposal = case.exit_proposal
        if proposal is not None and proposal.reason is ExitReason.REFUSED_REFERRALS:
            assert proposal.about is not None
            assert most[proposal.about] >= terms.threshold.value

    def _counts(self, refusal: Refusal) -> bool:
        return refusal.registered or not self.life.policy.refusal.registered_only.value

    def _promise_recounted(self) -> None:
        """A promise of working days that nothing moved ends where another author's calendar says."""
        case, terms = self.life.case, self.life.policy.promise
        assert case is not None
        clock = case.clock("promise")
        if clock is None or clock.moves or clock.pauses or terms.length.value.unit is not Unit.WORKING_DAYS:
            return
        if clock.due_on.year <= LAST_PUBLISHED and case.calendar_version == CALENDAR.version:
            assert clock.due_on == recount.due_after_working_days(clock.started_on, terms.length.value.count)


LAST_PUBLISHED = 2026
FEW, MANY = 80, 2500


def so_many(lives: int) -> settings:
    """Return the settings of a run that always lives the same lives."""
    quiet = list(HealthCheck)
    return settings(
        max_examples=lives, stateful_step_count=40, deadline=None, derandomize=True, suppress_health_check=quiet
    )


class TestSomeLives(HouseholdLife.TestCase):  # type: ignore[misc, name-defined]
    settings = so_many(FEW)


@pytest.mark.slow
@pytest.mark.timeout(1500)
class TestThousandsOfLives(HouseholdLife.TestCase):  # type: ignore[misc, name-defined]
    settings = so_many(int(os.environ.get("WANJIA_MODEL_LIVES", str(MANY))))
