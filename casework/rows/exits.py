"""Rows of exit (退出): proposal, answer, decision, appeal, effect."""

from casework.states import Role
from casework.step import COUNTY, EXITED, HELPED, HELPER, RECOGNISED, SUPERVISOR, TIMER, Step

RECORDERS = (Role.CASEWORKER, Role.REVIEWER)

# fmt: off
EXITS: tuple[Step, ...] = (
    Step("propose_exit", RECOGNISED, None, HELPER, "J12 A41 A7", opens=("decide_exit",), starts=("exit_response",),
         notices=("exit_proposed",)),
    Step("record_exit_response", RECOGNISED, None, HELPER, "A6 A7", "exit_newly_proposed", closes=("decide_exit",),
         opens=("decide_exit",), starts=("exit_response",), notices=("exit_proposal_withdrawn", "exit_proposed")),
    Step("record_exit_response", RECOGNISED, None, HELPER, "A6 A7", "exit_newly_withdrawn", closes=("decide_exit",),
         stops=("exit_response",), notices=("exit_proposal_withdrawn",)),
    Step("record_exit_response", RECOGNISED, None, HELPER, "A7", notices=("household_answered",)),
    Step("exit_response_ended", RECOGNISED, None, TIMER, "A7", stops=("exit_response",),
         notices=("exit_response_over",)),
    Step("approve_exit", RECOGNISED, None, COUNTY, "J10 J11 J12 A7 A42", "exit_waits", closes=("decide_exit",),
         stops=("exit_response",), starts=("exit_effect",), notices=("exit_appealable", "help_pauses")),
    Step("approve_exit", RECOGNISED, EXITED, COUNTY, "J12 A7 A41", notices=("exit_decided", "help_ended")),
    Step("reject_exit", RECOGNISED, None, COUNTY, "A7", "exit_newly_proposed", closes=("decide_exit",),
         stops=("exit_response",), opens=("decide_exit",), starts=("exit_response",),
         notices=("exit_proposal_withdrawn", "exit_proposed")),
    Step("reject_exit", HELPED, None, COUNTY, "A7", "warning_due", closes=("decide_exit",), stops=("exit_response",),
         opens=("issue_warning",), notices=("exit_proposal_withdrawn", "exit_rejected")),
    Step("reject_exit", RECOGNISED, None, COUNTY, "A7", closes=("decide_exit",), stops=("exit_response",),
         notices=("exit_proposal_withdrawn", "exit_rejected")),
    Step("exit_effective", RECOGNISED, None, TIMER, "A7 A38", "exit_waits", opens=("confirm_exit_effect",),
         stops=("exit_effect",)),
    Step("exit_effective", RECOGNISED, EXITED, TIMER, "J10 J11 J12 A7 A42", notices=("exit_decided", "help_ended")),
    Step("confirm_exit_effect", RECOGNISED, EXITED, COUNTY, "A7 A38", notices=("exit_decided", "help_ended")),
    Step("raise_appeal", RECOGNISED, None, RECORDERS, "A7", opens=("decide_appeal",),
         closes=("confirm_exit_effect",), stops=("exit_effect",), notices=("appeal_received", "appeal_to_decide")),
    Step("uphold_appeal", HELPED, None, SUPERVISOR, "A7 A5", "warning_due",
         closes=("decide_appeal", "issue_warning"), opens=("issue_warning",),
         notices=("exit_decision_lifted", "help_resumes")),
    Step("uphold_appeal", RECOGNISED, None, SUPERVISOR, "A7", closes=("decide_appeal", "issue_warning"),
         notices=("exit_decision_lifted", "help_resumes")),
    Step("dismiss_appeal", RECOGNISED, EXITED, SUPERVISOR, "A7 A42", notices=("appeal_dismissed", "help_ended")),
)
# fmt: on
