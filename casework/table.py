"""The step table: the only place where a step is declared.  A step that is not here does not exist (409).

The machine, the steps the API allows, the console's buttons, the diagram and `docs/state-table.md` are made from it.
Several rows may share a trigger: the first whose guard holds is taken.  How a row's words turn into open tasks,
running clocks and notices is in `casework/effects.py`; what may not be done, and why, is in the rule of the trigger.
"""

from dataclasses import dataclass

from casework.states import Role, State

APPLIED, REVIEW, PUBLICITY = State.APPLIED, State.UNDER_REVIEW, State.IN_PUBLICITY
CERTIFIED, ASSISTED, EMPLOYED, EXITED = State.CERTIFIED, State.ASSISTED, State.EMPLOYED, State.EXITED
DESK, COUNTY, SUPERVISOR, HELPER, TIMER = (
    (Role.CASEWORKER,),
    (Role.REVIEWER,),
    (Role.SUPERVISOR,),
    (Role.CASEWORKER, Role.HELPER),
    (Role.SYSTEM,),
)
BEFORE_SEAL = (APPLIED, REVIEW, PUBLICITY)
HELPED = (CERTIFIED, ASSISTED)
RECOGNISED = (CERTIFIED, ASSISTED, EMPLOYED)
OPEN = (*BEFORE_SEAL, *RECOGNISED)


@dataclass(frozen=True, slots=True)
class Step:
    """One row: who may go from where to where, what it opens, starts and says.  `target=None` keeps the state."""

    trigger: str
    source: tuple[State, ...]
    target: State | None
    who: tuple[Role, ...]
    clause: str
    guard: str | None = None
    opens: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


# fmt: off
RECOGNITION: tuple[Step, ...] = (
    Step("apply", (), APPLIED, DESK, "N3 J4", opens=("accept_application",), starts=("member_date",),
         notices=("application_received",)),
    Step("accept_application", (APPLIED,), REVIEW, DESK, "J3 A24", "special_situation",
         opens=("decide_special_situation", "first_review"), closes=("accept_application",)),
    Step("accept_application", (APPLIED,), REVIEW, DESK, "J4", opens=("first_review",),
         closes=("accept_application",)),
    Step("decide_special_situation", (REVIEW,), EXITED, COUNTY, "J3", "special_denied", notices=("not_recognised",)),
    Step("decide_special_situation", (REVIEW,), None, COUNTY, "J3", closes=("decide_special_situation",)),
    Step("pass_first_review", (REVIEW,), None, DESK, "J5 N2", opens=("post_publicity",), closes=("first_review",)),
    Step("decline_first_review", (REVIEW,), EXITED, DESK, "J5 N2", notices=("not_recognised",)),
    Step("post_publicity", (REVIEW, PUBLICITY), PUBLICITY, DESK, "J6 A8", closes=("post_publicity",),
         starts=("publicity",), notices=("publicity_started",)),
    Step("take_down_publicity", (PUBLICITY,), None, DESK, "A8", opens=("post_publicity",), closes=("report_up",),
         stops=("publicity",)),
    Step("publicity_ended", (PUBLICITY,), None, TIMER, "J6 A8", opens=("report_up",), stops=("publicity",)),
    Step("raise_objection", (PUBLICITY,), None, (Role.CASEWORKER, Role.REVIEWER), "J6 A9", "objection_blocks",
         opens=("decide_objection",)),
    Step("raise_objection", (PUBLICITY,), None, (Role.CASEWORKER, Role.REVIEWER), "A9"),
    Step("dismiss_objection", (REVIEW, PUBLICITY), None, DESK, "A9", closes=("decide_objection",)),
    Step("uphold_objection", (REVIEW, PUBLICITY), EXITED, DESK, "A9 N2", notices=("not_recognised",)),
    Step("report_up", (PUBLICITY,), None, DESK, "J6", opens=("county_recheck",), closes=("report_up",)),
    Step("pass_recheck", (PUBLICITY,), None, COUNTY, "J7 A30", opens=("seal",), closes=("county_recheck",)),
    Step("return_to_office", (PUBLICITY,), REVIEW, COUNTY, "J7", opens=("first_review",),
         closes=("county_recheck", "seal", "report_up", "post_publicity"), stops=("publicity",)),
    Step("decline_recheck", (PUBLICITY,), EXITED, COUNTY, "J7 N2", notices=("not_recognised",)),
    Step("certify", (PUBLICITY,), CERTIFIED, COUNTY, "J7 J19 A10 A30", closes=("seal",), starts=("promise",),
         opens=("assign_helper", "sign_plan", "register_unemployed"), notices=("certified",)),
    Step("withdraw", BEFORE_SEAL, EXITED, DESK, "A41"),
)
# fmt: on

