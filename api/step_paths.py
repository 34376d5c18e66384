"""Where each step of a person is taken over HTTP: trigger → path below `/api/v1/cases/{case_id}`.

Every person's step of the table has exactly one path; a test holds the two together.  Opening a case is not here: it
is `POST /api/v1/cases`.
"""

from collections.abc import Mapping

STEP_PATHS: Mapping[str, str] = {
    "accept_application": "acceptances",
    "decide_special_situation": "special-decisions",
    "decide_member": "special-decisions/members",
    "record_comparison": "comparisons",
    "judge_comparison_hit": "comparisons/findings",
    "record_visit": "visits",
    "ask_supplement": "supplements",
    "record_supplement": "supplements/receipts",
    "pass_first_review": "reviews/first-pass",
    "decline_first_review": "reviews/first-decline",
    "pass_recheck": "reviews/recheck-pass",
    "decline_recheck": "reviews/recheck-decline",
    "return_to_office": "reviews/return",
    "post_publicity": "publicity/postings",
    "record_publicity_proof": "publicity/proofs",
    "take_down_publicity": "publicity/take-downs",
    "report_up": "publicity/report-ups",
    "raise_objection": "objections",
    "dismiss_objection": "objections/dismissals",
    "uphold_objection": "objections/upholdings",
    "correct_objection": "objections/corrections",
    "conclude_review": "objections/reviews",
    "declare_conflict": "conflicts",
    "certify": "certifications",
    "withdraw": "withdrawals",
    "assign_helper": "helpers",
    "sign_plan": "plans",
    "register_member": "registrations",
    "record_service": "services",
    "record_referral": "referrals",
    "record_referral_outcome": "referrals/outcomes",
    "record_refusal": "refusals",
    "judge_refusal": "refusals/judgements",
    "issue_warning": "refusals/warnings",
    "record_contact": "contacts",
    "confirm_breach_cause": "breach-causes",
    "suspend_promise": "suspensions",
    "resume_promise": "suspensions/resumptions",
    "flag_relocation": "relocations",
    "mark_special_hardship": "hardships",
    "lift_special_hardship": "hardships/liftings",
    "arrange_guaranteed_post": "guaranteed-posts",
    "complete_contingency_step": "plan-steps",
    "record_stability_evidence": "employments/evidence",
    "handle_unsteady_job": "employments/unsteady",
    "propose_exit": "exits/proposals",
    "record_exit_response": "exits/responses",
    "approve_exit": "exits/approvals",
    "reject_exit": "exits/rejections",
    "record_employment": "employments",
    "approve_elimination": "employments/approvals",
    "reject_elimination": "employments/rejections",
    "withdraw_elimination": "employments/withdrawals",
    "record_job_loss": "job-losses",
    "restore_certification": "restorations",
    "record_follow_up": "follow-ups",
    "confirm_stable": "closures",
    "record_monitoring_visit": "monitoring/visits",
    "end_monitoring": "monitoring/endings",
    "transfer_case": "transfers",
    "receive_transfer": "transfers/receipts",
    "amend_household": "household/amendments",
    "add_member": "household/members",
    "remove_member": "household/departures",
}


def step_url(case_id: str, trigger: str) -> str:
    """Return the path a step is posted to."""
    return f"/api/v1/cases/{case_id}/{STEP_PATHS[trigger]}"
