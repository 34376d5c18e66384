"""My visits (我的走访名单), on the phone: households to go to, and the result of each visit.

A helper sees the households of its own list alone; names and addresses whole after a press that is logged.
"""

from datetime import date, datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, Now, OurDesk
from casework.errors import CaseworkError, NotYourStep
from casework.times import local_date
from console.asking import Posted, Staff, for_roles
from console.forms import Form, Mistake, mistakes_of
from console.one_look import LASTS, grant, granted
from console.register.handing import charge_of_visit
from console.register.seen import VISITORS, InPath, Visitor
from console.register.visit_words import BY_PAGE, KINDS, STATES
from console.rendering import page
from console.sending_on import go
from console.typed_values import Unreadable, day
from desk import survey_results, survey_rounds
from desk.desk import Caller, Desk
from desk.errors import NotFound, or_not_found
from desk.register import masked
from desk.survey_rounds import A_VISIT
from records.case_files import full_case
from records.engine import Reading
from records.known_households import Known, get
from records.survey_rounds import open_rounds_of, round_of
from records.survey_visits import Visit, visit_of, visits_of

router = APIRouter()

HERE = "/register/visits"
LONGEST_NOTE = 500
WHY = "入户摸底走访"


@router.get(HERE, **for_roles(VISITORS))
def mine(request: Request, desk: OurDesk, now: Now, caller: Visitor, done: str = "") -> Response:
    today = local_date(now)
    with desk.record.read() as work:
        rounds = tuple(
            (one, one.overdue(today), _cards(work, caller, one.round_id)) for one in open_rounds_of(work, caller.scope)
        )
    return page(
        request,
        "register/my_visits.html",
        title="入户摸底",
        rounds=rounds,
        states=STATES,
        kinds=KINDS,
        done=bool(done),
        me=caller.account,
    )


@router.get(HERE + "/{visit_id}", **for_roles(STAFF))
def visit(request: Request, visit_id: InPath, desk: OurDesk, now: Now, caller: Staff, shown: str = "") -> Response:
    unmasked = bool(shown) and granted(request, visit_id, now)
    form = Form.with_values({"visited_on": local_date(now).isoformat()})
    return visit_page(request, desk, caller, visit_id, now, form, (), unmasked=unmasked)


@router.post(HERE + "/{visit_id}/look", **for_roles(VISITORS))
def look(request: Request, visit_id: InPath, desk: OurDesk, now: Now, caller: Visitor) -> Response:
    """Log that the people of this visit are looked at, and show them."""
    with desk.record.write() as work:
        found = or_not_found(visit_of(work, caller.scope, visit_id), A_VISIT)
        survey_rounds.look_at_visits(work, caller, (found,), WHY, now)
    answer = go(f"{HERE}/{visit_id}?shown=1")
    grant(request, answer, visit_id, now)
    return answer


@router.post(HERE + "/{visit_id}", **for_roles(VISITORS))
def tell(request: Request, visit_id: InPath, desk: OurDesk, now: Now, caller: Visitor, form: Posted) -> Response:
    """Write down what was found."""
    state, on, note, wrong = result_in(form)
    if state not in dict(BY_PAGE):
        wrong = (Mistake("state", "请选择走访结果"), *wrong)
    if wrong or on is None:
        return visit_page(request, desk, caller, visit_id, now, form, wrong)
    try:
        survey_results.tell_visit(desk, caller, visit_id, state=state, on=on, note=note, now=now, today=local_date(now))
    except (NotFound, NotYourStep):
        raise
    except CaseworkError as no:
        return visit_page(request, desk, caller, visit_id, now, form, mistakes_of(no, ("state", "visited_on", "note")))
    return go(f"{HERE}?done=1" if _is_mine(desk, caller, visit_id) else f"{HERE}/{visit_id}")


def result_in(form: Form) -> tuple[str, date | None, str | None, tuple[Mistake, ...]]:
    """Return what every result has: the state, the day, the note; and what is wrong with them."""
    wrong: list[Mistake] = []
    on: date | None = None
    try:
        on = date.fromisoformat(day(form.typed("visited_on")))
        if on.year < 2000:
            raise Unreadable("应在2000年之后")
    except Unreadable as no:
        wrong.append(Mistake("visited_on", f"走访日期{no.words}"))
    note = form.text("note")
    if note and len(note) > LONGEST_NOTE:
        wrong.append(Mistake("note", f"走访情况不超过{LONGEST_NOTE}个字"))
    return form.typed("state"), on, note, tuple(wrong)


def visit_page(
    request: Request,
    desk: Desk,
    caller: Caller,
    visit_id: str,
    now: datetime,
    form: Form,
    mistakes: tuple[Mistake, ...],
    *,
    unmasked: bool = False,
) -> Response:
    with desk.record.read() as work:
        found = or_not_found(visit_of(work, caller.scope, visit_id), A_VISIT)
        one = or_not_found(round_of(work, caller.scope, found.round_id), A_VISIT)
        people = survey_rounds.people_of(work, found)
        case = full_case(work, caller.scope, found.case_id) if found.case_id else None
        listed = get(work, caller.scope, found.household_id or "") is not None
        others = charge_of_visit(desk, caller, one, found)
    may = caller.role in VISITORS and one.closed_on is None
    return page(
        request,
        "register/visit.html",
        title="一户走访",
        status=422 if mistakes else 200,
        visit=found,
        one=one,
        people=people,
        persons=people.persons if people and unmasked else tuple(map(masked, people.persons)) if people else (),
        unmasked=unmasked,
        case=case,
        listed=listed,
        state=STATES[found.state],
        kind=KINDS.get(found.kind, found.kind),
        choices=BY_PAGE,
        may=may,
        others=others,
        latest=local_date(now).isoformat(),
        minutes=int(LASTS.total_seconds() // 60),
        form=form,
        mistakes=mistakes,
    )


def _cards(work: Reading, caller: Caller, round_id: str) -> tuple[tuple[Visit, str], ...]:
    """Return the masked name of each applicant of one's visits, and of who is away; those left to do first."""
    visits = visits_of(work, caller.scope, round_id, assignee=caller.scope.hands, limit=300)
    found = tuple((visit, _who(survey_rounds.people_of(work, visit))) for visit in visits)
    return tuple(sorted(found, key=lambda each: each[0].settled))


def _who(known: Known | None) -> str:
    return masked(known.persons[0]).name if known and known.persons else "（未登记）"


def _is_mine(desk: Desk, caller: Caller, visit_id: str) -> bool:
    with desk.record.read() as work:
        found = visit_of(work, caller.scope, visit_id)
    return found is not None and found.assignee in caller.scope.hands
