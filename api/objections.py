"""Objections (异议), what became of them, and who must keep away (回避)."""

from api.steps import step_router

router = step_router(
    "公示",
    "raise_objection",
    "dismiss_objection",
    "uphold_objection",
    "correct_objection",
    "conclude_review",
    "declare_conflict",
)
