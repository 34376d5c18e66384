"""The groups of a policy's terms on exit (退出): who decides, when it takes effect, on which grounds; appeal."""

from typing import Annotated, Literal

from pydantic import Field

from policies.terms import Frozen, Length, Term

AtOnce = Literal["voluntary", "deceased", "moved_away", "no_base_member", "stable_employment", "other"]
"""Reasons that a pack may let take effect at once; what is held against a household always leaves time to appeal."""


class Exit(Frozen):
    """退出: who decides, how long the household may answer and appeal, and which employment ends the status.

    A decided exit takes effect when the `appeal_period` has passed, but for the reasons of `at_once`.
    """

    decider: Term[Literal["county"]]
    response_period: Term[Length]
    appeal_period: Term[Length]
    appeal_decision: Term[Length]
    at_once: Term[Annotated[tuple[AtOnce, ...], Field(max_length=10)]]
    on: Term[Literal["one_employed", "stable"]]


class Grounds(Frozen):
    """退出情形: on which grounds an exit may be proposed here; the county decides each."""

    refused_referrals: Term[bool]
    lost_contact: Term[bool]
    no_base_member: Term[bool]
    voluntary: Term[bool]
    moved_away: Term[bool]
    deceased: Term[bool]
    income_found: Term[bool]
    false_report: Term[bool]
    other: Term[bool]
