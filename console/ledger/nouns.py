"""The nouns of the ledger in the order in which their routes are tried."""

from types import ModuleType

from console.ledger import pages

OF_THE_LEDGER: tuple[ModuleType, ...] = (pages,)
