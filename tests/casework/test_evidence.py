"""What a decision rests on, as somebody who decides is shown it: never kinder or stricter than the step itself."""

import pytest

from casework.case import Case
from casework.commands import COMMANDS
from casework.decide import decide
from casework.errors import CaseworkError
from casework.events import CaseEvent
from casework.evidence import checklist, complete
from casework.exit_evidence import tally
from casework.ruling import Setting
from casework.states import Actor, ExitReason, Role, State
from operations.random_lives import RandomLife, random_lives
from policies.calendars import load_calendar
from policies.packs import load_pack
from tests.make import Life

PACKS = ("jilin-2021", "liaoning-2006", "national-2007")
NEW, NEWER = (Actor(account=f"nobody-{n}", role=Role.REVIEWER) for n in (1, 2))


def no_of(case: Case, trigger: str, by: Actor, setting: Setting) -> str | None:
    command = COMMANDS[trigger].model_validate({"command_id": "asked", "by": by})
    try:
        decide(case, command, setting.policy, setting.calendar, setting.now)
    except CaseworkError as no:
        return no.code
    return None


def before_the_seal(life: RandomLife) -> list[tuple[CaseEvent, CaseEvent | None]]:
    """Return the events that left a case in publicity under its first policy and calendar, with the first review."""
    found, first = [], None
    for event in life.events:
        if event.trigger in ("adopt_policy", "adopt_calendar"):
            break
        if event.trigger == "pass_first_review":
            first = event
        if event.case.state is State.IN_PUBLICITY:
            found.append((event, first))
    return found


@pytest.mark.parametrize("pack", PACKS)
def test_a_complete_list_can_be_sealed_and_a_list_that_lacks_something_cannot(pack: str) -> None:
    policy, calendar = load_pack(pack), load_calendar()
    seen = {True: 0, False: 0}
    for life in random_lives(30, [policy], calendar, seed=7):
        for event, first in before_the_seal(life):
            case = event.case
            setting = Setting(policy, calendar, event.at, former=case.former_terms)
            items = checklist(case, setting, first.why if first else None)
            codes = [item.code for item in items]
            assert len(codes) == len(set(codes))
            assert all(item.says and item.clause for item in items)
            rechecked = case.reviews.recheck_by is not None
            no = no_of(case, "certify" if rechecked else "pass_recheck", NEW if rechecked else NEWER, setting)
            if complete(items):
                assert no is None, (case.case_id, event.seq, no)
            elif rechecked:
                assert no is not None, [item.code for item in items if item.missing]
            seen[complete(items)] += 1
    assert seen[True], seen
    assert seen[False], seen


def test_every_refusal_is_shown_with_why_it_counts_or_does_not() -> None:
    case = Life().assisted("2026-01-05", "2026-01-16")
    case.refused("2026-01-20", "2026-01-21")
    case.refused("2026-02-23", "2026-02-24")
    case.refused("2026-02-25", "2026-02-26")
    case.do("2026-02-26", "issue_warning", member="M1")
    case.refused("2026-03-02", "2026-03-03")
    found = tally(case.case, ExitReason.REFUSED_REFERRALS, case.setting)
    assert found is not None
    assert [(row.on.isoformat(), row.counts) for row in found.rows] == [
        ("2026-01-20", False),
        ("2026-02-23", True),
        ("2026-02-25", True),
        ("2026-03-02", True),
    ]
    assert found.rows[0].why == "无正当理由，但不在这一计次期内"
    assert found.rows[1].why == "无正当理由，推荐合适并已送达，在同一计次期内"
    assert (found.counted, found.asked, found.warned) == (3, 3, True)
    assert found.first is not None
    assert found.first.isoformat() == "2026-02-23"
    assert found.last is not None
    assert found.last.isoformat() == "2026-03-23"


def test_every_attempt_is_shown_with_why_it_counts_or_does_not() -> None:
    case = Life().assisted("2026-01-05", "2026-01-16")
    case.contact("2026-02-02", "phone", "reached")
    case.contact("2026-02-03", "phone", "wrong_number")
    case.contact("2026-02-04", "phone", number_verified=True)
    case.contact("2026-02-05", "visit")
    case.contact("2026-02-06", "phone")
    found = tally(case.case, ExitReason.LOST_CONTACT, case.setting)
    assert found is not None
    assert [row.counts for row in found.rows] == [False, False, True, True, True]
    assert found.rows[0].why.startswith("联系上成年家庭成员")
    assert found.rows[1].why == "号码或地址不对，不计次，须先核实"
    assert (found.counted, found.warned) == (3, None)
    assert case.case.exit_proposal is not None


def test_a_ground_that_people_state_has_nothing_to_count() -> None:
    case = Life().assisted("2026-01-05", "2026-01-16")
    case.do("2026-02-02", "propose_exit", reason="income_found")
    assert tally(case.case, ExitReason.INCOME_FOUND, case.setting) is None
