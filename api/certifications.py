"""The seal (加盖印章认定)."""

from api.steps import step_router

router = step_router("审核", "certify")
