"""Entering, changing and closing a vacancy (登记、修改、停止招用), each on a page of its own."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import Conflict, NotYourStep, SaidNo
from casework.times import local_date
from console.asking import OpenTo, Posted, for_roles
from console.forms import Form, Mistake, mistakes_of
from console.rendering import page
from console.sending_on import go
from console.vacancies.areas import own_areas
from console.vacancies.pool import HERE, VacancyId, left_words
from console.vacancies.reading import LABELS, form_of, vacancy_in
from desk import vacancies as desk_vacancies
from desk.desk import Caller, Desk
from desk.vacancies import WRITERS, may_change, require_near
from records.vacancies import kept_of, offered_of
from register.vacancy import CHANNEL_WORDS, DEMAND_WORDS, EDUCATION_WORDS, Offered, Vacancy

router = APIRouter()

SEEN = "seen"
Writer = Annotated[Caller, Depends(OpenTo(WRITERS))]
NOT_YOURS = NotYourStep("vacancy_not_yours", "这个岗位不在您登记的范围内，请联系登记它的机构修改。")


@router.get(HERE + "/new", **for_roles(WRITERS))
def new(request: Request, desk: OurDesk, caller: Writer) -> Response:
    return _form(request, desk, caller, Form.with_values({"channel": "employer", "education": "any"}))


@router.post(HERE + "/new", **for_roles(WRITERS))
async def entered(request: Request, desk: OurDesk, now: Now, caller: Writer, form: Posted) -> Response:
    return await run_in_threadpool(_enter, request, desk, now, caller, form)


def _enter(request: Request, desk: Desk, now: datetime, caller: Caller, form: Form) -> Response:
    with desk.record.read() as work:
        areas = own_areas(work, caller)
    entry, mistakes = vacancy_in(form, areas)
    if entry is None:
        return _form(request, desk, caller, form, mistakes=mistakes)
    try:
        return go(f"{HERE}/{desk_vacancies.enter(desk, caller, entry, now)}")
    except (SaidNo, Conflict) as no:
        return _form(request, desk, caller, form, mistakes=mistakes_of(no, tuple(LABELS)))


@router.get(HERE + "/{vacancy_id}/edit", **for_roles(WRITERS))
def edit(request: Request, desk: OurDesk, caller: Writer, vacancy_id: VacancyId) -> Response:
    vacancy, seen = _mine(desk, caller, vacancy_id)
    form = Form((*form_of(vacancy).pairs, (SEEN, str(seen))))
    return _form(request, desk, caller, form, vacancy=vacancy)


@router.post(HERE + "/{vacancy_id}/edit", **for_roles(WRITERS))
async def edited(
    request: Request, desk: OurDesk, now: Now, caller: Writer, vacancy_id: VacancyId, form: Posted
) -> Response:
    return await run_in_threadpool(_edit, request, desk, now, caller, vacancy_id, form)


def _edit(request: Request, desk: Desk, now: datetime, caller: Caller, vacancy_id: str, form: Form) -> Response:
    vacancy, _ = _mine(desk, caller, vacancy_id)
    with desk.record.read() as work:
        areas = own_areas(work, caller)
    entry, mistakes = vacancy_in(form, areas, vacancy_id)
    if entry is None:
        return _form(request, desk, caller, form, vacancy=vacancy, mistakes=mistakes)
    seen = form.text(SEEN) or ""
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
    try:
        desk_vacancies.change(desk, caller, entry, number, now)
    except (SaidNo, Conflict) as no:
        return _form(request, desk, caller, form, vacancy=vacancy, mistakes=mistakes_of(no, tuple(LABELS)))
    return go(f"{HERE}/{vacancy_id}")


@router.get(HERE + "/{vacancy_id}/close", **for_roles(WRITERS))
def closing(request: Request, desk: OurDesk, caller: Writer, vacancy_id: VacancyId) -> Response:
    vacancy, _ = _mine(desk, caller, vacancy_id)
    with desk.record.read() as work:
        offered = offered_of(work, vacancy_id) or Offered(vacancy)
    return page(
        request,
        "vacancies/close.html",
        title="停止招用",
        vacancy=vacancy,
        taken=offered.taken,
        left=left_words(offered),
        form=Form(),
    )


@router.post(HERE + "/{vacancy_id}/close", **for_roles(WRITERS))
async def closed(desk: OurDesk, now: Now, caller: Writer, vacancy_id: VacancyId) -> Response:
    await run_in_threadpool(desk_vacancies.close, desk, caller, vacancy_id, local_date(now), now)
    return go(f"{HERE}/{vacancy_id}")


def _mine(desk: Desk, caller: Caller, vacancy_id: str) -> tuple[Vacancy, int]:
    """Return a vacancy that the caller may change, and its version."""
    with desk.record.read() as work:
        vacancy = require_near(work, caller, vacancy_id)
        kept = kept_of(work, vacancy_id)
    if not may_change(caller, vacancy):
        raise NOT_YOURS
    return vacancy, kept[0] if kept else 1


def _form(
    request: Request,
    desk: Desk,
    caller: Caller,
    form: Form,
    *,
    vacancy: Vacancy | None = None,
    mistakes: tuple[Mistake, ...] = (),
) -> Response:
    with desk.record.read() as work:
        areas = own_areas(work, caller)
    if vacancy is not None and vacancy.area not in areas:
        areas = {vacancy.area: vacancy.area, **areas}
    return page(
        request,
        "vacancies/form.html",
        title="修改岗位" if vacancy else "登记岗位",
        status=422 if mistakes else 200,
        vacancy=vacancy,
        here=f"{HERE}/{vacancy.vacancy_id}" if vacancy else HERE,
        action=f"{HERE}/{vacancy.vacancy_id}/edit" if vacancy else f"{HERE}/new",
        areas=tuple(areas.items()),
        channels=tuple(CHANNEL_WORDS.items()),
        ladder=tuple((code, words) for code, words in EDUCATION_WORDS.items() if code != "any"),
        demands=tuple(DEMAND_WORDS.items()),
        form=form,
        mistakes=mistakes,
    )
