"""The pages of papers, in the order in which their routes are tried."""

from types import ModuleType

from console.papers import of_case, verify

OF_PAPERS: tuple[ModuleType, ...] = (of_case, verify)
