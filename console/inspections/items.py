"""What looks wrong in an area (核查线索): both indicators on top, the kinds with their numbers, the list, the file.

Nothing about persons stands here: cases by number, households of the register by 户编号.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from console import words
from console.asking import for_roles
from console.export import exported
from console.inspections.asked import READERS, ROOT, Reader, area_names
from console.listing import SIZE, Column, Listing, Wanted, wanted
from console.rendering import page
from console.supervision.area import View, view_of
from desk import radar
from desk.desk import Caller, Desk
from desk.radar import Shown
from desk.radar_lately import listed_lately
from policies.citations import cited
from records import radar_rows
from records.radar import listed_since
from register.radar_items import Kind

router = APIRouter()

FILTERS = ("kind", "area", "show")
SORTS = ("since", "office")
KINDS = {kind.value: kind for kind in Kind}
DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Tile:
    """A number on top with the address of exactly its rows."""

    words: str
    number: int
    link: str
    meaning: str


@router.get(ROOT, **for_roles(READERS))
def listed(request: Request, desk: OurDesk, now: Now, caller: Reader) -> Response:
    asked = wanted(request, sorts=SORTS, filters=FILTERS, sort="")
    view, found, listing, certified, at = _read(request, desk, caller, now, asked, SIZE)
    open_ones = Counter(each.item.kind for each in found if each.dismissed_by is None)
    tiles = [Tile(k.words, open_ones[k], listing.address(kind=k.value, show="", page=1), k.meaning) for k in Kind]
    return page(
        request,
        "inspections/items.html",
        title="核查线索",
        view=view,
        listing=listing,
        tiles=tiles,
        certified=certified,
        drawn_at=at if at < now else None,
        missed=sum(1 for each in found if each.item.kind is Kind.PROMISE),
        kind=KINDS.get(asked.get("kind") or ""),
        kinds=[(k.value, k.words) for k in Kind],
        dismissed=sum(1 for each in found if each.dismissed_by is not None),
        showing_dismissed=asked.get("show") == DISMISSED,
        supervises=caller.role.value == "supervisor",
    )


@router.get(ROOT + "/export.{kind}", **for_roles(READERS))
def export(request: Request, desk: OurDesk, now: Now, caller: Reader, kind: str) -> Response:
    asked = wanted(request, sorts=SORTS, filters=FILTERS, sort="")
    _, _, listing, _, _ = _read(request, desk, caller, now, asked, None)
    return exported(listing.name, listing.columns, listing.rows, kind)


def _read(
    request: Request, desk: Desk, caller: Caller, now: datetime, asked: Wanted, size: int | None
) -> tuple[View, tuple[Shown, ...], Listing[Shown], int, datetime]:
    with desk.record.read() as work:
        view = view_of(request, work, desk, caller, now)
        drawn, at = listed_lately(desk.record, work, caller.scope, view.today, view.area, now)
        found = radar.marked(work, caller.scope, drawn)
        kind = KINDS.get(asked.get("kind") or "")
        gone = asked.get("show") == DISMISSED
        rows = [s for s in found if (s.dismissed_by is not None) is gone and kind in (None, s.item.kind)]
        if asked.sort:
            rows.sort(key=_ORDERS[asked.sort], reverse=asked.descending)
        shown = rows if size is None else rows[asked.offset : asked.offset + size]
        names = area_names(work, {each.item.office for each in shown})
        since = listed_since(work, (each.item.key for each in shown))
        certified = radar_rows.certified_now(work, caller.scope, view.area)
    columns: tuple[Column[Shown], ...] = (
        Column("kind", "类别", lambda r: r.item.kind.words),
        Column("office", "地区或机构", lambda r: names[r.item.office], sortable=True),
        Column("what", "对象", object_of, address_of),
        Column("says", "为什么列入", lambda r: r.item.says),
        Column("clause", "依据", lambda r: cited(r.item.clause)),
        Column("since", "自", lambda r: words.day(r.item.since), sortable=True),
        Column("state", "说明", lambda r: _state(r, since.get(r.item.key))),
    )
    empty = "没有已销号的线索。" if gone else "现在没有列入的线索。地区的登记失业人数没有填报的，不判断“持续为零”。"
    listing = Listing("inspections", ROOT, columns, shown, len(rows), asked, empty)
    return view, found, listing, certified, at


_ORDERS: dict[str, Callable[[Shown], tuple[Any, Any]]] = {
    "since": lambda s: (s.item.since, s.item.subject),
    "office": lambda s: (s.item.office, s.item.since),
}


def address_of(shown: Shown) -> str:
    return f"{ROOT}/items/{shown.item.kind.value}/{shown.item.subject}"


def object_of(shown: Shown) -> str:
    """Return what an item is about: a case, a household of the register, an employer, an area."""
    item = shown.item
    facts = dict(item.facts)
    if item.kind is Kind.UNRECOGNISED:
        return f"户编号 {facts['户编号']}"
    if item.kind is Kind.PLACEMENTS:
        return facts["用人单位"]
    return item.case_ids[0] if item.case_ids else f"地区 {item.office}"


def _state(shown: Shown, since: date | None) -> str:
    if shown.dismissed_by is not None:
        return f"账号 {shown.dismissed_by} 已销号"
    again = "曾销号，有新情况" if shown.before else ""
    return again or (f"{words.day(since)}起在册" if since else "新列入")
