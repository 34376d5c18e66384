"""Steps of the contingency plan (即时援助预案) that start by themselves."""

from api.steps import step_router

router = step_router("即时援助预案", "complete_contingency_step")
