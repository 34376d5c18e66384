"""The rows behind a number (数字对应的清单): exactly those that were counted, to filter, sort, turn over and export."""

from datetime import datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.breach import CAUSE_WORDS
from casework.escalation import LEVEL_WORDS
from casework.states import Role
from casework.tasks import TASK_KINDS
from console import words
from console.asking import Supervisor, for_roles
from console.export import MOST_ROWS, exported
from console.listing import SIZE, Column, Listing, Wanted, wanted
from console.rendering import page
from console.staff_words import named
from console.supervision.area import LIST, View, view_of
from console.supervision.home import link_of
from console.supervision.periods import chosen
from desk.desk import Caller
from desk.errors import or_not_found
from policies.calendar_model import WorkCalendar
from records.applicants import staff_names
from records.calendars import newest
from records.engine import Reading
from records.figure_rows import FigureRow, Narrowed, known_areas, rows_behind
from records.figures import FIGURES, Figure, Of

router = APIRouter()

ONLY = (Role.SUPERVISOR,)
FILTERS = ("figure", "period", "area", "helper", "kind", "role")
SORTS = ("day", "case_id", "office", "helper", "due_on")
PROMISE_WORDS = {"main": "安置承诺", "relocated": "棚改回迁安置承诺"}
DAY_WORDS = {
    "overdue_now": "超期日",
    "overdue_tasks": "期限",
    "tasks": "开始日",
    "to_confirm": "开始日",
    "certified": "认定日",
    "eliminated": "消除日",
    "exited": "退出日",
}

Read = tuple[tuple[FigureRow, ...], int]


@router.get("/supervision/list", **for_roles(ONLY))
def rows(request: Request, desk: OurDesk, now: Now, caller: Supervisor) -> Response:
    asked = wanted(request, sorts=SORTS, filters=FILTERS, sort="day")
    figure = or_not_found(FIGURES.get(asked.get("figure") or ""))
    with desk.record.read() as work:
        view = view_of(request, work, desk, caller, now)
        found, total = _read(work, caller, figure, asked, view, offset=asked.offset, limit=SIZE)
        listing = _listing(work, caller, figure, asked, (found, total), now)
        helper = named(work, asked.get("helper") or "")
    return page(
        request,
        "supervision/list.html",
        title=figure.words,
        view=view,
        figure=figure,
        listing=listing,
        narrowed=_said(asked, view, figure, helper),
    )


@router.get("/supervision/list/export.{kind}", **for_roles(ONLY))
def export(request: Request, desk: OurDesk, now: Now, caller: Supervisor, kind: str) -> Response:
    asked = wanted(request, sorts=SORTS, filters=FILTERS, sort="day")
    figure = or_not_found(FIGURES.get(asked.get("figure") or ""))
    with desk.record.read() as work:
        view = view_of(request, work, desk, caller, now)
        found = _read(work, caller, figure, asked, view, offset=0, limit=MOST_ROWS)
        listing = _listing(work, caller, figure, asked, found, now)
    return exported(listing.name, listing.columns, listing.rows, kind)


def _read(work: Reading, caller: Caller, figure: Figure, asked: Wanted, view: View, *, offset: int, limit: int) -> Read:
    role = asked.get("role")
    kind = asked.get("kind")
    narrowed = Narrowed(
        figure,
        chosen(asked.get("period"), view.today).days,
        area=view.area,
        helper=asked.get("helper"),
        kinds=(kind,) if kind else (),
        role=Role(role) if role in {r.value for r in Role} else None,
    )
    return rows_behind(
        work,
        caller.scope,
        narrowed,
        sort=asked.sort,
        descending=asked.descending,
        offset=offset,
        limit=limit,
    )


