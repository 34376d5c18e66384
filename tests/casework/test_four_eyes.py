"""Separation of duties (A30): nobody does the second of two steps after the first, not by way of a substitute either.

Every pair of the trade is tried with the same person, with a substitute who acted for it, with a substitute who now
acts for it, with the one it acted for, and with somebody who has nothing to do with it.
"""

from collections.abc import Callable
from typing import Any

import pytest

from casework.errors import CaseworkError, NotYourStep
from casework.states import Actor, Role, same_person
from tests.make import CLERK, COUNTY, HELPER, TEXT, Life

Pair = tuple[Role, Role, Callable[[Actor], Life], Callable[[Life, Actor], Any]]


def a(account: str, role: Role, acting_for: str | None = None) -> Actor:
    return Actor(account=account, role=role, acting_for=acting_for)


def first_reviewed(by: Actor) -> Life:
    life = Life()
    life.do("2026-09-08", "apply")
    life.do("2026-09-08", "accept_application")
    life.do("2026-09-08", "pass_first_review", by, compared_online=True)
    life.do("2026-09-08", "post_publicity")
    life.do("2026-09-18", "report_up")
    return life


def rechecked(by: Actor) -> Life:
    life = first_reviewed(CLERK)
    life.do("2026-09-18", "pass_recheck", by)
    return life


def refused(by: Actor) -> Life:
    life = Life().assisted()
    referral = life.do(
        "2026-09-21", "record_referral", HELPER, member="M1", vacancy="V1", pay_fen=260000, matches_plan=True,
        acknowledged=True,
    ).about  # fmt: skip
    life.do("2026-09-21", "record_refusal", by, member="M1", referral=referral, statement=TEXT)
    return life


def employed(by: Actor) -> Life:
    life = Life().assisted()
    life.do("2026-09-28", "record_employment", by, member="M1", channel="employer", evidence="contract",
            monthly_income_fen=260000)  # fmt: skip
    return life


def exit_proposed(by: Actor) -> Life:
    life = Life().assisted()
    life.do("2026-09-28", "propose_exit", by, reason="voluntary", statement=TEXT)
    life.do("2026-09-28", "record_exit_response", a("T0", Role.CASEWORKER))
    return life


PAIRS: dict[str, Pair] = {
    "first review, then recheck": (
        Role.CASEWORKER, Role.REVIEWER, first_reviewed, lambda life, by: life.do("2026-09-18", "pass_recheck", by)
    ),
    "first review, then declined recheck": (
        Role.CASEWORKER, Role.REVIEWER, first_reviewed,
        lambda life, by: life.do("2026-09-18", "decline_recheck", by)
    ),
    "recheck, then seal": (
        Role.REVIEWER, Role.REVIEWER, rechecked, lambda life, by: life.do("2026-09-18", "certify", by)
    ),
    "refusal recorded, then judged": (
        Role.HELPER, Role.CASEWORKER, refused,
        lambda life, by: life.do("2026-09-22", "judge_refusal", by, refusal=life.case.refusals[-1].refusal_id,
                                 justified=False)
    ),
    "employment recorded, then approved": (
        Role.HELPER, Role.REVIEWER, employed,
        lambda life, by: life.do("2026-09-28", "approve_elimination", by,
                                 employment=life.case.employments[-1].employment_id)
    ),
    "employment recorded, then sent back": (
        Role.HELPER, Role.REVIEWER, employed,
        lambda life, by: life.do("2026-09-28", "reject_elimination", by,
                                 employment=life.case.employments[-1].employment_id)
    ),
    "exit proposed, then approved": (
        Role.CASEWORKER, Role.REVIEWER, exit_proposed,
        lambda life, by: life.do("2026-09-28", "approve_exit", by)
    ),
}  # fmt: skip

SAME = {
    "alone, then alone": (("X", None), ("X", None)),
    "S for X, then X": (("S", "X"), ("X", None)),
    "S for X, then S": (("S", "X"), ("S", None)),
    "X, then S for X": (("X", None), ("S", "X")),
    "S, then S for X": (("S", None), ("S", "X")),
    "S for X, then S for X": (("S", "X"), ("S", "X")),
    "S for X, then T for X": (("S", "X"), ("T", "X")),
    "S for X, then X for T": (("S", "X"), ("X", "T")),
    "S for X, then S for T": (("S", "X"), ("S", "T")),
}
OTHERS = {
    "X, then Y": (("X", None), ("Y", None)),
    "S for X, then Y": (("S", "X"), ("Y", None)),
    "S for X, then T for Y": (("S", "X"), ("T", "Y")),
    "X, then S for Y": (("X", None), ("S", "Y")),
    "SX, then S for X": (("SX", None), ("S", "X")),
}


@pytest.mark.parametrize("who", SAME)
@pytest.mark.parametrize("pair", PAIRS)
def test_scenario_79_no_substitute_lets_one_pair_of_eyes_do_the_work_of_two(pair: str, who: str) -> None:
    first_role, second_role, begun, second = PAIRS[pair]
    (one, one_for), (two, two_for) = SAME[who]
    life = begun(a(one, first_role, one_for))
    before = life.case
    with pytest.raises(CaseworkError) as no:
        second(life, a(two, second_role, two_for))
    assert isinstance(no.value, NotYourStep)
    assert no.value.code == "same_person"
    assert no.value.clause
    assert life.case == before


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("pair", PAIRS)
def test_other_eyes_may_go_on(pair: str, who: str) -> None:
    first_role, second_role, begun, second = PAIRS[pair]
    (one, one_for), (two, two_for) = OTHERS[who]
    second(begun(a(one, first_role, one_for)), a(two, second_role, two_for))


def test_the_three_of_a_recognition_are_three_even_by_way_of_substitutes() -> None:
    """First review by S for X, recheck by Y: the seal is not S's, X's or Y's, nor that of who acts for them."""
    life = first_reviewed(a("S", Role.CASEWORKER, "X"))
    life.do("2026-09-18", "pass_recheck", a("Y", Role.REVIEWER))
    for account, acting_for in (("S", None), ("X", None), ("Y", None), ("Z", "X"), ("Z", "Y"), ("Y", "Z"), ("X", "Z")):
        with pytest.raises(NotYourStep):
            life.do("2026-09-18", "certify", a(account, Role.REVIEWER, acting_for))
    life.do("2026-09-18", "certify", a("Z", Role.REVIEWER, "W"))
    assert life.case.reviews.sealed_by == "Z/W"


@pytest.mark.parametrize("pair", PAIRS)
def test_scenario_81_whoever_noted_what_another_took_over_has_seen_it_too(pair: str) -> None:
    first_role, second_role, begun, second = PAIRS[pair]
    taken = Actor(account="B", role=first_role, noted_by="A")
    for account in ("A", "B"):
        with pytest.raises(NotYourStep):
            second(begun(taken), a(account, second_role))
    with pytest.raises(NotYourStep):
        second(begun(a("A", first_role)), Actor(account="B", role=second_role, noted_by="A"))
    second(begun(taken), a("C", second_role))


def test_a_hand_names_both_and_nobody_by_half() -> None:
    assert same_person(a("S", Role.REVIEWER, "X"), "X")
    assert not same_person(a("S", Role.REVIEWER), "SX/Y")
    assert not same_person(COUNTY, None)
