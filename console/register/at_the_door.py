"""At the door (入户登记): what a household says now, and a household that nobody knew of. One page of people each."""

from datetime import datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError, NotYourStep
from casework.place_names import ONLY_THE_COMMUNITY, community_name, names_a_door
from casework.times import local_date
from console.asking import Posted, for_roles
from console.forms import Form, Mistake, mistakes_of
from console.register import member_form
from console.register.member_form import FACTS, WHO, blocks, shown
from console.register.seen import VISITORS, InPath, Visitor
from console.register.visits import result_in
from console.rendering import page
from console.sending_on import go
from desk import survey_results, survey_rounds
from desk.desk import Caller, Desk
from desk.errors import NotFound, or_not_found
from desk.survey_rounds import A_ROUND, A_VISIT
from records.known_households import Known
from records.survey_rounds import OF_A_CASE, Round, round_of, shares_of
from records.survey_visits import Visit, visit_of

router = APIRouter()

CHANGED = "/register/visits/{visit_id}/household"
FOUND = "/register/rounds/{round_id}/found"


@router.get(CHANGED, **for_roles(VISITORS))
def changed(request: Request, visit_id: InPath, desk: OurDesk, now: Now, caller: Visitor) -> Response:
    visit, one, known = _visited(desk, caller, visit_id)
    return _page(request, desk, one, known, visit, now, _opened(shown(known, 0), visit, now), ())


@router.post(CHANGED, **for_roles(VISITORS))
def save_changed(
    request: Request, visit_id: InPath, desk: OurDesk, now: Now, caller: Visitor, form: Posted
) -> Response:
    """Keep what the household says now; it is judged anew."""
    visit, one, known = _visited(desk, caller, visit_id)
    if form.text("go") == "more":
        return _page(request, desk, one, known, visit, now, _one_more(form, known), ())
    _, on, note, wrong = result_in(form)
    if wrong or on is None:
        return _page(request, desk, one, known, visit, now, form, wrong)
    surveyed, wrong = member_form.read(form, known, number=visit.number, office=one.office, on=on)
    if surveyed is None:
        return _page(request, desk, one, known, visit, now, form, wrong)
    typed = form.typed("version")
    version = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
    try:
        survey_results.tell_changed(
            desk, caller, visit_id, surveyed, version=version, note=note, now=now, today=local_date(now)
        )
    except (NotFound, NotYourStep):
        raise
    except CaseworkError as no:
        return _page(request, desk, one, known, visit, now, form, mistakes_of(no, ("visited_on", "note")))
    return go(f"/register/visits/{visit_id}")


@router.get(FOUND, **for_roles(VISITORS))
def found(request: Request, round_id: InPath, desk: OurDesk, now: Now, caller: Visitor) -> Response:
    one = _round(desk, caller, round_id)
    return _page(request, desk, one, None, None, now, _opened(shown(None, 2), None, now), ())


@router.post(FOUND, **for_roles(VISITORS))
def save_found(request: Request, round_id: InPath, desk: OurDesk, now: Now, caller: Visitor, form: Posted) -> Response:
    """Keep a household that was found on the way."""
    one = _round(desk, caller, round_id)
    if form.text("go") == "more":
        return _page(request, desk, one, None, None, now, _one_more(form, None), ())
    _, on, note, wrong = result_in(form)
    community, address = community_name(form.text("community") or ""), form.text("address")
    if not community or len(community) > 60 or not community.isprintable():
        wrong = (*wrong, Mistake("community", "请填写社区，不超过60个字"))
    elif names_a_door(community):
        wrong = (*wrong, Mistake("community", f"社区名称{ONLY_THE_COMMUNITY}"))
    if address and len(address) > 200:
        wrong = (*wrong, Mistake("address", "住址不超过200个字"))
    form = _without_blank_people(form)
    surveyed = None
    if on is not None:
        surveyed, told = member_form.read(form, None, number="新", office=one.office, on=on)
        wrong = (*wrong, *told)
    if wrong or surveyed is None:
        return _page(request, desk, one, None, None, now, form, wrong)
    try:
        visit_id = survey_results.tell_found(
            desk, caller, round_id, surveyed,
            community=community, address=address, note=note, now=now, today=local_date(now),
        )  # fmt: skip
    except (NotFound, NotYourStep):
        raise
    except CaseworkError as no:
        return _page(request, desk, one, None, None, now, form, mistakes_of(no, ("visited_on", "note", "id_number-1")))
    return go(f"/register/visits/{visit_id}")


def _visited(desk: Desk, caller: Caller, visit_id: str) -> tuple[Visit, Round, Known]:
    with desk.record.read() as work:
        visit = or_not_found(visit_of(work, caller.scope, visit_id), A_VISIT)
        one = or_not_found(round_of(work, caller.scope, visit.round_id), A_ROUND)
        if visit.kind == OF_A_CASE:
            raise NotFound(A_VISIT)
        known = or_not_found(survey_rounds.people_of(work, visit), A_VISIT)
    survey_rounds.still_open(one)
    return visit, one, known


def _round(desk: Desk, caller: Caller, round_id: str) -> Round:
    with desk.record.read() as work:
        one = or_not_found(round_of(work, caller.scope, round_id), A_ROUND)
        survey_rounds.may_tell(work, caller, one)
    survey_rounds.still_open(one)
    return one


def _opened(form: Form, visit: Visit | None, now: datetime) -> Form:
    more = (("visited_on", local_date(now).isoformat()), ("version", str(visit.version if visit else 0)))
    return Form((*form.pairs, *more))


def _one_more(form: Form, known: Known | None) -> Form:
    """Return the form with one more new person, begun with what is usual."""
    there = len(blocks(known, form))
    begun = tuple((f"{asked.name}-{there + 1}", asked.usual) for asked in (*WHO, *FACTS) if asked.usual)
    more = there + 1 - (len(known.persons) if known else 0)
    return Form((("more", str(more)), *(pair for pair in form.pairs if pair[0] != "more"), *begun))


def _without_blank_people(form: Form) -> Form:
    """The last blocks in which nobody was typed are not there."""
    people = blocks(None, form)
    last = max(
        (p.place for p in people if form.text(f"name-{p.place}") or form.text(f"id_number-{p.place}")), default=1
    )
    return Form((("more", str(last)), *(pair for pair in form.pairs if pair[0] != "more")))


def _page(
    request: Request,
    desk: Desk,
    one: Round,
    known: Known | None,
    visit: Visit | None,
    now: datetime,
    form: Form,
    mistakes: tuple[Mistake, ...],
) -> Response:
    with desk.record.read() as work:
        communities = tuple(shares_of(work, one.round_id))
    return page(
        request,
        "register/at_the_door.html",
        title="家庭情况有变" if visit else "登记新发现的家庭",
        status=422 if mistakes else 200,
        one=one,
        visit=visit,
        people=blocks(known, form),
        who=WHO,
        facts=FACTS,
        communities=tuple((c, c) for c in communities),
        latest=local_date(now).isoformat(),
        form=form,
        mistakes=mistakes,
    )
