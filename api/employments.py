"""Employment (就业): recorded, approved or not believed."""

from api.steps import step_router

router = step_router(
    "就业",
    "record_employment",
    "approve_elimination",
    "reject_elimination",
    "withdraw_elimination",
    "record_stability_evidence",
    "handle_unsteady_job",
)
