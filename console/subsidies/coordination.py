"""Benefits and work (待遇衔接): what waits for civil affairs or unemployment insurance, and what they answered."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, Now, OurDesk
from casework.errors import CaseworkError
from casework.times import in_words, local_date
from console.asking import Posted, Staff, for_roles
from console.case_pages.in_path import COMPARERS, Comparer
from console.export import MOST_ROWS, exported
from console.forms import Form, Mistake, mistakes_of
from console.listing import SIZE, Column, Listing, Wanted, wanted
from console.rendering import page
from console.sending_on import go
from console.subsidies.shown import IdInPath, Line, area_of, lines, tabs
from console.words import due
from desk import subsidy_lists
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from policies.calendar_model import WorkCalendar
from records.benefit_tasks import ANSWERS, KIND_WORDS, WITH_WHOM, BenefitTask, count_of, listed, one
from records.benefit_tasks import page as page_of
from records.calendars import newest

router = APIRouter()

HERE = "/subsidies/coordination"
FILTERS = ("kind", "done", "area")
EMPTY = "没有待协调的事项。享受低保或失业保险金的成员登记就业后，会自动列在这里。"


def _columns(calendar: WorkCalendar, now: Now) -> tuple[Column[Line[BenefitTask]], ...]:
    today = local_date(now)

    def limit(x: Line[BenefitTask]) -> tuple[str, str]:
        if x.row.closed_on:
            return f"{in_words(x.row.closed_on)}办结", "calm"
        said = due(x.row.due_on, today, calendar)
        return said.words, said.tone

    return (
        Column("case", "个案", lambda x: x.row.case_id, link=lambda x: f"{HERE}/{x.row.task_id}"),
        Column("who", "成员", lambda x: x.who),
        Column("kind", "待遇", lambda x: KIND_WORDS[x.row.kind]),
        Column("whom", "与谁协调", lambda x: WITH_WHOM[x.row.kind]),
        Column("due", "期限（内部时限）", lambda x: limit(x)[0], tone=lambda x: limit(x)[1]),
        Column("until", "原额延续至", lambda x: in_words(x.row.continues_until) if x.row.continues_until else "—"),
        Column("answer", "结果", lambda x: x.row.answer_words),
    )


@router.get(HERE, **for_roles(STAFF))
def tasks(request: Request, desk: OurDesk, now: Now, caller: Staff) -> Response:
    asked = wanted(request, sorts=(), filters=FILTERS)
    found, total, calendar = _read(desk, caller, asked, asked.offset, SIZE)
    return page(
        request,
        "subsidies/coordination.html",
        title="待遇衔接",
        tabs=tabs(caller.role, HERE),
        listing=Listing("benefits", HERE, _columns(calendar, now), found, total, asked, EMPTY),
        kinds=tuple(KIND_WORDS.items()),
    )


@router.get(f"{HERE}/export.{{kind}}", **for_roles(STAFF))
def export(request: Request, desk: OurDesk, now: Now, caller: Staff, kind: str) -> Response:
    asked = wanted(request, sorts=(), filters=FILTERS)
    found, _, calendar = _read(desk, caller, asked, 0, MOST_ROWS)
    return exported("benefits", _columns(calendar, now), found, kind)


@router.get(f"{HERE}/{{task_id}}", **for_roles(STAFF))
def one_page(request: Request, desk: OurDesk, caller: Staff, task_id: IdInPath, done: str = "") -> Response:
    return _one(request, desk, caller, task_id, Form(), (), done=done)


@router.post(f"{HERE}/{{task_id}}", **for_roles(COMPARERS))
def answer(request: Request, desk: OurDesk, now: Now, caller: Comparer, task_id: IdInPath, form: Posted) -> Response:
    """Close a task with the other office's answer."""
    said, note = form.text("answer"), form.text("note")
    mistakes = [
        *([Mistake("answer", "请选择协调结果")] if not said else []),
        *([Mistake("note", "说明不超过200个字")] if note and len(note) > 200 else []),
    ]
    if mistakes or said is None:
        return _one(request, desk, caller, task_id, form, tuple(mistakes))
    try:
        subsidy_lists.coordinate(desk, caller, task_id, answer=said, note=note, now=now)
    except CaseworkError as error:
        return _one(request, desk, caller, task_id, form, mistakes_of(error, ("answer",)))
    return go(f"{HERE}/{task_id}?done=answered")


def _read(
    desk: Desk, caller: Caller, asked: Wanted, offset: int, limit: int
) -> tuple[list[Line[BenefitTask]], int, WorkCalendar]:
    done = {"1": True, "all": None}.get(asked.get("done") or "", False)
    select = listed(caller.scope, area=area_of(asked.get("area")), done=done, kind=asked.get("kind"))
    with desk.record.read() as work:
        rows = page_of(work, select, offset=offset, limit=limit)
        return lines(work, rows), count_of(work, select), newest(work)


def _one(
    request: Request,
    desk: Desk,
    caller: Caller,
    task_id: str,
    form: Form,
    mistakes: tuple[Mistake, ...],
    *,
    done: str = "",
) -> Response:
    with desk.record.read() as work:
        task = or_not_found(one(work, caller.scope, task_id), "协调事项")
        who = lines(work, [task])[0].who
    return page(
        request,
        "subsidies/coordination_one.html",
        title="待遇衔接",
        status=422 if mistakes else 200,
        tabs=tabs(caller.role, HERE),
        task=task,
        who=who,
        kind=KIND_WORDS[task.kind],
        whom=WITH_WHOM[task.kind],
        answers=tuple(ANSWERS[task.kind].items()),
        answers_it=caller.role in COMPARERS and task.closed_on is None,
        done=done,
        form=form,
        mistakes=mistakes,
    )
