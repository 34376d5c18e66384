"""The nouns of the statistics in the order in which their routes are tried."""

from types import ModuleType

from console.figures import pages, rows

OF_THE_STATISTICS: tuple[ModuleType, ...] = (rows, pages)
