"""Rows of an elimination that is withdrawn (撤销消除): the job was not real."""

from casework.step import ASSISTED, COUNTY, EMPLOYED, Step

TOLD = ("elimination_withdrawn", "elimination_withdrawn_staff")

# fmt: off
ELIMINATIONS: tuple[Step, ...] = (
    Step("withdraw_elimination", (EMPLOYED,), None, COUNTY, "A16 A35", "another_job",
         closes=("approve_elimination", "confirm_stable"),
         opens=("approve_elimination", "register_unemployed", "handle_overdue"),
         starts=("follow_up", "stability"), notices=TOLD),
    Step("withdraw_elimination", (EMPLOYED,), ASSISTED, COUNTY, "A12 A16 A35", "elimination_not_approved",
         closes=("approve_elimination", "follow_up", "confirm_stable"), stops=("follow_up", "stability"),
         opens=("register_unemployed", "handle_overdue"), starts=("promise",), notices=TOLD),
    Step("withdraw_elimination", (EMPLOYED,), ASSISTED, COUNTY, "A16 A19 A35",
         closes=("approve_elimination", "follow_up", "confirm_stable"), stops=("follow_up", "stability"),
         opens=("register_unemployed", "restore_certification"), notices=TOLD),
    Step("withdraw_elimination", (ASSISTED,), None, COUNTY, "A12 A16 A35", "promise_reopened",
         closes=("restore_certification",), opens=("handle_overdue",), starts=("promise",),
         notices=TOLD),
    Step("withdraw_elimination", (ASSISTED,), None, COUNTY, "A16 A35", notices=TOLD),
)
# fmt: on
