"""Random lives under changing policies: nothing gets worse for the household, nothing falls due in the past (A36)."""

from itertools import pairwise

import pytest

from casework.case import Case
from casework.clocks import Clock
from casework.commands.policy_change import AdoptPolicy
from casework.decide import decide
from casework.events import CaseEvent
from casework.services import owed_services
from casework.timetable import fall_due, next_due
from operations.random_lives import RandomLife, in_force, lived_by, random_life
from policies.calendars import load_calendar
from policies.packs import load_pack, pack_ids
from tests.casework.test_model import Checks

CALENDAR = load_calendar()
FEW, MANY = range(60), range(1000, 2500)


def the_household_loses_nothing(before: Case, event: CaseEvent, life: RandomLife) -> None:
    """The running promise ends no later and not in the past, times to answer no earlier, services are no fewer."""
    after = event.case

    def both(kind: str) -> tuple[Clock, Clock] | None:
        old, new = before.clock(kind), after.clock(kind)
        return (old, new) if old is not None and new is not None else None

    due = next_due(after)
    assert due is None or due >= event.at
    assert {c.key for c in before.clocks} <= {c.key for c in after.clocks}
    for kind, holds in (
        ("publicity", lambda old, new: new.due_on == old.due_on),
        ("promise", lambda old, new: new.due_on == old.due_on or _earlier(old, new, event)),
        ("exit_response", lambda old, new: new.due_on >= old.due_on),
        ("exit_effect", lambda old, new: new.due_on >= old.due_on),
        ("supplement", lambda old, new: new.due_on >= old.due_on),
        ("stability", lambda old, new: new.due_on <= old.due_on),
    ):
        clocks = both(kind)
        assert clocks is None or holds(*clocks), (kind, clocks)
    for old, new in zip(before.refusals, after.refusals, strict=True):
        assert new.reasons_by == old.reasons_by or (
            old.reasons_by and new.reasons_by and new.reasons_by > old.reasons_by
        )
    if before.promise is not None and before.promise.met_on is None:
        owed = owed_services(after, life.policy)
        assert owed.referrals.value >= after.former_terms[-1].services.referrals.value
    assert (before.reviews, before.employments, before.follow_ups) == (
        after.reviews,
        after.employments,
        after.follow_ups,
    )
    assert before.exit_proposal is None or after.exit_proposal is not None
    assert before.standing.outcome == after.standing.outcome or after.standing.outcome == "eligible"
    for clock in after.clocks:
        old_clock = before.clock(clock.kind, clock.about)
        if old_clock is not None and old_clock.due_on != clock.due_on:
            assert clock.moves[-1].now == clock.due_on
            assert clock.moves[-1].was == old_clock.due_on


def _earlier(old: Clock, new: Clock, event: CaseEvent) -> bool:
    return new.due_on < old.due_on and (new.paused or event.on <= new.due_on)


def lived(seed: int) -> int:
    """Play one life, check every event, replay it; return how many changes of policy it went through."""
    pack = pack_ids()[seed % len(pack_ids())]

    def see(life: RandomLife, events: list[CaseEvent]) -> None:
        for event in events:
            Checks(life, event).all()

    life = random_life(seed, load_pack(pack), CALENDAR, steps=60, calendars=0.04, policies=0.06, see=see)
    changes = 0
    for earlier, event in pairwise(life.events):
        if event.trigger == "adopt_policy":
            changes += 1
            at = RandomLife(life.rng, _policy_after(life, event), life.calendar, life.now)
            the_household_loses_nothing(earlier.case, event, at)
    _replayed(life, pack)
    return changes


def _policy_after(life: RandomLife, event: CaseEvent) -> object:
    command = next(t.command for t in life.tried if t.event == event)
    assert isinstance(command, AdoptPolicy)
    return command.policy


def _replayed(life: RandomLife, pack: str) -> None:
    case, policy, calendar, events = None, load_pack(pack), CALENDAR, []
    for tried in life.tried:
        if case is not None:
            case, fallen = fall_due(case, policy, calendar, tried.at)
            events += [event for _, event in fallen]
        if tried.event is None:
            continue
        event = decide(case, tried.command, policy, calendar, tried.at)
        calendar, policy, case = in_force(tried.command, calendar), lived_by(tried.command, policy), event.case
        events.append(event)
        case, fallen = fall_due(case, policy, calendar, tried.at)
        events += [fell for _, fell in fallen]
    assert events == life.events[: len(events)]


def test_some_lives_through_changing_policies() -> None:
    assert sum(lived(seed) for seed in FEW) > 80


@pytest.mark.slow
@pytest.mark.timeout(1500)
def test_many_lives_through_changing_policies() -> None:
    assert sum(lived(seed) for seed in MANY) > 2000
