"""The case that goes to another office (转移): handed over, taken over."""

from api.steps import step_router

router = step_router("转移", "transfer_case", "receive_transfer")
