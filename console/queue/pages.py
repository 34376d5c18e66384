"""The work queue (工作台): a caller's open tasks, most urgent first; claimed and given back in the row.

The address says which shelf and which filters; forms carry it along in their own address, so that one comes back to
the same list.  What the second claimer is told is the record's word: who has it and since when.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, Now, OurDesk
from casework.errors import Conflict, SaidNo
from casework.states import State
from casework.tasks import TASK_KINDS
from console.asking import Posted, Staff, for_roles
from console.export import MOST_ROWS, exported
from console.forms import Form, Mistake
from console.listing import SIZE, Listing, Wanted, wanted
from console.queue.lines import COLUMNS, QueueLine, lines_of
from console.queue.narrowing import (
    DUE,
    HINTS,
    NAMES,
    days_of,
    filter_of,
    kept_query,
    shelf_of,
    shelf_words,
    wanted_of,
)
from console.rendering import page
from console.sending_on import go
from desk import saved_filters, tasks
from desk.desk import Caller, Desk
from desk.errors import NotFound
from records.calendars import newest_for
from records.engine import Reading
from records.queue import SORTS, QueueFilter, Shelf, communities_in, queue_count, queue_page, shelf_counts
from records.saved_filters import SavedFilter, filters_of

router = APIRouter()

PATH = "/queue"
LIST = "queue"
EMPTY = {
    Shelf.WORK: "现在没有待您办理的事项。可以到“全部”查看范围内其他待办，或从“个案”查看各户情况。",
    Shelf.MINE: "您还没有领取待办。到“未认领”中按“领取”，别人就知道由您办理。",
    Shelf.FREE: "没有未领取的待办。",
    Shelf.OVERDUE: "没有超期的待办。",
    Shelf.WAITING: "没有等待其他角色办理的事项。",
    Shelf.ALL: "范围内没有未办结的待办。",
}
NARROWED = "没有符合这些条件的待办。请放宽条件，或换一个分类。"

_TASK = r"^[0-9A-Za-z-]{1,40}/[0-9A-Za-z_-]{1,120}$"


@dataclass(frozen=True, slots=True)
class Tab:
    """A shelf or a kept filter with its count."""

    words: str
    address: str
    count: int
    here: bool


@router.get(PATH, **for_roles(STAFF))
def queue(request: Request, desk: OurDesk, caller: Staff, now: Now) -> Response:
    return _page(request, desk, caller, now)


@router.get(PATH + "/export.{kind}", **for_roles(STAFF))
def export(
    request: Request, desk: OurDesk, caller: Staff, now: Now, kind: Annotated[str, Path(pattern="^(csv|xlsx)$")]
) -> Response:
    """Return exactly what is filtered, in its order."""
    asked = _wanted(request)
    with desk.record.read() as work:
        found = _Found(work, desk, caller, now)
        return exported("queue", COLUMNS, found.lines(asked, MOST_ROWS, 0), kind)


@router.post(PATH + "/claims", **for_roles(STAFF))
def claim_or_release(request: Request, desk: OurDesk, caller: Staff, now: Now, form: Posted) -> Response:
    """Claim a task (whoever comes second is told who was first), or give a claim back: as the button says."""
    given_back = form.text("release")
    named = given_back or form.text("claim") or ""
    if not re.fullmatch(_TASK, named):
        raise NotFound("待办")
    case_id, _, task_id = named.partition("/")
    try:
        if given_back:
            tasks.release(desk, caller, case_id, task_id)
        else:
            tasks.claim(desk, caller, case_id, task_id, now)
    except Conflict as error:
        return _page(request, desk, caller, now, told=error.message, status=409)
    query = f"?{request.url.query}" if request.url.query else ""
    return go(f"{PATH}{query}#{case_id}-{task_id}")


@router.post(PATH + "/filters", **for_roles(STAFF))
def keep(request: Request, desk: OurDesk, caller: Staff, now: Now, form: Posted) -> Response:
    """Keep what the list is narrowed to, under a name."""
    query = kept_query(request.url.query)
    try:
        saved_filters.keep_filter(desk, caller, LIST, form.text("name"), query, now)
    except SaidNo as error:
        return _page(request, desk, caller, now, form=form, mistakes=(Mistake("name", error.message),), status=422)
    return go(f"{PATH}?{query}")


@router.post(PATH + "/filters/deletion", **for_roles(STAFF))
def drop(desk: OurDesk, caller: Staff, form: Posted) -> Response:
    """Forget a filter of one's own."""
    saved_filters.drop_filter(desk, caller, form.text("filter") or "")
    return go(PATH)


