"""Home visits (入户走访)."""

from api.steps import step_router

router = step_router("核查", "record_visit")
