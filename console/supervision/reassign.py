"""Reassignment on pages (改派): choose a helper, tick households, name the new helper and why, look again, do it.

Each household is a step of its own (`desk/reassignments.py`): what one is refused for concerns no other.  Sending the
same list again repeats nothing; what failed stays ticked, with the rule's words.
"""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError
from casework.states import Role
from console.asking import Posted, Supervisor, for_roles
from console.forms import Form, Mistake, new_key, words_of
from console.rendering import page
from console.sending_on import go
from console.supervision.area import View, view_of
from desk import reassignments
from desk.desk import Caller, Desk
from desk.reassignments import MOST_ROWS, Outcome, Row, RowResult
from records.figure_rows import FigureRow, Narrowed, known_areas, rows_behind
from records.figures import FIGURES
from records.helper_loads import HelperLoad, helpers_with_loads

router = APIRouter()

ONLY = (Role.SUPERVISOR,)
PATH = "/supervision/reassign"
LONGEST_REASON = 2000
MOST_WITH_OWN_CHOICE = 40
"""Up to so many households each has its own choice of a helper: longer lists would weigh too much."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page of reassignment is about: who has the households now, which they are, who could take them."""

    view: View
    helper: str | None
    loads: tuple[HelperLoad, ...]
    rows: tuple[FigureRow, ...]
    total: int
    offices: dict[str, str]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The new helpers with what each has in hand, those with the least first."""
        found = sorted(self.loads, key=lambda load: (load.open_cases, load.helper.account))
        return [(load.helper.account, self._words(load)) for load in found if load.helper.account != self.helper]

    @staticmethod
    def _words(load: HelperLoad) -> str:
        away = "" if load.responsible == load.helper.account else f"，请假，{load.responsible} 代办"
        return f"{load.helper.name or load.helper.account}（{load.helper.account}，在办 {load.open_cases} 户{away}）"


@router.get(PATH, **for_roles(ONLY))
def choose(
    request: Request, desk: OurDesk, now: Now, caller: Supervisor, helper: str = "", ticked: str = ""
) -> Response:
    """Choose whose households; with one chosen, which of them and to whom.  `ticked=all` ticks them all."""
    shown = _shown(request, desk, caller, now, helper)
    form = Form(tuple(("case", row.case_id) for row in shown.rows)) if ticked == "all" else Form()
    return _page(request, shown, form)


@router.post(PATH, **for_roles(ONLY))
async def reassign(request: Request, desk: OurDesk, now: Now, caller: Supervisor, form: Posted) -> Response:
    """Look at the list again (`confirmed` not yet yes), or do it and show what became of each row."""
    helper = form.text("helper") or ""
    shown = await run_in_threadpool(_shown, request, desk, caller, now, helper)
    if form.text("confirmed") == "edit":
        return _page(request, shown, form)
    mistakes = _mistakes(form, shown)
    if mistakes:
        return _page(request, shown, form, mistakes=mistakes, status=422)
    rows = _rows(form)
    if form.text("confirmed") != "yes":
        return page(
            request,
            "supervision/reassign_preview.html",
            title="改派：核对",
            view=shown.view,
            form=form,
            helper=helper,
            rows=[(row, _words_of(shown, row.helper)) for row in rows],
            reason=form.text("reason"),
        )
    try:
        results = await reassignments.reassign(desk, caller, rows, form.key, now)
    except CaseworkError as error:
        return _page(request, shown, form, mistakes=(Mistake(None, error.message),), status=422)
    return await run_in_threadpool(_done, request, desk, caller, now, form, results)


def _done(
    request: Request, desk: Desk, caller: Caller, now: datetime, form: Form, results: tuple[RowResult, ...]
) -> Response:
    """All done: on to the helper's page of lists; else the form again, with what failed still ticked."""
    failed = [result for result in results if result.outcome is not Outcome.DONE]
    if not failed:
        return go(f"{PATH}/done?count={len(results)}")
    helper = form.text("helper") or ""
    shown = _shown(request, desk, caller, now, helper)
    kept = Form(tuple(pair for pair in form.pairs if pair[0] not in ("case", "confirmed", "request_key")))
    again = Form((*kept.pairs, *(("case", result.row.case_id) for result in failed)))
    pending = any(result.outcome in (Outcome.PENDING, Outcome.NOT_TRIED) for result in failed)
    if pending:  # the same key goes on where it was
        again = Form((*again.pairs, ("request_key", form.key)))
    return _page(
        request,
        shown,
        again,
        mistakes=tuple(
            Mistake(f"case-{result.row.case_id}", f"{result.row.case_id}：{_said(result)}") for result in failed
        ),
        results=results,
        status=422,
    )


