"""The assistance plan (帮扶方案，一人一策)."""

from api.steps import step_router

router = step_router("帮扶", "sign_plan")
