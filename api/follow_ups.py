"""Monthly follow-ups (按月回访)."""

from api.steps import step_router

router = step_router("就业", "record_follow_up")