@router.get(PATH + "/done", **for_roles(ONLY))
def done(request: Request, desk: OurDesk, now: Now, caller: Supervisor, count: int = 0) -> Response:
    with desk.record.read() as work:
        view = view_of(request, work, desk, caller, now)
    return page(
        request, "supervision/reassign_done.html", title="改派完成", view=view, count=max(0, min(count, MOST_ROWS))
    )


def _shown(request: Request, desk: Desk, caller: Caller, now: datetime, helper: str) -> Shown:
    with desk.record.read() as work:
        view = view_of(request, work, desk, caller, now)
        loads = helpers_with_loads(work, caller.scope, view.today)
        rows: tuple[FigureRow, ...] = ()
        total = 0
        if helper:
            wanted = Narrowed(FIGURES["open"], view.period.days, helper=helper[:40])
            rows, total = rows_behind(work, caller.scope, wanted, sort="case_id", limit=MOST_ROWS)
        offices = known_areas(work, tuple({row.office for row in rows}))
    return Shown(view, helper or None, loads, rows, total, offices)


def _mistakes(form: Form, shown: Shown) -> tuple[Mistake, ...]:
    found = []
    known = {account for account, _ in shown.choices}
    cases = form.many("case")
    if not cases:
        found.append(Mistake("case", "请勾选要改派的家庭"))
    if len(cases) > MOST_ROWS:
        found.append(Mistake("case", f"一次最多改派{MOST_ROWS}户，请分次办理"))
    single = form.text("to")
    chosen = [form.text(f"to-{case_id}") or single for case_id in cases] or [single]
    if any(each is None or each not in known for each in chosen):
        found.append(Mistake("to", "请选择新的帮扶责任人"))
    if form.text("reason") is None:
        found.append(Mistake("reason", "请填写更换原因"))
    elif len(form.text("reason") or "") > LONGEST_REASON:
        found.append(Mistake("reason", f"更换原因最多{LONGEST_REASON}字"))
    return tuple(found)


def _rows(form: Form) -> tuple[Row, ...]:
    """A household's own choice goes before the one for all."""
    single, reason = form.text("to") or "", form.text("reason")
    return tuple(Row(case_id[:40], form.text(f"to-{case_id}") or single, reason) for case_id in form.many("case"))


def _words_of(shown: Shown, helper: str) -> str:
    return next((words for account, words in shown.choices if account == helper), helper)


def _said(result: RowResult) -> str:
    return words_of(result.no) if result.no is not None else result.outcome.words


def _page(
    request: Request,
    shown: Shown,
    form: Form,
    *,
    mistakes: tuple[Mistake, ...] = (),
    results: tuple[RowResult, ...] = (),
    status: int = 200,
) -> Response:
    return page(
        request,
        "supervision/reassign.html",
        title="改派",
        status=status,
        view=shown.view,
        shown=shown,
        form=form,
        mistakes=mistakes,
        results=results,
        done=[result for result in results if result.outcome is Outcome.DONE],
        most=MOST_ROWS,
        own_choice=len(shown.rows) <= MOST_WITH_OWN_CHOICE,
        key=form.typed("request_key") or new_key(),
    )
