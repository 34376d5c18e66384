"""Exit (退出): proposal, the household's response, the county's decision, the appeal, the effect."""

from api.steps import step_router

router = step_router(
    "退出",
    "propose_exit",
    "record_exit_response",
    "approve_exit",
    "reject_exit",
    "raise_appeal",
    "uphold_appeal",
    "dismiss_appeal",
    "confirm_exit_effect",
)
