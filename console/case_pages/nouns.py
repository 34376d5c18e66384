"""The pages of a case, in the order in which their routes are tried."""

from types import ModuleType

from console.case_pages import clocks, comparisons, looks, messages, overview, people, timeline

OF_A_CASE: tuple[ModuleType, ...] = (overview, clocks, people, timeline, messages, looks, comparisons)