# fmt: off
ASSISTANCE: tuple[Step, ...] = (
    Step("assign_helper", (CERTIFIED,), ASSISTED, (Role.CASEWORKER, Role.SUPERVISOR), "N9 J17", "plan_signed",
         closes=("assign_helper",), notices=("helper_assigned",)),
    Step("assign_helper", HELPED, None, (Role.CASEWORKER, Role.SUPERVISOR), "N9 J17", "promise_running",
         closes=("assign_helper",), notices=("helper_assigned",)),
    Step("assign_helper", RECOGNISED, None, (Role.CASEWORKER, Role.SUPERVISOR), "N9 J17", closes=("assign_helper",),
         notices=("helper_takes_over",)),
    Step("sign_plan", (CERTIFIED,), ASSISTED, HELPER, "J15", "helper_assigned", closes=("sign_plan",)),
    Step("sign_plan", RECOGNISED, None, HELPER, "J15", closes=("sign_plan",)),
    Step("register_member", OPEN, None, DESK, "A14", closes=("register_unemployed",)),
    Step("record_service", RECOGNISED, None, HELPER, "J18 N9"),
    Step("record_referral", HELPED, None, HELPER, "J18 J17"),
    Step("record_referral_outcome", RECOGNISED, None, HELPER, "A4"),
    Step("record_refusal", HELPED, None, HELPER, "J10 A4 A5", opens=("judge_refusal",)),
    Step("judge_refusal", HELPED, None, (Role.CASEWORKER, Role.REVIEWER), "J10 A3 A7", "exit_newly_proposed",
         closes=("judge_refusal", "issue_warning"), starts=("refusal_window", "exit_response"), opens=("decide_exit",),
         notices=("exit_proposed",)),
    Step("judge_refusal", HELPED, None, (Role.CASEWORKER, Role.REVIEWER), "A5", "exit_newly_withdrawn",
         closes=("judge_refusal", "decide_exit", "issue_warning"), opens=("issue_warning",),
         stops=("exit_response", "refusal_window"), starts=("refusal_window",), notices=("exit_proposal_withdrawn",)),
    Step("judge_refusal", HELPED, None, (Role.CASEWORKER, Role.REVIEWER), "A5", "warning_due",
         closes=("judge_refusal",), opens=("issue_warning",), stops=("refusal_window",), starts=("refusal_window",)),
    Step("judge_refusal", RECOGNISED, None, (Role.CASEWORKER, Role.REVIEWER), "A5",
         closes=("judge_refusal", "issue_warning"), stops=("refusal_window",), starts=("refusal_window",)),
    Step("issue_warning", HELPED, None, DESK, "A5", closes=("issue_warning",), notices=("refusal_warning",)),
    Step("refusal_window_lapsed", RECOGNISED, None, TIMER, "J10 A2", stops=("refusal_window",)),
    Step("record_contact", HELPED, None, HELPER, "J11 A6 A7", "exit_newly_proposed", stops=("contact_window",),
         starts=("contact_window", "exit_response"), opens=("decide_exit",), notices=("exit_proposed",)),
    Step("record_contact", RECOGNISED, None, HELPER, "A6", "exit_newly_withdrawn", closes=("decide_exit",),
         stops=("exit_response", "contact_window"), notices=("exit_proposal_withdrawn",)),
    Step("record_contact", RECOGNISED, None, HELPER, "J11 A6", stops=("contact_window",),
         starts=("contact_window",)),
    Step("contact_window_lapsed", RECOGNISED, None, TIMER, "J11 A6", stops=("contact_window",)),
    Step("promise_reminder", HELPED, None, TIMER, "J19", notices=("promise_due_soon",)),
    Step("services_checked", HELPED, None, TIMER, "J18", "services_lag", notices=("services_lagging",)),
    Step("services_checked", HELPED, None, TIMER, "J18"),
    Step("promise_overdue", HELPED, None, TIMER, "J19 A12", opens=("handle_overdue",), stops=("promise",),
         notices=("promise_overdue", "promise_overdue_supervisor")),
    Step("confirm_breach_cause", RECOGNISED, None, SUPERVISOR, "J21 A12", closes=("handle_overdue",)),
    Step("propose_exit", RECOGNISED, None, HELPER, "J12 A41 A7", opens=("decide_exit",), starts=("exit_response",),
         notices=("exit_proposed",)),
    Step("record_exit_response", RECOGNISED, None, HELPER, "A7"),
    Step("exit_response_ended", RECOGNISED, None, TIMER, "A7", stops=("exit_response",)),
    Step("approve_exit", RECOGNISED, EXITED, COUNTY, "J9 J10 J11 J12 A7", notices=("exit_decided",)),
    Step("reject_exit", RECOGNISED, None, COUNTY, "A7", closes=("decide_exit",), stops=("exit_response",),
         notices=("exit_proposal_withdrawn",)),
    Step("member_date_reached", RECOGNISED, None, TIMER, "A39 J12", "exit_newly_proposed", stops=("member_date",),
         opens=("decide_exit",), starts=("exit_response", "member_date"), notices=("exit_proposed",)),
    Step("member_date_reached", OPEN, None, TIMER, "A39", stops=("member_date",), starts=("member_date",),
         opens=("register_unemployed",)),
    Step("task_overdue", OPEN, None, TIMER, "N18"),
    Step("adopt_calendar", OPEN, None, TIMER, "A37 A38"),
)
# fmt: on

