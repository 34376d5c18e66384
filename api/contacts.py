"""Attempts to reach a household (联系)."""

from api.steps import step_router

router = step_router("帮扶", "record_contact")
