"""The nouns of the register in the order in which their routes are tried: fixed words before numbers."""

from types import ModuleType

from console.register import household, lists

OF_THE_REGISTER: tuple[ModuleType, ...] = (lists, household)
