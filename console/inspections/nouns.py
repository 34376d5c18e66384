"""The pages of the integrity radar and of inspections, in the order in which their routes are tried."""

from types import ModuleType

from console.inspections import all_inspections, areas, items, one_inspection, one_item

OF_INSPECTIONS: tuple[ModuleType, ...] = (items, one_item, areas, all_inspections, one_inspection)