def _listing(
    work: Reading, caller: Caller, figure: Figure, asked: Wanted, found: Read, now: datetime
) -> Listing[FigureRow]:
    names = known_areas(work, tuple({row.office for row in found[0]}))
    staff = staff_names(work, {name for row in found[0] for name in (row.helper, row.claimed_by) if name})
    columns = _columns(figure, caller, names | staff, newest(work), now)
    return Listing(
        f"supervision-{figure.code}",
        LIST,
        columns,
        found[0],
        found[1],
        asked,
        "没有符合的记录。可以换一个期间或范围。",
    )


def _columns(
    figure: Figure, caller: Caller, names: dict[str, str], calendar: WorkCalendar, now: datetime
) -> tuple[Column[FigureRow], ...]:
    def office(row: FigureRow) -> str:
        return names.get(row.office, row.office)

    def hand(account: str | None) -> str:
        name = names.get(account or "", "")
        return f"{name}（{account}）" if name else account or ""

    def due(row: FigureRow) -> words.Due:
        return words.due(
            row.due_on,
            row.clock.day(now),
            calendar.for_area(row.office),
            overdue=bool(row.overdue),
            paused=bool(row.paused),
        )

    case: Column[FigureRow] = Column(
        "case_id", "个案", lambda r: r.case_id, lambda r: link_of(r, caller), sortable=True
    )
    where: tuple[Column[FigureRow], ...] = (
        Column("office", "机构", office, sortable=True),
        Column("state", "状态", lambda r: r.state.words),
        Column("helper", "帮扶责任人", lambda r: hand(r.helper) or "未指定", sortable=True),
    )
    day: Column[FigureRow] = Column(
        "day", DAY_WORDS.get(figure.code, "申请日"), lambda r: words.day(r.day), sortable=True
    )
    due_on: Column[FigureRow] = Column("due_on", "到期日", lambda r: words.day(r.due_on), sortable=True)
    match figure.of:
        case Of.CASES:
            promised: Column[FigureRow] = Column("due_on", "承诺到期日", lambda r: words.day(r.due_on), sortable=True)
            return (case, *where, day, promised)
        case Of.PROMISES:
            return (
                *(case, *where, due_on),
                Column("overdue", "超期日", lambda r: words.day(r.overdue_on)),
                Column("met", "兑现日", lambda r: words.day(r.met_on)),
                Column("cause", "超期原因", _cause),
                Column("told", "已督办到", _told),
                Column("promise", "承诺", lambda r: f"{PROMISE_WORDS[r.promise or 'main']}（第{r.number}次）"),
            )
        case Of.TASKS:
            return (
                *(case, Column("task", "待办", lambda r: r.title or TASK_KINDS[r.kind or ""].words), *where),
                Column("held", "办理人", lambda r: hand(r.claimed_by) or (f"{r.role.words}，未领取" if r.role else "")),
                *([day] if figure.code != "overdue_tasks" else []),
                Column(
                    *("due_on", "期限", lambda r: f"{due(r).words}，{due(r).day}" if r.due_on else "没有期限"),
                    tone=lambda r: due(r).tone,
                    sortable=True,
                ),
            )


def _cause(row: FigureRow) -> str:
    if row.overdue_on is None:
        return "—"
    said = CAUSE_WORDS.get(row.cause or "", "未留存")
    return f"{said}（{'已确认' if row.confirmed else '系统拟定，未确认'}）"


def _told(row: FigureRow) -> str:
    levels = (row.told or "").split(",")
    return LEVEL_WORDS.get(levels[-1], "—") if row.told else "—"


def _said(asked: Wanted, view: View, figure: Figure, called: str) -> list[str]:
    """Return what the list is narrowed to, in words."""
    said = [f"范围：{view.name}"]
    if figure.during is not None:
        said.append(f"期间：{chosen(asked.get('period'), view.today).words}")
    if (helper := asked.get("helper")) is not None:
        said.append(f"帮扶责任人：{'未指定' if helper == '-' else called}")
    if (kind := asked.get("kind")) in TASK_KINDS:
        said.append(f"待办：{TASK_KINDS[kind or ''].words}")
    if (role := asked.get("role")) in {r.value for r in Role}:
        said.append(f"办理角色：{Role(role or '').words}")
    return said
