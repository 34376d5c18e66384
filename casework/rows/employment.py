"""Rows of employment, follow-ups, job loss and stability (就业、回访、重新失业、稳定)."""

from casework.step import ASSISTED, COUNTY, EMPLOYED, EXITED, HELPED, HELPER, TIMER, Step

MET = ("escalation", "relocation_promise", "stabilisation")
WORKING = ("stability", "stabilisation", "relocation_promise")
STEADY = ("stabilisation", "relocation_promise")
UNSTEADY = ("handle_unsteady_job", "handle_relocation_overdue")
ANSWERED = ("arrange_guaranteed_post", *UNSTEADY)
LATE = ("handle_overdue", "handle_relocation_overdue")
JOBLESS = ("approve_elimination", "follow_up", "confirm_stable", "handle_unsteady_job")
IDLE = ("follow_up", "stability", "stabilisation")
"""What work starts and ends, and what its loss does, around the promises; `effects.py` stops only what is over."""

# fmt: off
EMPLOYMENT: tuple[Step, ...] = (
    Step("record_employment", HELPED, EMPLOYED, HELPER, "J9 A7 A12 A16", "exit_decision_lifted",
         opens=("approve_elimination",), stops=("promise", "exit_effect", *MET), starts=("follow_up", *WORKING),
         closes=("handle_overdue", "restore_certification", "register_unemployed", "issue_warning", "decide_appeal",
                 "confirm_exit_effect", *ANSWERED),
         notices=("exit_decision_lifted", "help_resumes")),
    Step("record_employment", HELPED, EMPLOYED, HELPER, "J9 A12 A16", "exit_newly_withdrawn",
         opens=("approve_elimination",), stops=("promise", "exit_response", *MET), starts=("follow_up", *WORKING),
         closes=("handle_overdue", "restore_certification", "register_unemployed", "issue_warning", "decide_exit",
                 *ANSWERED),
         notices=("exit_proposal_withdrawn",)),
    Step("record_employment", HELPED, EMPLOYED, HELPER, "J9 A12 A16", opens=("approve_elimination",),
         closes=("handle_overdue", "restore_certification", "register_unemployed", "issue_warning", *ANSWERED),
         stops=("promise", *MET), starts=("follow_up", *WORKING)),
    Step("record_employment", (EMPLOYED,), None, HELPER, "L5 A43 A7", "exit_decision_lifted",
         stops=(*STEADY, "exit_effect"), starts=STEADY,
         closes=("register_unemployed", "handle_overdue", "decide_appeal", "confirm_exit_effect", *ANSWERED),
         notices=("exit_decision_lifted", "help_resumes")),
    Step("record_employment", (EMPLOYED,), None, HELPER, "L5 A43 A7", "exit_newly_withdrawn",
         stops=(*STEADY, "exit_response"), starts=STEADY,
         closes=("register_unemployed", "handle_overdue", "decide_exit", *ANSWERED),
         notices=("exit_proposal_withdrawn",)),
    Step("record_employment", (EMPLOYED,), None, HELPER, "L5 A43", stops=STEADY, starts=STEADY,
         closes=("register_unemployed", "handle_overdue", *ANSWERED)),
    Step("approve_elimination", (EMPLOYED,), None, COUNTY, "J9 A15", closes=("approve_elimination", "contingency_step"),
         notices=("employment_confirmed",)),
    Step("reject_elimination", (EMPLOYED,), None, COUNTY, "A16", "another_job",
         closes=("approve_elimination", "confirm_stable"),
         opens=("approve_elimination", "register_unemployed", *LATE), stops=STEADY, starts=("follow_up", *WORKING),
         notices=("elimination_rejected",)),
    Step("reject_elimination", (EMPLOYED,), ASSISTED, COUNTY, "A12 A16", "elimination_not_approved",
         closes=JOBLESS, stops=IDLE, opens=("register_unemployed", "arrange_guaranteed_post", *LATE),
         starts=("promise", "relocation_promise", "escalation"), notices=("elimination_rejected",)),
    Step("reject_elimination", (EMPLOYED,), ASSISTED, COUNTY, "A16 A19",
         closes=JOBLESS, stops=IDLE, opens=("register_unemployed", "restore_certification", "arrange_guaranteed_post"),
         starts=("relocation_promise",), notices=("elimination_rejected",)),
    Step("follow_up_month_began", (EMPLOYED,), None, TIMER, "J20 A18", opens=("follow_up",), closes=("follow_up",),
         starts=("follow_up",), notices=("follow_up_due",)),
    Step("record_follow_up", (EMPLOYED,), None, HELPER, "J20 A17 A18", "stable_enough", closes=("follow_up", *UNSTEADY),
         opens=("confirm_stable", "handle_relocation_overdue"), stops=STEADY, starts=STEADY),
    Step("record_follow_up", (EMPLOYED,), None, HELPER, "J20 A18", closes=("follow_up", *UNSTEADY),
         opens=("handle_relocation_overdue",), stops=STEADY, starts=STEADY),
    Step("stability_reached", (EMPLOYED,), None, TIMER, "N5", opens=("confirm_stable",), stops=("stability",)),
    Step("record_job_loss", (EMPLOYED,), None, HELPER, "N1", "another_job",
         closes=("approve_elimination", "confirm_stable"),
         opens=("approve_elimination", "register_unemployed", *LATE), stops=STEADY, starts=("follow_up", *WORKING)),
    Step("record_job_loss", (EMPLOYED,), ASSISTED, HELPER, "A12", "elimination_not_approved",
         closes=JOBLESS, stops=IDLE, opens=("register_unemployed", "arrange_guaranteed_post", *LATE),
         starts=("promise", "relocation_promise", "escalation"), notices=("job_loss_reported",)),
    Step("record_job_loss", (EMPLOYED,), ASSISTED, HELPER, "N1 A19",
         closes=JOBLESS, stops=IDLE, opens=("register_unemployed", "restore_certification", "arrange_guaranteed_post"),
         starts=("relocation_promise",), notices=("job_loss_reported",)),
    Step("restore_certification", (ASSISTED,), None, COUNTY, "A19", closes=("restore_certification",),
         opens=("contingency_step",), starts=("promise",), notices=("restored", "promise_runs_again")),
    Step("confirm_stable", (EMPLOYED,), EXITED, COUNTY, "N5 A15 A17", notices=("exit_decided", "help_ended")),
)
# fmt: on
