"""Which pages are pictured, and looked at with axe, in this order: the one list of the console's pages (配图清单).

A new page gets its line here; a test holds this list against the routes.  `{name}` in an address is the case of that
name in `pictured_cases.py`.  Some pages show only after something was typed or chosen: `acts` says what.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Act = tuple[Literal["fill", "choose", "tick", "press", "follow"], str] | tuple[Literal["fill", "choose"], str, str]
"""What is done on the page: ("fill", label, text), ("choose", label, words), ("tick", label), ("press", button),
("follow", link)."""

NOBODY = ""
CASEWORKER, HELPER, REVIEWER = "cw-220302004-1", "hp-220302004-1", "rv-220302-1"
SUPERVISOR, ADMINISTRATOR = "sv-220300", "admin"


@dataclass(frozen=True, slots=True)
class PicturedPage:
    """One picture: the name of its files, what it shows, who looks, where, and what is done there first."""

    name: str
    shows: str
    who: str
    path: str
    acts: tuple[Act, ...] = ()


PAGES: Sequence[PicturedPage] = (
    PicturedPage("welcome", "首页（未登录）", NOBODY, "/"),
    PicturedPage("sign-in", "工作人员登录", NOBODY, "/sign-in"),
    PicturedPage(
        "sign-in-mistakes",
        "登录：内容有误",
        NOBODY,
        "/sign-in",
        (("fill", "账号", "cw-220302004-1"), ("press", "登录")),
    ),
    PicturedPage("not-found", "没有找到这一页", NOBODY, "/there-is-no-such-page"),
)

NOT_PICTURED: Mapping[str, str] = {
    "/static/{digest}/{name}": "files that pages bring along",
}
"""Routes that are no page, and why."""
