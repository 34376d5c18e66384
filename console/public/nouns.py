"""The nouns of the public's door and of the desk behind it, in the order in which their routes are tried."""

from types import ModuleType

from console.apply import asked, check, papers, start
from console.public import applications_desk, board, codes, files, following, objecting, objections_desk

OF_THE_PUBLIC: tuple[ModuleType, ...] = (
    *(objecting, board, codes, following),
    *(start, check, papers, asked),
    *(objections_desk, applications_desk, files),
)
