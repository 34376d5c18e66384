"""Online comparisons (线上比对) and what a person makes of a hit."""

from api.steps import step_router

router = step_router("核查", "record_comparison", "judge_comparison_hit")
