"""Households moved back after shanty-town renewal (棚改回迁): a promise of their own."""

from api.steps import step_router

router = step_router("棚改回迁", "flag_relocation")
