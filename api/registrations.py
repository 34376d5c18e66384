"""Registration of a member as unemployed (失业登记)."""

from api.steps import step_router

router = step_router("帮扶", "register_member")
