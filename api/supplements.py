"""Supplements (补正): papers asked for and received."""

from api.steps import step_router

router = step_router("核查", "ask_supplement", "record_supplement")
