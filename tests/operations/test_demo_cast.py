"""The demo's lives on the pure rules: every household of the sheet gets one that the rules allow, whatever the seed."""

from collections import Counter
from functools import cache

import pytest

from casework.case import Case
from casework.commands import COMMANDS
from casework.commands.review import Apply
from casework.decide import decide
from casework.eligibility import Outcome
from casework.states import Actor, Role, State
from casework.timetable import fall_due
from operations import demo_acts as at_desk
from operations.demo import PACK, SHEET
from operations.demo_acts import APPLIED, END, START, Act
from operations.demo_cast import SPECIAL, Part, cast
from operations.drill_pure import text_fields, text_id
from policies.calendars import load_calendar
from policies.packs import load_pack
from register.survey import SurveyHousehold
from register.survey_judging import judge
from register.survey_sheet import read_survey

ROLES = {
    at_desk.DESK: Role.CASEWORKER,
    at_desk.SECOND: Role.CASEWORKER,
    at_desk.HELPER: Role.HELPER,
    at_desk.COUNTY_1: Role.REVIEWER,
    at_desk.COUNTY_2: Role.REVIEWER,
    at_desk.COUNTY_3: Role.REVIEWER,
    at_desk.SUPERVISOR: Role.SUPERVISOR,
}
POLICY, CALENDAR = load_pack(PACK), load_calendar()


@cache
def eligible() -> tuple[SurveyHousehold, ...]:
    survey = read_survey(SHEET.read_bytes(), SHEET.name)
    return tuple(each for each in survey.households if judge(each, POLICY).assessment.outcome is Outcome.ELIGIBLE)


def _lived(part: Part) -> Case:
    """Play a life; a step the rules refuse is an error here."""
    opening = Apply(
        command_id="demo-0",
        by=Actor(account=at_desk.DESK, role=Role.CASEWORKER),
        case_id="220302004-2026-00001",
        office=part.household.office,
        applied_on=APPLIED,
        household=part.household.household,
    )
    case = decide(None, opening, POLICY, CALENDAR, START).case
    named = {"helper": "helper1"}
    for number, act in enumerate(part.acts, 1):
        case, _ = fall_due(case, POLICY, CALENDAR, act.at)
        event = decide(case, _command(act, number, named), POLICY, CALENDAR, act.at)
        case = event.case
        if act.name is not None:
            assert event.about is not None
            named[act.name] = event.about
    return fall_due(case, POLICY, CALENDAR, END)[0]


def _command(act: Act, number: int, named: dict[str, str]):  # type: ignore[no-untyped-def]
    kind = COMMANDS[act.do]
    body = {k: named[v[1:]] if isinstance(v, str) and v.startswith("@") else v for k, v in act.body.items()}
    body |= {name: text_id(body[name]) for name in text_fields(kind) if name in body}
    by = Actor(account=act.by, role=ROLES[act.by])
    return kind.model_validate({"command_id": f"demo-{number}", "by": by} | body)


@pytest.mark.parametrize("seed", [2026, 1, 7])
def test_every_life_is_allowed_and_ends_as_it_is_called(seed: int) -> None:
    parts = cast(eligible(), POLICY, seed, None)
    ends = [(part, _lived(part)) for part in parts]

    assert len(parts) == len(eligible()) == 84
    assert len({part.household.number for part in parts}) == 84
    by_title = Counter(part.title for part in parts)
    assert by_title.keys() >= {title for _, title, _ in SPECIAL}
    assert Counter(case.exit.reason.value for _, case in ends if case.exit) == {
        "refused_referrals": 3,
        "lost_contact": 3,
        "not_recognised": 1,
        "withdrawn": 1,
        "moved_away": 1,
    }
    assert sum(case.state is State.EMPLOYED for _, case in ends) == 73
    assert all(case.exit_proposal is None for _, case in ends)


def test_the_special_lives_are_what_their_titles_say() -> None:
    cases = {part.title: _lived(part) for part in cast(eligible(), POLICY, 2026, None)}

    relapsed = cases["就业后失业，恢复认定"]
    assert relapsed.promise is not None
    assert (relapsed.state, relapsed.promise.number, relapsed.promise.provisional) == (State.ASSISTED, 2, True)
    missed = cases["承诺超期"].promise
    assert missed is not None
    assert (str(missed.due_on), str(missed.overdue_on), missed.cause) == ("2026-12-30", "2026-12-31", "agency_failed")
    late = cases["超期后就业"].promise
    assert late is not None
    assert (late.cause, str(late.met_on)) == ("client_declined", "2027-01-06")
    assert cases["双就业"].double_employment
    again = cases["重新公示"].publicity
    assert again is not None
    assert again.round == 2


def test_a_household_lives_the_same_life_every_time() -> None:
    first, second = (cast(eligible(), POLICY, 2026, None) for _ in range(2))

    assert [part.acts for part in first] == [part.acts for part in second]
    assert [part.acts for part in first] != [part.acts for part in cast(eligible(), POLICY, 2027, None)]


@pytest.mark.parametrize("most", [1, 8, 30])
def test_a_small_demo_has_the_special_lives_first(most: int) -> None:
    parts = cast(eligible(), POLICY, 2026, most)

    assert len(parts) == most
    assert "就业后失业，恢复认定" in {part.title for part in parts}
