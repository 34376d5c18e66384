"""Rows of what happens by itself or to every case: birthdays, overdue tasks, a changed calendar."""

from casework.rows.promise import BREACHES
from casework.step import OPEN, RECOGNISED, REVIEW, TIMER, Step

# fmt: off
LIFE: tuple[Step, ...] = (
    Step("member_date_reached", RECOGNISED, None, TIMER, "A39 J12", "exit_newly_proposed", stops=("member_date",),
         opens=("decide_exit", "register_unemployed"), closes=("decide_exit",),
         starts=("exit_response", "member_date"), notices=("exit_proposed",)),
    Step("member_date_reached", RECOGNISED, None, TIMER, "A39", "exit_newly_withdrawn",
         stops=("member_date", "exit_response"), starts=("member_date",), closes=("decide_exit",),
         opens=("register_unemployed",), notices=("exit_proposal_withdrawn",)),
    Step("member_date_reached", RECOGNISED, None, TIMER, "A39", "exit_decision_lifted",
         stops=("member_date", "exit_effect"), starts=("member_date",),
         closes=("decide_appeal", "confirm_exit_effect"), opens=("register_unemployed",),
         notices=("exit_decision_lifted", "help_resumes")),
    Step("member_date_reached", OPEN, None, TIMER, "A39", stops=("member_date",), starts=("member_date",),
         opens=("register_unemployed",), notices=("member_age_changed",)),
    Step("task_overdue", OPEN, None, TIMER, "N18", notices=("task_overdue", "task_overdue_supervisor")),
    Step("adopt_calendar", RECOGNISED, None, TIMER, "A37 A38", "promise_goes_on", closes=BREACHES,
         stops=("escalation",), notices=("promise_moved",)),
    Step("adopt_calendar", RECOGNISED, None, TIMER, "A37 A38", "overdue_taken_back", closes=BREACHES,
         stops=("escalation",)),
    Step("adopt_calendar", RECOGNISED, None, TIMER, "A37 A38", "relocation_overdue_taken_back", closes=BREACHES),
    Step("adopt_calendar", RECOGNISED, None, TIMER, "A37 A38", "both_dates_moved",
         notices=("dates_moved", "promise_moved")),
    Step("adopt_calendar", RECOGNISED, None, TIMER, "A37 A38", "promise_date_moved", notices=("promise_moved",)),
    Step("adopt_calendar", OPEN, None, TIMER, "A37 A38", "household_date_moved", notices=("dates_moved",)),
    Step("adopt_calendar", OPEN, None, TIMER, "A37 A38"),
    Step("adopt_policy", (REVIEW,), None, TIMER, "A36", "special_settled", closes=("decide_special_situation",)),
    Step("adopt_policy", RECOGNISED, None, TIMER, "A36", "both_dates_moved", notices=("dates_moved", "promise_moved")),
    Step("adopt_policy", RECOGNISED, None, TIMER, "A36", "promise_date_moved", notices=("promise_moved",)),
    Step("adopt_policy", OPEN, None, TIMER, "A36", "household_date_moved", notices=("dates_moved",)),
    Step("adopt_policy", OPEN, None, TIMER, "A36"),
)
# fmt: on
