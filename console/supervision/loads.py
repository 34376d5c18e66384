"""What each helper has in hand (帮扶责任人负荷), and the way to reassign households."""

from dataclasses import dataclass, replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.states import Role
from console.asking import Supervisor, for_roles
from console.rendering import page
from console.supervision.area import Cell, View, view_of
from console.supervision.charts import Series, bars
from console.supervision.numbers import short
from records.figure_rows import UNHELPED, Narrowed, rows_behind
from records.figures import FIGURES
from records.helper_loads import HelperLoad, helpers_with_loads

router = APIRouter()

MOST_BARS = 30


@dataclass(frozen=True, slots=True)
class Loaded:
    """A helper and what it has in hand; every number leads to its rows."""

    account: str
    name: str
    area: str
    away: str | None
    cases: Cell
    promises: Cell
    tasks: Cell
    overdue: Cell


@router.get("/supervision/helpers", **for_roles((Role.SUPERVISOR,)))
def helpers(request: Request, desk: OurDesk, now: Now, caller: Supervisor) -> Response:
    with desk.record.read() as work:
        view = view_of(request, work, desk, caller, now)
        view = replace(view, prefix=view.own)  # loads are of the whole area
        loads = helpers_with_loads(work, caller.scope, view.today)
        nobody = Narrowed(FIGURES["open"], view.period.days, helper=UNHELPED)
        unhelped = rows_behind(work, caller.scope, nobody, limit=0)[1]
    shown = tuple(sorted((_loaded(view, load) for load in loads), key=lambda each: -each.cases.number))
    chart = bars(
        f"在办户数最多的{min(MOST_BARS, len(shown))}名帮扶责任人" if len(shown) > MOST_BARS else "在办户数",
        [short(each.name or each.account) for each in shown[:MOST_BARS]],
        (
            Series("承诺超期", tuple(each.promises.number for each in shown[:MOST_BARS])),
            Series("其他在办", tuple(each.cases.number - each.promises.number for each in shown[:MOST_BARS])),
        ),
    )
    return page(
        request,
        "supervision/loads.html",
        title="帮扶责任人",
        view=view,
        helpers=shown,
        chart=chart,
        unhelped=Cell(unhelped, view.rows("open", helper=UNHELPED) if unhelped else None),
    )


def _loaded(view: View, load: HelperLoad) -> Loaded:
    account = load.helper.account

    def number(value: int, figure: str, **more: str) -> Cell:
        return Cell(value, view.rows(figure, helper=account, **more) if value else None)

    return Loaded(
        account=account,
        name=load.helper.name,
        area=load.helper.area,
        away=None if load.responsible == account else load.responsible,
        cases=number(load.open_cases, "open"),
        promises=number(load.overdue_promises, "overdue_now"),
        tasks=number(load.open_tasks, "tasks", role=Role.HELPER.value),
        overdue=number(load.overdue_tasks, "overdue_tasks", role=Role.HELPER.value),
    )
