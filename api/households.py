"""The household that changes (家庭情况变更): facts amended, members who come and go."""

from api.steps import step_router

router = step_router("家庭情况变更", "amend_household", "add_member", "remove_member")
