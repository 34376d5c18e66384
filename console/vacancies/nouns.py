"""The nouns of vacancies (岗位库), in the order in which their routes are tried: fixed addresses before ids."""

from types import ModuleType

from console.vacancies import answers, entering, pool, sheet, unmatched

OF_VACANCIES: tuple[ModuleType, ...] = (sheet, unmatched, answers, entering, pool)
