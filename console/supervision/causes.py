"""Why promises were missed (超期原因): those whose cause nobody confirmed, what the system proposes, and the step."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.breach import CAUSE_WORDS
from casework.rows.promise import BREACHES
from casework.services import missing_services
from casework.states import Role
from console import words
from console.asking import Supervisor, for_roles
from console.listing import SIZE, wanted
from console.rendering import page
from console.staff_words import named
from console.supervision.area import view_of
from console.supervision.home import helper_words
from desk.foresight import Foresight
from records.case_files import full_case
from records.figure_rows import FigureRow, Narrowed, known_areas, rows_behind
from records.figures import FIGURES

router = APIRouter()

WHICH = {"handle_overdue": "main", "handle_relocation_overdue": "relocated"}
PROMISE_WORDS = {"main": "安置承诺", "relocated": "棚改回迁安置承诺"}


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """A missed promise without a confirmed cause."""

    of: FigureRow
    office: str
    promise: str
    due_on: str
    since: str
    cause: str
    why: str
    due: words.Due
    helper: str
    held_by: str
    path: str
    not_mine: str | None


@router.get("/supervision/causes", **for_roles((Role.SUPERVISOR,)))
def causes(request: Request, desk: OurDesk, now: Now, caller: Supervisor) -> Response:
    asked = wanted(request, sorts=(), filters=())
    with desk.record.read() as work:
        view = view_of(request, work, desk, caller, now)
        listed = Narrowed(FIGURES["to_confirm"], view.period.days, view.area, kinds=BREACHES)
        found, total = rows_behind(work, caller.scope, listed, sort="urgent", offset=asked.offset, limit=SIZE)
        offices = known_areas(work, tuple({row.office for row in found}))
        foresight = Foresight(work, caller, now)
        rows = []
        for row in found:
            case = full_case(work, caller.scope, row.case_id)
            if case is None or row.kind is None or row.task_id is None:
                continue
            which = WHICH[row.kind]
            promise = case.promise if which == "main" else (case.relocation.promise if case.relocation else None)
            if promise is None:
                continue
            setting = foresight.setting(case)
            ahead = foresight.step(
                case,
                row.clock,
                "confirm_breach_cause",
                claimed_by=row.claimed_by,
                promise=which,
                cause=promise.cause or "agency_failed",
                calendar_checked=True,
            )
            missing = missing_services(case, setting.policy, until=promise.due_on)
            local = row.task_id[len(row.case_id) + 1 :]
            rows.append(
                ToConfirm(
                    of=row,
                    office=offices.get(row.office, row.office),
                    promise=PROMISE_WORDS[which],
                    due_on=words.day(promise.due_on),
                    since=words.day(promise.overdue_on),
                    cause=CAUSE_WORDS[promise.cause or "agency_failed"],
                    why="到期日服务次数不足" if missing else "到期日服务次数已足",
                    due=words.due(row.due_on, setting.today, setting.calendar, overdue=bool(row.overdue)),
                    helper=helper_words(work, row.helper, row, now),
                    held_by=named(work, row.claimed_by) if row.claimed_by else "未领取",
                    path=f"/cases/{row.case_id}/steps/confirm_breach_cause?task={local}",
                    not_mine=ahead.no.message if ahead.no is not None and ahead.by_others else None,
                )
            )
    return page(
        request,
        "supervision/causes.html",
        title="超期原因",
        view=view,
        rows=rows,
        total=total,
        number=asked.page,
        pages=max(1, -(-total // SIZE)),
    )
