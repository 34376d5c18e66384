"""Refusals (拒绝岗位), the judgement of their reason, and the written warning."""

from api.steps import step_router

router = step_router("帮扶", "record_refusal", "judge_refusal", "issue_warning")
