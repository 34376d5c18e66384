"""Guidance and training information (职业指导、培训信息)."""

from api.steps import step_router

router = step_router("帮扶", "record_service")
