"""The nouns of the ledger in the order in which their routes are tried."""

from types import ModuleType

from console.ledger import files, pages

OF_THE_LEDGER: tuple[ModuleType, ...] = (files, pages)
