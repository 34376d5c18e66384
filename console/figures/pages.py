"""The statistics (统计) of an area as on a day and over a period, and the same tables as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.states import Role
from console.asking import OpenTo, for_roles
from console.export import exported
from console.figures.asked import PATH, View, view_of
from console.figures.tables import Table, tables_of
from console.listing import Column
from console.rendering import page
from desk.desk import Caller, Desk
from records.figure_rows import known_areas
from records.statistics import STATISTICS, incomes, statistics

router = APIRouter()

OFFICE = (Role.CASEWORKER, Role.REVIEWER, Role.SUPERVISOR)
Office = Annotated[Caller, Depends(OpenTo(OFFICE))]


@dataclass(frozen=True, slots=True)
class Told:
    """A number as a line of the file."""

    table: str
    row: str
    title: str
    number: str
    how: str


_COLUMNS: tuple[Column[Told], ...] = (
    Column("table", "统计表", lambda told: told.table),
    Column("row", "行", lambda told: told.row),
    Column("title", "项目", lambda told: told.title),
    Column("number", "数字", lambda told: told.number),
    Column("how", "怎么算", lambda told: told.how),
)


@router.get(PATH, **for_roles(OFFICE))
def of_an_area(request: Request, desk: OurDesk, caller: Office, now: Now) -> Response:
    view, tables = _read(request, desk, caller, now)
    return page(request, "figures/page.html", title="统计", view=view, tables=tables, path=PATH)


@router.get(PATH + "/export.{kind}", **for_roles(OFFICE))
def export(
    request: Request, desk: OurDesk, caller: Office, now: Now, kind: Annotated[str, Path(pattern="^(csv|xlsx)$")]
) -> Response:
    view, tables = _read(request, desk, caller, now)
    return exported(f"figures-{view.asked.day}", _COLUMNS, _told(view, tables), kind)


def _read(request: Request, desk: Desk, caller: Caller, now: datetime) -> tuple[View, tuple[Table, ...]]:
    with desk.record.read() as work:
        view = view_of(request, work, desk, caller, now)
        counts = statistics(work, caller.scope, view.asked, STATISTICS.values())
        money = incomes(work, caller.scope, view.asked)
        names = known_areas(work, tuple(counts))
    return view, tables_of(view, counts, money, names)


def _told(view: View, tables: tuple[Table, ...]) -> Iterator[Told]:
    """Say first what it is about, so that a file tells it without its page."""
    asked = view.asked
    for title, said in (
        ("地区", view.name),
        ("统计日", asked.day),
        ("期间开始", asked.first),
        ("期间结束", asked.last),
    ):
        yield Told("统计范围", "", title, str(said), "")
    for table in tables:
        for line in (*table.lines, *((table.total,) if table.total else ())):
            for title, cell in zip(table.titles, line.cells, strict=True):
                yield Told(table.caption, line.name, title, cell.number, table.how_of(title))
