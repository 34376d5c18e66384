"""Rows of objections and conflicts of interest (异议、回避)."""

from casework.states import Role
from casework.step import ANEW_CLOSES, ANEW_OPENS, ANEW_STOPS, COUNTY, EXITED, OPEN, PUBLICITY, RECOGNISED, REVIEW, Step

EITHER = (Role.CASEWORKER, Role.REVIEWER)
ANYBODY = (Role.CASEWORKER, Role.REVIEWER, Role.SUPERVISOR, Role.HELPER)

# fmt: off
OBJECTIONS: tuple[Step, ...] = (
    Step("raise_objection", (PUBLICITY,), None, EITHER, "J6 A9", "objection_blocks", opens=("decide_objection",)),
    Step("raise_objection", RECOGNISED, None, EITHER, "A9", "objection_blocks", opens=("review_certification",)),
    Step("raise_objection", (PUBLICITY, *RECOGNISED), None, EITHER, "A9", notices=("objection_logged",)),
    Step("dismiss_objection", (REVIEW, PUBLICITY), None, EITHER, "A9", closes=("decide_objection",)),
    Step("uphold_objection", (REVIEW, PUBLICITY), EXITED, EITHER, "A9 N2", notices=("not_recognised",)),
    Step("correct_objection", (PUBLICITY,), None, EITHER, "A9", "publicity_restarted",
         closes=("decide_objection", *ANEW_CLOSES), opens=ANEW_OPENS, stops=ANEW_STOPS,
         notices=("publicity_interrupted",)),
    Step("correct_objection", (REVIEW, PUBLICITY), None, EITHER, "A9",
         closes=("decide_objection", *ANEW_CLOSES)),
    Step("conclude_review", RECOGNISED, None, COUNTY, "A9 A7", "exit_newly_proposed",
         closes=("review_certification",), opens=("decide_exit",), starts=("exit_response",),
         notices=("exit_proposed",)),
    Step("conclude_review", RECOGNISED, None, COUNTY, "A9", closes=("review_certification",)),
    Step("declare_conflict", OPEN, None, ANYBODY, "A9 A30"),
)
# fmt: on
