"""The list of known households (普查底册): narrowed, sorted, exported masked; found by an ID number that is posted."""

from dataclasses import dataclass, field

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import SaidNo
from casework.resident_id import read_resident_id
from casework.states import Role
from casework.times import in_words
from console.asking import Posted, for_roles
from console.export import MOST_ROWS, exported
from console.forms import Form, Mistake
from console.listing import SIZE, Column, Listing, Wanted, wanted
from console.register.seen import MARKS, OUTCOMES, SOURCES, OfTheRegister, outcome_words
from console.rendering import page
from console.sending_on import go
from console.typed_values import day_or_none, plain
from desk import register
from desk.desk import Caller, Desk
from desk.register import IN_CHARGE
from records.known_households import KnownRow, count
from records.known_lists import SORTS, communities_of, first_names, narrowed, sorted_page
from records.offices import offices_at_work

router = APIRouter()

HERE = "/register"
FILTERS = ("outcome", "mark", "office", "community", "surveyed_before")
EMPTY = "普查底册还没有家庭。导入摸底排查表，或开一轮摸底走访，家庭会出现在这里。"
NARROWED = "没有符合这些条件的家庭。请放宽条件。"
MOST_IDS = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One household as the list shows it."""

    row: KnownRow
    who: str = field(repr=False)


COLUMNS: tuple[Column[Line], ...] = (
    Column("number", "户编号", lambda one: one.row.number, lambda one: f"{HERE}/{one.row.household_id}", sortable=True),
    Column("who", "申请人", lambda one: one.who),
    Column("community", "社区", lambda one: one.row.community, sortable=True),
    Column("office", "机构", lambda one: one.row.office, sortable=True),
    Column("members", "人数", lambda one: str(one.row.members), number=True),
    Column("outcome", "研判", lambda one: outcome_words(one.row.outcome)),
    Column("watch", "重点监控", lambda one: one.row.watch or "—"),
    Column("surveyed_on", "调查日期", lambda one: in_words(one.row.surveyed_on), sortable=True),
    Column("source", "来源", lambda one: SOURCES.get(one.row.source, one.row.source)),
    Column("case", "个案", lambda one: one.row.case_id or "—", lambda one: _case(one.row)),
)


def _case(row: KnownRow) -> str | None:
    return f"/cases/{row.case_id}" if row.case_id else None


@router.get(HERE, **for_roles(IN_CHARGE))
def known(request: Request, desk: OurDesk, caller: OfTheRegister, found: str = "") -> Response:
    return _page(request, desk, caller, Form(), (), found=found)


@router.post(HERE, **for_roles(IN_CHARGE))
def find(request: Request, desk: OurDesk, now: Now, caller: OfTheRegister, form: Posted) -> Response:
    """Find the households of somebody by the ID number, which stands in no address."""
    try:
        number = read_resident_id(plain(form.typed("id_number"))).number
    except SaidNo as no:
        return _page(request, desk, caller, form, (Mistake("id_number", no.message),))
    ids = register.find_by_number(desk, caller, number, now)
    if len(ids) == 1:
        return go(f"{HERE}/{ids[0]}")
    return go(f"{HERE}?found={'.'.join(ids) or 'none'}")


@router.get(HERE + "/export.{kind}", **for_roles(IN_CHARGE))
def export(request: Request, desk: OurDesk, caller: OfTheRegister, kind: str) -> Response:
    """The list as a file, masked as on the page."""
    asked = wanted(request, sorts=tuple(SORTS), filters=FILTERS, sort="number")
    lines, _ = _read(desk, caller, asked, offset=0, limit=MOST_ROWS)
    return exported("register", COLUMNS, lines, kind)


def _read(
    desk: Desk, caller: Caller, asked: Wanted, *, offset: int, limit: int, ids: tuple[str, ...] | None = None
) -> tuple[tuple[Line, ...], int]:
    chosen = narrowed(
        area=asked.get("office"),
        community=asked.get("community"),
        outcome=asked.get("outcome"),
        mark=asked.get("mark"),
        surveyed_before=day_or_none(asked.get("surveyed_before")),
        numbers=ids,
    )
    with desk.record.read() as work:
        rows = sorted_page(
            work,
            caller.scope,
            chosen,
            sort=asked.sort,
            descending=asked.descending,
            offset=offset,
            limit=limit,
        )
        names = first_names(work, [row.household_id for row in rows])
        total = count(work, caller.scope, chosen)
    return tuple(Line(row, names.get(row.household_id, "")) for row in rows), total


def _page(
    request: Request, desk: Desk, caller: Caller, form: Form, mistakes: tuple[Mistake, ...], *, found: str = ""
) -> Response:
    asked = wanted(request, sorts=tuple(SORTS), filters=FILTERS, sort="number")
    ids = tuple(found.split(".")[:MOST_IDS]) if found else None
    lines, total = _read(desk, caller, asked, offset=asked.offset, limit=SIZE, ids=ids)
    with desk.record.read() as work:
        communities = communities_of(work, caller.scope, asked.get("office"))
        offices = offices_at_work(work, caller.area) if caller.role is not Role.CASEWORKER else ()
    empty = NARROWED if asked.filters else EMPTY
    if ids is not None:
        empty = "普查底册中没有这个号码的人，或不在您的办理范围内。"
    return page(
        request,
        "register/list.html",
        title="普查底册",
        status=422 if mistakes else 200,
        listing=Listing("register", HERE, COLUMNS, lines, total, asked, empty, exports=ids is None),
        outcomes=tuple((value, words) for value, (words, _) in OUTCOMES.items()),
        marks=MARKS,
        communities=tuple((c, c) for c in communities),
        offices=tuple((o.office, f"{o.name}（{o.office}）") for o in offices),
        by_number=ids is not None,
        form=form,
        mistakes=mistakes,
    )
