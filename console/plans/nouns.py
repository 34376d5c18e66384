"""The nouns of plans (帮扶方案), in the order in which their routes are tried."""

from types import ModuleType

from console.plans import matching, pages

OF_PLANS: tuple[ModuleType, ...] = (matching, pages)
