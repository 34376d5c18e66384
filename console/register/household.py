"""A known household (底册家庭): masked, whole after a reason; one click to its application or to key monitoring."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from api.people import LOOKERS
from casework.states import Role
from casework.times import local_date
from console.asking import Caseworker, Posted, for_roles
from console.case_pages.reasons import choices, reason_in
from console.forms import Form, Mistake
from console.intake.progress import address
from console.one_look import LASTS, grant, granted
from console.register import prefilled
from console.register.seen import OUTCOMES, SOURCES, InPath, OfTheRegister
from console.register.visit_words import STATES
from console.rendering import page
from console.sending_on import go
from console.typed_values import day_or_none
from desk import register
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from desk.register import A_HOUSEHOLD, IN_CHARGE
from records.case_files import full_case
from records.known_households import whole
from records.survey_visits import visits_to

router = APIRouter()

HERE = "/register/{household_id}"
WHOLE = (Role.CASEWORKER, Role.REVIEWER)


@router.get(HERE, **for_roles(IN_CHARGE))
def household(
    request: Request, household_id: InPath, desk: OurDesk, now: Now, caller: OfTheRegister, shown: str = ""
) -> Response:
    unmasked = bool(shown) and caller.role in LOOKERS and granted(request, household_id, now)
    return _page(request, desk, caller, household_id, now, Form(), (), unmasked=unmasked)


@router.post(HERE, **for_roles(IN_CHARGE))
def look(
    request: Request, household_id: InPath, desk: OurDesk, now: Now, caller: OfTheRegister, form: Posted
) -> Response:
    """Log who looks and why, and show the people whole."""
    if caller.role not in WHOLE:
        words = "督导人员督办的是进度和数字，需要核实个人信息的，请经办机构办理。"
        return _page(request, desk, caller, household_id, now, form, (Mistake(None, words),))
    reason, mistakes = reason_in(form, caller.role)
    if mistakes:
        return _page(request, desk, caller, household_id, now, form, mistakes)
    register.look_at_known(desk, caller, household_id, reason, now)
    answer = go(f"/register/{household_id}?shown=1")
    grant(request, answer, household_id, now)
    return answer


@router.post(HERE + "/application", **for_roles((Role.CASEWORKER,)))
def apply(desk: OurDesk, now: Now, caller: Caseworker, household_id: InPath, form: Posted) -> Response:
    """Make an application of it: a draft with everything filled in, on the page where it is checked and handed in."""
    with desk.record.read() as work:
        known = or_not_found(whole(work, caller.scope, household_id), A_HOUSEHOLD)
    pages = prefilled.application(known, local_date(now))
    draft = register.start_application(desk, caller, household_id, pages, now, once=form.key)
    return go(address(draft.draft_id, "check"))


@router.post(HERE + "/monitoring", **for_roles((Role.CASEWORKER,)))
def watch(desk: OurDesk, now: Now, caller: Caseworker, household_id: InPath, form: Posted) -> Response:
    """File it for key monitoring: the draft with everything filled in, on the page that asks about the earners' work.

    With the day of a layoff alert (`alert_on`) the cause is the layoff.
    """
    with desk.record.read() as work:
        known = or_not_found(whole(work, caller.scope, household_id), A_HOUSEHOLD)
    alert_on = day_or_none(form.text("alert_on"))
    cause: Any = "layoff" if alert_on else "low_or_unstable"
    pages = prefilled.monitoring(known, local_date(now), cause, alert_on)
    draft = register.start_application(desk, caller, household_id, pages, now, once=form.key)
    return go(address(draft.draft_id, "monitoring"))


def _page(
    request: Request,
    desk: Desk,
    caller: Caller,
    household_id: str,
    now: datetime,
    form: Form,
    mistakes: tuple[Mistake, ...],
    *,
    unmasked: bool = False,
) -> Response:
    shown = register.known_household(desk, caller.scope, household_id, local_date(now), unmasked=unmasked)
    with desk.record.read() as work:
        case = full_case(work, caller.scope, shown.row.case_id) if shown.row.case_id else None
        visits = visits_to(work, household_id)
    over = case is not None and case.state.value == "exited"
    return page(
        request,
        "register/household.html",
        title="底册家庭",
        status=422 if mistakes else 200,
        shown=shown,
        case=case,
        visits=tuple((visit, round_title, STATES[visit.state]) for visit, round_title in visits),
        outcome=OUTCOMES.get(shown.row.outcome, (shown.row.outcome, "calm")),
        source=SOURCES.get(shown.row.source, shown.row.source),
        today=local_date(now),
        opens=caller.role is Role.CASEWORKER and (shown.row.case_id is None or over),
        may_watch=prefilled.may_be_watched(shown.known.household),
        reasons=choices(caller.role) if caller.role in WHOLE else (),
        minutes=int(LASTS.total_seconds() // 60),
        form=form,
        mistakes=mistakes,
    )
