"""Rows of the placement promise (安置承诺)."""

from casework.step import HELPED, RECOGNISED, SUPERVISOR, TIMER, Step

# fmt: off
PROMISE: tuple[Step, ...] = (
    Step("promise_reminder", HELPED, None, TIMER, "J19", notices=("promise_due_soon",)),
    Step("services_checked", HELPED, None, TIMER, "J18", "services_lag", notices=("services_lagging",)),
    Step("services_checked", HELPED, None, TIMER, "J18"),
    Step("promise_overdue", HELPED, None, TIMER, "J19 A12", opens=("handle_overdue",), stops=("promise",),
         notices=("promise_overdue", "promise_overdue_supervisor")),
    Step("confirm_breach_cause", RECOGNISED, None, SUPERVISOR, "J21 A12", closes=("handle_overdue",)),
)
# fmt: on
