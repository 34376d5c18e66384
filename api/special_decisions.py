"""The county's written decisions of a special situation, and of who counts as family (特殊情形)."""

from api.steps import step_router

router = step_router("受理", "decide_special_situation", "decide_member")
