"""Rows of help (帮扶): helper, plan, registration, services, referrals."""

from casework.states import Role
from casework.step import ASSISTED, CERTIFIED, DESK, HELPED, HELPER, OPEN, RECOGNISED, Step

# fmt: off
ASSISTANCE: tuple[Step, ...] = (
    Step("assign_helper", (CERTIFIED,), ASSISTED, (Role.CASEWORKER, Role.SUPERVISOR), "N9 J17", "plan_signed",
         closes=("assign_helper",), notices=("helper_assigned", "helper_relieved")),
    Step("assign_helper", HELPED, None, (Role.CASEWORKER, Role.SUPERVISOR), "N9 J17", "promise_running",
         closes=("assign_helper",), notices=("helper_assigned", "helper_relieved")),
    Step("assign_helper", RECOGNISED, None, (Role.CASEWORKER, Role.SUPERVISOR), "N9 J17", closes=("assign_helper",),
         notices=("helper_takes_over", "helper_relieved")),
    Step("sign_plan", (CERTIFIED,), ASSISTED, HELPER, "J15", "helper_assigned", closes=("sign_plan", "update_plan")),
    Step("sign_plan", RECOGNISED, None, HELPER, "J15", closes=("sign_plan", "update_plan")),
    Step("register_member", OPEN, None, DESK, "A14", closes=("register_unemployed",)),
    Step("record_service", RECOGNISED, None, HELPER, "J18 N9"),
    Step("record_referral", HELPED, None, HELPER, "J18 J17 A11", "kept_by_offer",
         closes=("handle_overdue",), stops=("promise", "escalation")),
    Step("record_referral", HELPED, None, HELPER, "J18 J17"),
    Step("acknowledge_referral", RECOGNISED, None, HELPER, "A4"),
    Step("record_referral_outcome", RECOGNISED, None, HELPER, "A4 N11", opens=("arrange_guaranteed_post",)),
)
# fmt: on
