"""Rows of verification, supplements and decided members (核查、补正、特殊人员的书面决定)."""

from casework.states import Role
from casework.step import BEFORE_SEAL, COUNTY, HELPER, OPEN, PUBLICITY, REVIEW, TIMER, Step

EITHER = (Role.CASEWORKER, Role.REVIEWER)
CHECKED = (REVIEW, PUBLICITY)

# fmt: off
VERIFICATION: tuple[Step, ...] = (
    Step("record_comparison", CHECKED, None, EITHER, "J5", "comparison_complete", opens=("judge_hit",),
         closes=("compare_online", "judge_hit")),
    Step("record_comparison", CHECKED, None, EITHER, "J5", opens=("judge_hit",), closes=("judge_hit",)),
    Step("judge_comparison_hit", CHECKED, None, EITHER, "J5", closes=("judge_hit",)),
    Step("record_visit", OPEN, None, HELPER, "J5 N9", "visit_made", closes=("visit_home",)),
    Step("record_visit", OPEN, None, HELPER, "J5 N9"),
    Step("ask_supplement", BEFORE_SEAL, None, EITHER, "A29", opens=("await_supplement",), starts=("supplement",),
         notices=("supplement_asked",)),
    Step("record_supplement", BEFORE_SEAL, None, EITHER, "A29", closes=("await_supplement",), stops=("supplement",)),
    Step("supplement_lapsed", BEFORE_SEAL, None, TIMER, "A29", closes=("await_supplement",), stops=("supplement",),
         notices=("supplement_lapsed",)),
    Step("decide_member", CHECKED, None, COUNTY, "J3", "special_undecided", opens=("decide_special_situation",),
         stops=("member_date",), starts=("member_date",)),
    Step("decide_member", BEFORE_SEAL, None, COUNTY, "J3", closes=("decide_special_situation",),
         stops=("member_date",), starts=("member_date",)),
)
# fmt: on
