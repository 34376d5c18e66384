"""The nouns of vacancies (岗位库), in the order in which their routes are tried: fixed addresses before ids."""

from types import ModuleType

from console.vacancies import answers, entering, pool, sheet, sheet_found, unmatched

OF_VACANCIES: tuple[ModuleType, ...] = (sheet, sheet_found, unmatched, answers, entering, pool)
