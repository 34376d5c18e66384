"""Acceptance of an application (受理), POST /cases/{case_id}/acceptances."""

from api.steps import step_router

router = step_router("受理", "accept_application")
