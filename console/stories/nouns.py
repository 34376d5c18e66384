"""The pages of case stories, in the order in which their routes are tried."""

from types import ModuleType

from console.stories import library, making

OF_STORIES: tuple[ModuleType, ...] = (library, making)
