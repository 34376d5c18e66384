"""The nouns of imports in the order in which their routes are tried: fixed words before numbers."""

from types import ModuleType

from console.imports import acts, found, start

OF_IMPORTS: tuple[ModuleType, ...] = (start, acts, found)
