"""The nouns of the steps' pages (办理), in the order in which their routes are tried."""

from types import ModuleType

from console.steps import done, online, pages, task_pages

OF_STEPS: tuple[ModuleType, ...] = (done, pages, online, task_pages)
