"""Rows from application to the seal (申请、初审、公示、复核、认定)."""

from casework.step import APPLIED, BEFORE_SEAL, CERTIFIED, COUNTY, DESK, EXITED, PUBLICITY, REVIEW, TIMER, Step

# fmt: off
RECOGNITION: tuple[Step, ...] = (
    Step("apply", (), APPLIED, DESK, "N3 J4", opens=("accept_application",), starts=("member_date",),
         notices=("application_received",)),
    Step("accept_application", (APPLIED,), REVIEW, DESK, "J3 A24", "special_situation",
         opens=("decide_special_situation", "first_review", "compare_online", "visit_home"),
         closes=("accept_application",)),
    Step("accept_application", (APPLIED,), REVIEW, DESK, "J4 J5",
         opens=("first_review", "compare_online", "visit_home"), closes=("accept_application",)),
    Step("decide_special_situation", (REVIEW, PUBLICITY), EXITED, COUNTY, "J3", "special_denied",
         notices=("not_recognised", "application_declined")),
    Step("decide_special_situation", (REVIEW, PUBLICITY), None, COUNTY, "J3", closes=("decide_special_situation",),
         notices=("special_situation_recognised",)),
    Step("pass_first_review", (REVIEW,), None, DESK, "J5 N2", opens=("post_publicity",),
         closes=("first_review", "compare_online", "visit_home")),
    Step("decline_first_review", (REVIEW,), EXITED, DESK, "J5 N2", notices=("not_recognised",)),
    Step("post_publicity", (REVIEW, PUBLICITY), PUBLICITY, DESK, "J6 A8", "proof_needed", closes=("post_publicity",),
         opens=("record_proof",), starts=("publicity",), notices=("publicity_started",)),
    Step("post_publicity", (REVIEW, PUBLICITY), PUBLICITY, DESK, "J6 A8", closes=("post_publicity",),
         starts=("publicity",), notices=("publicity_started",)),
    Step("record_publicity_proof", (PUBLICITY,), None, DESK, "A8", closes=("record_proof",)),
    Step("take_down_publicity", (PUBLICITY,), None, DESK, "A8", opens=("post_publicity",),
         closes=("report_up", "record_proof"), stops=("publicity",), notices=("publicity_interrupted",)),
    Step("publicity_ended", (PUBLICITY,), None, TIMER, "J6 A8", opens=("report_up",), stops=("publicity",)),
    Step("report_up", (PUBLICITY,), None, DESK, "J6", opens=("county_recheck",), closes=("report_up",)),
    Step("pass_recheck", (PUBLICITY,), None, COUNTY, "J7 A30", opens=("seal",), closes=("county_recheck",)),
    Step("return_to_office", (PUBLICITY,), REVIEW, COUNTY, "J7", opens=("first_review",),
         closes=("county_recheck", "seal", "report_up", "post_publicity", "record_proof"), stops=("publicity",),
         notices=("returned_to_office",)),
    Step("decline_recheck", (PUBLICITY,), EXITED, COUNTY, "J7 N2",
         notices=("not_recognised", "application_declined")),
    Step("certify", (PUBLICITY,), CERTIFIED, COUNTY, "J7 J19 A10 A30", starts=("promise", "relocation_promise"),
         closes=("seal", "judge_hit", "decide_special_situation"),
         opens=("assign_helper", "sign_plan", "register_unemployed", "contingency_step"), notices=("certified",)),
    Step("withdraw", BEFORE_SEAL, EXITED, DESK, "A41", notices=("application_withdrawn",)),
)
# fmt: on
