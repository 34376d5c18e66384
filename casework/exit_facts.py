"""What a case remembers of its exit (退出): the proposal, the decision until its effect, the appeal, the end itself."""

from datetime import date

from casework.household import Facts
from casework.states import ExitReason


class ExitProposal(Facts):
    """A proposed exit awaits the county; the engine never exits a household by itself (A7)."""

    proposal_id: str
    reason: ExitReason
    proposed_on: date
    respond_by: date
    provisional: bool
    about: str | None = None
    proposed_by: str | None = None
    response_ended: bool = False
    responded_on: date | None = None
    under: str = ""


class ExitDecided(Facts):
    """The county decided an exit that has no effect yet: the household may appeal until 24:00 of `appeal_by`.

    `period_ended` when that instant has passed but the date was provisional, so that a person must look first (A38).
    """

    proposal: ExitProposal
    reason: ExitReason
    decided_on: date
    decided_by: str
    appeal_by: date
    takes_effect_on: date
    provisional: bool
    period_ended: bool = False
    under: str = ""


class Appeal(Facts):
    """An appeal (申诉) against a decided exit; while it is open the exit has no effect.

    `upheld` stays None where the decision fell for another reason before anybody had looked.
    """

    appeal_id: str
    reason: ExitReason
    raised_on: date
    recorded_by: str
    decided_on: date | None = None
    decided_by: str | None = None
    upheld: bool | None = None


class Exit(Facts):
    """The end (退出): decided by whom and when, in effect from `on`.

    Where the certification was revoked (A42) `withdrawn_elimination` is the elimination that is not counted any more,
    and `recovers_subsidies` puts the household on the list of subsidies to be paid back.
    """

    reason: ExitReason
    on: date
    decided_by: str
    decided_on: date | None = None
    withdrawn_elimination: date | None = None
    recovers_subsidies: bool = False
