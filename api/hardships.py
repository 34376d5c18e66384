"""Special hardship (特别困难) and the guaranteed posts (托底安置) that follow."""

from api.steps import step_router

router = step_router("特别困难", "mark_special_hardship", "lift_special_hardship", "arrange_guaranteed_post")