class _Found:
    """The queue of a caller at one moment: one snapshot, one calendar, the days it is for its cases."""

    def __init__(self, work: Reading, desk: Desk, caller: Caller, now: datetime) -> None:
        self._work, self._caller, self._now = work, caller, now
        self._calendar = newest_for(work, caller.area)
        self._days = days_of(work, caller, now, drill=desk.drill)

    def count(self, asked: Wanted) -> int:
        return queue_count(self._work, self._caller.scope, self._filter(asked))

    def on_shelves(self, shelves: Sequence[Shelf]) -> dict[Shelf, int]:
        return shelf_counts(self._work, self._caller.scope, shelves)

    def lines(self, asked: Wanted, limit: int, offset: int) -> tuple[QueueLine, ...]:
        rows = queue_page(
            self._work,
            self._caller.scope,
            self._filter(asked),
            sort=asked.sort,
            descending=asked.descending,
            offset=offset,
            limit=limit,
        )
        return lines_of(self._work, self._caller, rows, self._now)

    def _filter(self, asked: Wanted) -> QueueFilter:
        return filter_of(asked, self._calendar, self._days, self._now)


def _wanted(request: Request) -> Wanted:
    return wanted(request, sorts=SORTS, filters=NAMES, sort="due")


def _page(
    request: Request,
    desk: Desk,
    caller: Caller,
    now: datetime,
    *,
    form: Form | None = None,
    mistakes: tuple[Mistake, ...] = (),
    told: str = "",
    status: int = 200,
) -> Response:
    asked = _wanted(request)
    with desk.record.read() as work:
        found = _Found(work, desk, caller, now)
        shelf = shelf_of(asked)
        narrowed = any(asked.get(name) for name in NAMES if name != "shelf")
        shelves = found.on_shelves(tuple(Shelf))
        total = found.count(asked) if narrowed else shelves[shelf]
        asked = asked.within(total)
        lines = found.lines(asked, SIZE, asked.offset)
        kept = filters_of(work, caller.account, LIST)
        tabs = _tabs(found, caller, asked, total, kept, shelves)
        communities = communities_in(work, caller.scope)
    listing = Listing(LIST, PATH, COLUMNS, lines, total, asked, NARROWED if narrowed else EMPTY[shelf])
    return page(
        request,
        "queue/queue.html",
        title="工作台",
        status=status,
        listing=listing,
        tabs=tabs,
        kept=kept,
        shelf=shelf.value,
        heading=shelf_words(shelf, caller.role),
        hint=HINTS[shelf],
        narrowed=narrowed,
        query=listing.address().partition("?")[2],
        told=told,
        form=form or Form(),
        mistakes=mistakes,
        kinds=_kinds(caller),
        states=[(state.value, state.words) for state in State],
        dues=DUE,
        communities=[(name, name) for name in communities],
    )


def _tabs(
    found: _Found,
    caller: Caller,
    asked: Wanted,
    total: int,
    kept: tuple[SavedFilter, ...],
    counts: Mapping[Shelf, int],
) -> tuple[list[Tab], list[Tab]]:
    """Return the shelves and the kept filters; the one that is open has been counted already."""
    open_ = kept_query(urlencode(dict(asked.filters)))
    queries = {shelf: "" if shelf is Shelf.WORK else f"shelf={shelf.value}" for shelf in Shelf}
    here = {shelf for shelf in Shelf if open_ in (queries[shelf], f"shelf={shelf.value}")}
    shelves = [
        Tab(
            shelf_words(shelf, caller.role),
            f"{PATH}?{query}" if query else PATH,
            counts[shelf],
            shelf in here,
        )
        for shelf, query in queries.items()
    ]
    own = []
    for one in kept:
        same = wanted_of(one.query).filters == asked.filters
        own.append(Tab(one.name, f"{PATH}?{one.query}", total if same else found.count(wanted_of(one.query)), same))
    return shelves, own


def _kinds(caller: Caller) -> list[tuple[str, str]]:
    """The kinds of the caller's own role first."""
    own = sorted(TASK_KINDS.items(), key=lambda item: item[1].role is not caller.role)
    return [(name, kind.words) for name, kind in own]
