"""Closing a case after stable employment (稳定就业结案)."""

from api.steps import step_router

router = step_router("退出", "confirm_stable")
