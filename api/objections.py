"""Objections (异议) and what became of them."""

from api.steps import step_router

router = step_router("公示", "raise_objection", "dismiss_objection", "uphold_objection")
