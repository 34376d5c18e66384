"""Rows of exit (退出): proposal, answer, decision."""

from casework.step import COUNTY, EXITED, HELPER, RECOGNISED, TIMER, Step

# fmt: off
EXITS: tuple[Step, ...] = (
    Step("propose_exit", RECOGNISED, None, HELPER, "J12 A41 A7", opens=("decide_exit",), starts=("exit_response",),
         notices=("exit_proposed",)),
    Step("record_exit_response", RECOGNISED, None, HELPER, "A7", notices=("household_answered",)),
    Step("exit_response_ended", RECOGNISED, None, TIMER, "A7", stops=("exit_response",),
         notices=("exit_response_over",)),
    Step("approve_exit", RECOGNISED, EXITED, COUNTY, "J9 J10 J11 J12 A7", notices=("exit_decided", "help_ended")),
    Step("reject_exit", RECOGNISED, None, COUNTY, "A7", closes=("decide_exit",), stops=("exit_response",),
         notices=("exit_proposal_withdrawn", "exit_rejected")),
)
# fmt: on
