"""Withdrawal of an application (撤回申请)."""

from api.steps import step_router

router = step_router("受理", "withdraw")
