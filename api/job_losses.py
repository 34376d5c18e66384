"""Loss of a job (重新失业)."""

from api.steps import step_router

router = step_router("就业", "record_job_loss")
