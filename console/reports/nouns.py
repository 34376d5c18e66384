"""The pages of the monthly report (调度表), in the order in which their routes are tried."""

from types import ModuleType

from console.reports import acts, balances, lists, one, rows, sheets

OF_REPORTS: tuple[ModuleType, ...] = (lists, balances, sheets, one, rows, acts)
