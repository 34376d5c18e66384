"""Rows of a household that changes (家庭情况变更): the same outcomes whatever changed, before the seal and after it."""

from casework.states import Role
from casework.step import ANEW_CLOSES, BEFORE_SEAL, DESK, EXITED, OPEN, PUBLICITY, RECOGNISED, REVIEW, TIMER, Step

SHOWN = ANEW_CLOSES
DATES = ("member_date",)
PER_MEMBER = ("register_unemployed", "update_plan")
"""What a change makes pointless for the member whom it concerns, also before the seal where help has begun (J14)."""


def _changed(trigger: str, who: tuple[Role, ...], *, waited: bool = False, drops: bool = False) -> tuple[Step, ...]:
    """Return the rows of one kind of change; `waited` or dropped changes stop their clocks."""
    # fmt: off
    dates, told = DATES + (("amendment",) if waited or drops else ()), ("household_changed", "household_changed_staff")
    return (
        Step(trigger, (REVIEW,), None, who, "A40 J3", "special_again", starts=DATES, stops=dates,
             opens=("decide_special_situation", "first_review"), closes=("post_publicity", *PER_MEMBER), notices=told),
        Step(trigger, (REVIEW,), None, who, "A40", "review_again", starts=DATES, stops=dates,
             opens=("first_review",), closes=("post_publicity", *PER_MEMBER), notices=told),
        Step(trigger, (PUBLICITY,), REVIEW, who, "A40 A9 J3", "special_again", starts=DATES,
             stops=(*dates, "publicity"), opens=("decide_special_situation", "first_review"),
             closes=("post_publicity", *SHOWN, *PER_MEMBER), notices=told),
        Step(trigger, (PUBLICITY,), REVIEW, who, "A40 A9", "review_again", starts=DATES, stops=(*dates, "publicity"),
             opens=("first_review",), closes=("post_publicity", *SHOWN, *PER_MEMBER), notices=told),
        Step(trigger, (PUBLICITY,), None, who, "A40 A9", "publicity_restarted", starts=DATES,
             stops=(*dates, "publicity"), opens=("post_publicity",), closes=(*SHOWN, *PER_MEMBER), notices=told),
        Step(trigger, RECOGNISED, None, who, "A39 A40 J12", "exit_decision_replaced", stops=(*dates, "exit_effect"),
             starts=(*DATES, "exit_response"), opens=("decide_exit", "register_unemployed", "update_plan"),
             closes=("register_unemployed", "issue_warning", "update_plan", "decide_appeal", "confirm_exit_effect"),
             notices=("exit_decision_lifted", "exit_proposed", told[1])),
        Step(trigger, RECOGNISED, None, who, "A39 A40", "exit_decision_lifted", stops=(*dates, "exit_effect"),
             starts=DATES, opens=("register_unemployed", "update_plan"),
             closes=("register_unemployed", "issue_warning", "update_plan", "decide_appeal", "confirm_exit_effect"),
             notices=("exit_decision_lifted", "help_resumes")),
        Step(trigger, RECOGNISED, None, who, "A39 A40 J12", "exit_newly_proposed", stops=dates,
             starts=(*DATES, "exit_response"), opens=("decide_exit", "register_unemployed", "update_plan"),
             closes=("register_unemployed", "issue_warning", "update_plan"), notices=("exit_proposed", told[1])),
        Step(trigger, RECOGNISED, None, who, "A39 A40", "exit_newly_withdrawn", stops=(*dates, "exit_response"),
             starts=DATES, opens=("register_unemployed", "update_plan"), notices=("exit_proposal_withdrawn", told[1]),
             closes=("register_unemployed", "issue_warning", "update_plan", "decide_exit")),
        Step(trigger, RECOGNISED, None, who, "A39 A40", starts=DATES, stops=dates,
             opens=("register_unemployed", "update_plan"),
             closes=("register_unemployed", "issue_warning", "update_plan"), notices=told),
        Step(trigger, BEFORE_SEAL, None, who, "A40", starts=DATES, stops=dates, closes=PER_MEMBER, notices=told),
    )
    # fmt: on


# fmt: off
HOUSEHOLD: tuple[Step, ...] = (
    Step("amend_household", OPEN, None, DESK, "A39 A40", "amendment_waits", starts=("amendment",)),
    *_changed("amend_household", DESK),
    *_changed("amendment_took_effect", TIMER, waited=True),
    *_changed("add_member", DESK),
    Step("remove_member", BEFORE_SEAL, EXITED, DESK, "A40", "nobody_left"),
    *_changed("remove_member", DESK, drops=True),
)
# fmt: on
