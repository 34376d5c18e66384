"""The county's written decision of a special situation (特殊情形)."""

from api.steps import step_router

router = step_router("受理", "decide_special_situation")
