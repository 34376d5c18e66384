"""Rows of key-monitored households (重点监控) and of the help that may begin before the seal."""

from casework.states import Role
from casework.step import APPLIED, COUNTY, DESK, EXITED, HELPER, PUBLICITY, REVIEW, TIMER, Step

CHECKED = ("first_review", "compare_online", "visit_home", "register_unemployed", "assign_helper")
EARLY = (REVIEW, PUBLICITY)

# fmt: off
MONITORING: tuple[Step, ...] = (
    Step("open_monitoring", (), APPLIED, DESK, "J14 A33", starts=("member_date", "monitoring"),
         notices=("monitoring_opened",)),
    Step("monitoring_visit_due", (APPLIED,), None, TIMER, "J14", opens=("monitoring_visit",), starts=("monitoring",)),
    Step("record_monitoring_visit", (APPLIED,), None, DESK, "J14 A33", "monitoring_better",
         opens=("decide_monitoring",), closes=("monitoring_visit",)),
    Step("record_monitoring_visit", (APPLIED,), None, DESK, "J14 A33",
         closes=("monitoring_visit", "decide_monitoring")),
    Step("end_monitoring", (APPLIED,), EXITED, COUNTY, "J14", notices=("monitoring_ended",)),
    Step("record_job_loss", (APPLIED,), None, DESK, "J14", "still_monitored"),
    Step("record_job_loss", (APPLIED,), REVIEW, DESK, "J14 A33 J3", "special_situation",
         opens=("decide_special_situation", *CHECKED), closes=("monitoring_visit", "decide_monitoring"),
         stops=("monitoring",), notices=("assistance_opened", "assistance_opened_staff")),
    Step("record_job_loss", (APPLIED,), REVIEW, DESK, "J14 A33", opens=CHECKED,
         closes=("monitoring_visit", "decide_monitoring"), stops=("monitoring",),
         notices=("assistance_opened", "assistance_opened_staff")),
    Step("assign_helper", EARLY, None, (Role.CASEWORKER, Role.SUPERVISOR), "J14 N9", closes=("assign_helper",),
         notices=("helper_takes_over", "helper_relieved")),
    Step("record_service", EARLY, None, HELPER, "J14 J18"),
    Step("record_referral", EARLY, None, HELPER, "J14 J18"),
    Step("record_referral_outcome", EARLY, None, HELPER, "J14 A4"),
)
# fmt: on
