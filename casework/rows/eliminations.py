"""Rows of an elimination that is withdrawn (撤销消除): the job was not real."""

from casework.rows.employment import IDLE, JOBLESS, LATE, STEADY, WORKING
from casework.step import ASSISTED, COUNTY, EMPLOYED, Step

TOLD = ("elimination_withdrawn", "elimination_withdrawn_staff")

# fmt: off
ELIMINATIONS: tuple[Step, ...] = (
    Step("withdraw_elimination", (EMPLOYED,), None, COUNTY, "A16 A35", "another_job",
         closes=("approve_elimination", "confirm_stable"),
         opens=("approve_elimination", "register_unemployed", *LATE), stops=STEADY,
         starts=("follow_up", *WORKING), notices=TOLD),
    Step("withdraw_elimination", (EMPLOYED,), ASSISTED, COUNTY, "A12 A16 A35", "elimination_not_approved",
         closes=JOBLESS, stops=IDLE, opens=("register_unemployed", "arrange_guaranteed_post", *LATE),
         starts=("promise", "relocation_promise", "escalation"), notices=TOLD),
    Step("withdraw_elimination", (EMPLOYED,), ASSISTED, COUNTY, "A16 A19 A35",
         closes=JOBLESS, stops=IDLE, starts=("relocation_promise",), notices=TOLD,
         opens=("register_unemployed", "restore_certification", "arrange_guaranteed_post")),
    Step("withdraw_elimination", (ASSISTED,), None, COUNTY, "A12 A16 A35", "promise_reopened",
         closes=("restore_certification",), opens=("arrange_guaranteed_post", *LATE), notices=TOLD,
         starts=("promise", "relocation_promise", "escalation")),
    Step("withdraw_elimination", (ASSISTED,), None, COUNTY, "A16 A35", notices=TOLD),
)
# fmt: on
