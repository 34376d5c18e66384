"""The nouns of the register in the order in which their routes are tried: fixed words before numbers."""

from types import ModuleType

from console.register import at_the_door, handed, household, layoff_lists, lists, one_round, paper, rounds, visits

OF_THE_REGISTER: tuple[ModuleType, ...] = (
    lists,
    rounds,
    handed,
    visits,
    at_the_door,
    paper,
    one_round,
    layoff_lists,
    household,
)