# fmt: off
EMPLOYMENT: tuple[Step, ...] = (
    Step("record_employment", HELPED, EMPLOYED, HELPER, "J9 A12 A16", "exit_newly_withdrawn",
         opens=("approve_elimination",), stops=("promise", "exit_response"), starts=("follow_up", "stability"),
         closes=("handle_overdue", "restore_certification", "register_unemployed", "issue_warning", "decide_exit"),
         notices=("exit_proposal_withdrawn",)),
    Step("record_employment", HELPED, EMPLOYED, HELPER, "J9 A12 A16", opens=("approve_elimination",),
         closes=("handle_overdue", "restore_certification", "register_unemployed", "issue_warning"),
         stops=("promise",), starts=("follow_up", "stability")),
    Step("record_employment", (EMPLOYED,), None, HELPER, "L5 A43", closes=("register_unemployed", "handle_overdue")),
    Step("approve_elimination", (EMPLOYED,), None, COUNTY, "J9 A15", closes=("approve_elimination",),
         notices=("employment_confirmed",)),
    Step("reject_elimination", (EMPLOYED,), None, COUNTY, "A16", "another_job",
         closes=("approve_elimination", "confirm_stable"),
         opens=("approve_elimination", "register_unemployed", "handle_overdue"),
         starts=("follow_up", "stability")),
    Step("reject_elimination", (EMPLOYED,), ASSISTED, COUNTY, "A12 A16", "elimination_not_approved",
         closes=("approve_elimination", "follow_up", "confirm_stable"), stops=("follow_up", "stability"),
         opens=("register_unemployed", "handle_overdue"), starts=("promise",)),
    Step("reject_elimination", (EMPLOYED,), ASSISTED, COUNTY, "A16 A19",
         closes=("approve_elimination", "follow_up", "confirm_stable"), stops=("follow_up", "stability"),
         opens=("register_unemployed", "restore_certification")),
    Step("follow_up_month_began", (EMPLOYED,), None, TIMER, "J20 A18", opens=("follow_up",), closes=("follow_up",),
         starts=("follow_up",), notices=("follow_up_due",)),
    Step("record_follow_up", (EMPLOYED,), None, HELPER, "J20 A17 A18", "stable_enough", closes=("follow_up",),
         opens=("confirm_stable",)),
    Step("record_follow_up", (EMPLOYED,), None, HELPER, "J20 A18", closes=("follow_up",)),
    Step("stability_reached", (EMPLOYED,), None, TIMER, "N5", opens=("confirm_stable",), stops=("stability",)),
    Step("record_job_loss", (EMPLOYED,), None, HELPER, "N1", "another_job",
         closes=("approve_elimination", "confirm_stable"),
         opens=("approve_elimination", "register_unemployed", "handle_overdue"),
         starts=("follow_up", "stability")),
    Step("record_job_loss", (EMPLOYED,), ASSISTED, HELPER, "A12", "elimination_not_approved",
         closes=("approve_elimination", "follow_up", "confirm_stable"), stops=("follow_up", "stability"),
         opens=("register_unemployed", "handle_overdue"), starts=("promise",), notices=("job_loss_reported",)),
    Step("record_job_loss", (EMPLOYED,), ASSISTED, HELPER, "N1 A19",
         closes=("approve_elimination", "follow_up", "confirm_stable"), stops=("follow_up", "stability"),
         opens=("register_unemployed", "restore_certification"), notices=("job_loss_reported",)),
    Step("restore_certification", (ASSISTED,), None, COUNTY, "A19", closes=("restore_certification",),
         starts=("promise",), notices=("restored",)),
    Step("confirm_stable", (EMPLOYED,), EXITED, COUNTY, "N5 A15 A17", notices=("exit_decided",)),
)
# fmt: on

TABLE: tuple[Step, ...] = RECOGNITION + ASSISTANCE + EMPLOYMENT


def rows_of(trigger: str) -> tuple[Step, ...]:
    """Return the rows of a trigger in table order."""
    return tuple(row for row in TABLE if row.trigger == trigger)


def allowed_steps(state: State, role: Role | None = None) -> tuple[str, ...]:
    """Return the triggers the table allows in a state (to a role); deadlines are not offered to people."""
    found = [
        row.trigger
        for row in TABLE
        if state in row.source and Role.SYSTEM not in row.who and (role is None or role in row.who)
    ]
    return tuple(dict.fromkeys(found))
