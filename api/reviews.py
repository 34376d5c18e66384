"""First review and county recheck (初审、复核): pass, decline, return."""

from api.steps import step_router

router = step_router(
    "审核", "pass_first_review", "decline_first_review", "pass_recheck", "decline_recheck", "return_to_office"
)
