"""Lists (清单): columns, sorting, pages, and an export of exactly what is filtered.  One shape for every list.

A page reads `Wanted` from its address, asks the record for `(rows, total)`, and shows a `Listing` with the macro of
`components/listing.html`.  The same listing as a file: `export.py`.  Filters travel in the address, so a list can be
kept as a bookmark; numbers, names and phones never do.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar
from urllib.parse import urlencode

from starlette.requests import Request

R = TypeVar("R")

SIZE = 50
LONGEST_PAGE_NUMBER = 100_000


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column.  `text` is what is shown and exported; `link` makes it a link; `tone` colours it (see words.Due)."""

    key: str
    title: str
    text: Callable[[R], str]
    link: Callable[[R], str | None] | None = None
    tone: Callable[[R], str] | None = None
    sortable: bool = False
    number: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for.  `sort` is a sortable column; `filters` are the non-empty ones the page knows."""

    page: int = 1
    sort: str = ""
    descending: bool = False
    filters: Mapping[str, str] = field(default_factory=dict)

    @property
    def offset(self) -> int:
        return (self.page - 1) * SIZE

    def get(self, name: str) -> str | None:
        return self.filters.get(name)

    def within(self, total: int) -> "Wanted":
        """Return this, at the last page at most: a list grows shorter while somebody works through it."""
        return replace(self, page=min(self.page, pages_of(total)))


def pages_of(total: int) -> int:
    """Return how many pages so many rows fill; nothing fills one."""
    return max(1, -(-total // SIZE))


def wanted(request: Request, *, sorts: Sequence[str], filters: Sequence[str], sort: str = "") -> Wanted:
    """Read the address; whatever makes no sense is taken as not said."""
    asked = request.query_params
    number = asked.get("page", "1")
    by = asked.get("sort", sort)
    chosen = {name: asked[name][:80] for name in filters if asked.get(name)}
    return Wanted(
        page=max(1, min(int(number), LONGEST_PAGE_NUMBER)) if number.isascii() and number.isdigit() else 1,
        sort=by if by in sorts else sort,
        descending=asked.get("order") == "desc",
        filters=chosen,
    )


@dataclass(frozen=True, slots=True)
class Listing(Generic[R]):
    """A list ready to be shown.  `name` names an exported file; `empty` says what to do when there is nothing."""

    name: str
    path: str
    columns: tuple[Column[R], ...]
    rows: Sequence[R]
    total: int
    wanted: Wanted
    empty: str
    exports: bool = True

    @property
    def pages(self) -> int:
        return pages_of(self.total)

    @property
    def past_the_end(self) -> bool:
        """Whether only this page is empty: the rows are on pages before it."""
        return not self.rows and self.wanted.page > 1

    @property
    def first(self) -> int:
        return self.wanted.offset + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return self.wanted.offset + len(self.rows)

    def address(self, **changed: str | int) -> str:
        """Return this list's address with something changed; an empty value is left out."""
        now = self.wanted
        said: dict[str, str | int] = {**now.filters, "sort": now.sort, "order": "desc" if now.descending else ""}
        said |= {"page": now.page if now.page > 1 else "", **changed}
        query = urlencode({name: value for name, value in said.items() if value not in ("", 1)})
        return f"{self.path}?{query}" if query else self.path

    def sorted_address(self, column: Column[R]) -> str:
        """Return the address that sorts by a column, or turns the order when it already does."""
        turned = self.wanted.sort == column.key and not self.wanted.descending
        return self.address(sort=column.key, order="desc" if turned else "", page=1)

    def export_address(self, kind: str) -> str:
        """Return the address of the file; `path` + /export must be a route of the page's noun."""
        address = self.address(page=1)
        path, _, query = address.partition("?")
        return f"{path}/export.{kind}" + (f"?{query}" if query else "")
