"""Why a promise was not kept (超期原因), confirmed by a supervisor."""

from api.steps import step_router

router = step_router("超期", "confirm_breach_cause")
