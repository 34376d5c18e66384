"""Rows of what is counted against a household (拒绝岗位、联系不上)."""

from casework.states import Role
from casework.step import DESK, HELPED, HELPER, RECOGNISED, TIMER, Step

# fmt: off
COUNTING: tuple[Step, ...] = (
    Step("record_refusal", HELPED, None, HELPER, "J10 A4 A5", opens=("judge_refusal",)),
    Step("judge_refusal", HELPED, None, (Role.CASEWORKER, Role.REVIEWER), "A5 A7", "exit_decision_lifted",
         closes=("judge_refusal", "issue_warning", "decide_appeal", "confirm_exit_effect"), opens=("issue_warning",),
         stops=("exit_effect", "refusal_window"), notices=("exit_decision_lifted", "help_resumes")),
    Step("judge_refusal", RECOGNISED, None, (Role.CASEWORKER, Role.REVIEWER), "J10 A3 A7", "exit_newly_proposed",
         closes=("judge_refusal", "issue_warning", "decide_exit"), starts=("refusal_window", "exit_response"),
         opens=("decide_exit", "arrange_guaranteed_post"), notices=("exit_proposed",)),
    Step("judge_refusal", HELPED, None, (Role.CASEWORKER, Role.REVIEWER), "A5", "exit_newly_withdrawn",
         closes=("judge_refusal", "decide_exit", "issue_warning"), opens=("issue_warning", "arrange_guaranteed_post"),
         stops=("exit_response", "refusal_window"), starts=("refusal_window",), notices=("exit_proposal_withdrawn",)),
    Step("judge_refusal", HELPED, None, (Role.CASEWORKER, Role.REVIEWER), "A5", "warning_due",
         closes=("judge_refusal",), opens=("issue_warning", "arrange_guaranteed_post"),
         stops=("refusal_window",), starts=("refusal_window",)),
    Step("judge_refusal", RECOGNISED, None, (Role.CASEWORKER, Role.REVIEWER), "A5",
         opens=("arrange_guaranteed_post",), closes=("judge_refusal", "issue_warning"),
         stops=("refusal_window",), starts=("refusal_window",)),
    Step("issue_warning", HELPED, None, DESK, "A5", closes=("issue_warning",), notices=("refusal_warning",)),
    Step("refusal_window_lapsed", RECOGNISED, None, TIMER, "J10 A2", stops=("refusal_window",)),
    Step("record_contact", HELPED, None, HELPER, "A6 A7", "exit_decision_lifted",
         closes=("reach_member", "decide_appeal", "confirm_exit_effect"), opens=("reach_member",),
         stops=("exit_effect", "contact_window"), notices=("exit_decision_lifted", "help_resumes")),
    Step("record_contact", RECOGNISED, None, HELPER, "J11 A6 A7", "exit_newly_proposed", stops=("contact_window",),
         starts=("contact_window", "exit_response"), closes=("reach_member", "decide_exit"),
         opens=("reach_member", "decide_exit"), notices=("exit_proposed",)),
    Step("record_contact", RECOGNISED, None, HELPER, "A6", "exit_newly_withdrawn",
         closes=("reach_member", "decide_exit"), opens=("reach_member",),
         stops=("exit_response", "contact_window"), notices=("exit_proposal_withdrawn",)),
    Step("record_contact", RECOGNISED, None, HELPER, "J11 A6", closes=("reach_member",), opens=("reach_member",),
         stops=("contact_window",), starts=("contact_window",)),
    Step("contact_window_lapsed", RECOGNISED, None, TIMER, "J11 A6", stops=("contact_window",)),
)
# fmt: on
