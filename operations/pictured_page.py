"""One line of the list of pictured pages (配图的一行): what it says, and who looks; the list: `pictured_pages.py`."""

from dataclasses import dataclass
from typing import Literal

Act = tuple[Literal["fill", "choose", "tick", "press", "follow"], str] | tuple[Literal["fill", "choose"], str, str]
"""What is done on the page: ("fill", label, text), ("choose", label, words), ("tick", label), ("press", button),
("follow", link)."""

NOBODY = ""
CASEWORKER, HELPER, REVIEWER = "cw-220302004-1", "hp-220302004-1", "rv-220302-1"
SEALER, SUPERVISOR, ADMINISTRATOR = "rv-220302-2", "sv-220300", "admin"
WORK = "work"
WITH_CODES, PASSWORD = "sv-220200", "{password}"


@dataclass(frozen=True, slots=True)
class PicturedPage:
    """One picture: the name of its files, what it shows, who looks, where, and what is done there first.

    `who` is signed in already; a page of signing in itself is looked at by `NOBODY`.
    """

    name: str
    shows: str
    who: str
    path: str
    acts: tuple[Act, ...] = ()
    ends_at: str = ""
    """Where the acts lead, when that is another page; `*` stands for what is another each time."""
    status: int = 200
    """With which the page at `path` is answered."""
