"""Rows of the placement promise (安置承诺): reminders, suspension, relocation, the ladder, steady work."""

from casework.states import Role
from casework.step import BEFORE_SEAL, COUNTY, DESK, EMPLOYED, HELPED, HELPER, RECOGNISED, SUPERVISOR, TIMER, Step

BREACHES = ("handle_overdue", "handle_relocation_overdue")
PROMISES = ("promise", "relocation_promise")

# fmt: off
PROMISE: tuple[Step, ...] = (
    Step("promise_reminder", HELPED, None, TIMER, "J19", notices=("promise_due_soon",)),
    Step("services_checked", HELPED, None, TIMER, "J18", "services_lag", notices=("services_lagging",)),
    Step("services_checked", HELPED, None, TIMER, "J18"),
    Step("promise_overdue", HELPED, None, TIMER, "J19 A12", opens=("handle_overdue",), stops=("promise",),
         starts=("escalation",), notices=("promise_overdue", "promise_overdue_supervisor")),
    Step("promise_escalated", HELPED, None, TIMER, "C7 J19", "reports_to_helper", stops=("escalation",),
         notices=("promise_overdue",)),
    Step("promise_escalated", HELPED, None, TIMER, "C7 J19", "reports_to_supervisor", stops=("escalation",),
         notices=("promise_overdue_supervisor",)),
    Step("promise_escalated", HELPED, None, TIMER, "C7 J19 N18", "reports_to_county", stops=("escalation",),
         notices=("promise_escalated_county",)),
    Step("promise_escalated", HELPED, None, TIMER, "C7 J19 N18", stops=("escalation",),
         notices=("promise_escalated_city",)),
    Step("confirm_breach_cause", RECOGNISED, None, SUPERVISOR, "J21 A12", closes=BREACHES),
    Step("suspend_promise", RECOGNISED, None, COUNTY, "A12", "put_right", closes=BREACHES,
         stops=(*PROMISES, "escalation"), starts=PROMISES, notices=("promise_suspended",)),
    Step("suspend_promise", RECOGNISED, None, COUNTY, "A12", stops=PROMISES, starts=PROMISES,
         notices=("promise_suspended",)),
    Step("resume_promise", HELPED, None, COUNTY, "A12", stops=PROMISES, starts=PROMISES,
         notices=("promise_resumed",)),
    Step("flag_relocation", BEFORE_SEAL, None, DESK, "L3"),
    Step("flag_relocation", RECOGNISED, None, DESK, "L3", opens=("handle_relocation_overdue",),
         starts=("relocation_promise",)),
    Step("relocation_reminder", RECOGNISED, None, TIMER, "L3", notices=("relocation_due_soon",)),
    Step("relocation_overdue", RECOGNISED, None, TIMER, "L3 A12", opens=("handle_relocation_overdue",),
         stops=("relocation_promise",), notices=("relocation_overdue",)),
    Step("record_stability_evidence", (EMPLOYED,), None, HELPER, "L3 L5 A17",
         closes=("handle_unsteady_job", "handle_relocation_overdue"), opens=("handle_relocation_overdue",),
         stops=("stabilisation", "relocation_promise"), starts=("stabilisation", "relocation_promise")),
    Step("stabilisation_overdue", (EMPLOYED,), None, TIMER, "L1 A33", opens=("handle_unsteady_job",),
         stops=("stabilisation",), notices=("unsteady_job",)),
    Step("handle_unsteady_job", RECOGNISED, None, SUPERVISOR, "A33", closes=("handle_unsteady_job",)),
)

HARDSHIP: tuple[Step, ...] = (
    Step("mark_special_hardship", RECOGNISED, None, DESK, "N11", "post_owed", opens=("arrange_guaranteed_post",),
         notices=("guaranteed_post_owed",)),
    Step("mark_special_hardship", RECOGNISED, None, DESK, "N11"),
    Step("lift_special_hardship", RECOGNISED, None, (Role.CASEWORKER, Role.REVIEWER), "N11",
         closes=("arrange_guaranteed_post",)),
    Step("arrange_guaranteed_post", HELPED, None, COUNTY, "N11 J17", "kept_by_offer",
         closes=("arrange_guaranteed_post", "handle_overdue"), stops=("promise", "escalation")),
    Step("arrange_guaranteed_post", RECOGNISED, None, COUNTY, "N11 J17", closes=("arrange_guaranteed_post",)),
    Step("complete_contingency_step", RECOGNISED, None,
         (Role.CASEWORKER, Role.HELPER, Role.REVIEWER, Role.SUPERVISOR), "N16 J17", closes=("contingency_step",)),
)
# fmt: on
