"""The nouns of vacancies (岗位库), in the order in which their routes are tried: fixed addresses before ids."""

from types import ModuleType

from console.vacancies import entering, pool, sheet

OF_VACANCIES: tuple[ModuleType, ...] = (sheet, entering, pool)
