"""The helper of a case (帮扶责任人)."""

from api.steps import step_router

router = step_router("帮扶", "assign_helper")
