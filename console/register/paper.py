"""The visit list on paper and as a sheet (打印名单、走访表): whole names and addresses, after a logged reason only.

Taking the filled sheet back is here too.
"""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError, NotYourStep, SaidNo
from casework.states import Role
from casework.times import local_date
from console.asking import OpenTo, Posted, for_roles
from console.case_pages.reasons import reason_in
from console.forms import Form, Mistake
from console.one_look import LASTS, grant, granted
from console.register.one_round import round_page
from console.register.seen import InPath
from console.register.visit_sheet import MEDIA, visit_sheet
from console.rendering import page
from console.sending_on import go
from desk import survey_rounds
from desk.desk import Caller
from desk.errors import NotFound
from desk.survey_sheets import Taken, take_sheet
from records.applicants import staff_names
from records.survey_rounds import shares_of
from register.survey import SheetUnreadable

router = APIRouter()

HERE = "/register/rounds/{round_id}"
WHOLE = (Role.CASEWORKER, Role.REVIEWER)
LARGEST = 10 * 1024 * 1024

OnPaper = Annotated[Caller, Depends(OpenTo(WHOLE))]
Taker = Annotated[Caller, Depends(OpenTo((Role.CASEWORKER,)))]


@router.post(HERE + "/paper", **for_roles(WHOLE))
def ask(request: Request, desk: OurDesk, now: Now, caller: OnPaper, round_id: InPath, form: Posted) -> Response:
    """Log who looks at each household of the list and why, and show it."""
    reason, mistakes = reason_in(form, caller.role)
    if mistakes:
        return round_page(request, desk, caller, round_id, now, form, mistakes)
    person = form.text("person")
    if person == "all":  # as it stands in the address: everybody's, and so everybody is logged
        person = None
    _, households = survey_rounds.whole_list(desk, caller, round_id, assignee=person)
    with desk.record.write() as work:
        survey_rounds.look_at_visits(work, caller, (visit for visit, _ in households), reason, now)
    answer = go(f"/register/rounds/{round_id}/paper?person={person or 'all'}")
    grant(request, answer, _looked(round_id, person), now)
    return answer


@router.get(HERE + "/paper", **for_roles(WHOLE))
def paper(
    request: Request, desk: OurDesk, now: Now, caller: OnPaper, round_id: InPath, person: str = "all"
) -> Response:
    """The list to print; without a reason given before, one goes back to where it is asked."""
    who = None if person == "all" else person
    one, households = survey_rounds.whole_list(desk, caller, round_id, assignee=who)
    if not granted(request, _looked(round_id, who), now):
        return go(f"/register/rounds/{round_id}")
    with desk.record.read() as work:
        people = staff_names(work, {visit.assignee for visit, _ in households})
    return page(
        request,
        "register/paper.html",
        title="走访名单",
        one=one,
        households=households,
        people=people,
        person=person,
        minutes=int(LASTS.total_seconds() // 60),
    )


@router.get(HERE + "/sheet.xlsx", **for_roles(WHOLE))
def sheet(
    request: Request, desk: OurDesk, now: Now, caller: OnPaper, round_id: InPath, person: str = "all"
) -> Response:
    """The list as a sheet to fill in and to import."""
    who = None if person == "all" else person
    one, households = survey_rounds.whole_list(desk, caller, round_id, assignee=who)
    if not granted(request, _looked(round_id, who), now):
        return go(f"/register/rounds/{round_id}")
    with desk.record.read() as work:
        shares = shares_of(work, round_id)
    mine = [community for community, visitor in shares.items() if who in (None, visitor)]
    headers = {"Content-Disposition": 'attachment; filename="visits.xlsx"', "Cache-Control": "no-store"}
    return Response(visit_sheet(one, households, mine), media_type=MEDIA, headers=headers)


@router.post(HERE + "/uploads", **for_roles((Role.CASEWORKER,)))
async def upload(request: Request, desk: OurDesk, now: Now, caller: Taker, round_id: InPath, form: Posted) -> Response:
    """Take a filled sheet; with anything wrong in it nothing is taken."""
    file = form.file("sheet")
    taken: Taken | None = None
    wrong: tuple[Mistake, ...] = ()
    if file is None:
        wrong = (Mistake("sheet", "请选择填好的走访表"),)
    else:
        content, name = await file.read(LARGEST + 1), file.filename or ""
        try:
            if len(content) > LARGEST:
                raise SaidNo("sheet_too_large", "文件超过10MB，请拆分后再导入。")
            taken = await run_in_threadpool(take_sheet, desk, caller, round_id, content, name, now, local_date(now))
        except (NotFound, NotYourStep):
            raise
        except (SheetUnreadable, CaseworkError) as no:
            wrong = (Mistake("sheet", no.message),)
    if taken is not None and not taken.bad_cells:
        told = f"met={taken.met}&not_met={taken.not_met}&new={taken.new}&cases={taken.cases}"
        return go(f"/register/rounds/{round_id}?{told}")
    status = 422 if taken is not None else 200
    return await run_in_threadpool(_again, request, desk, caller, round_id, now, form, wrong, taken, status)


def _again(
    request: Request, desk: OurDesk, caller: Caller, round_id: str, now: Now, form: Form,
    wrong: tuple[Mistake, ...], taken: Taken | None, status: int,
) -> Response:  # fmt: skip
    return round_page(request, desk, caller, round_id, now, form, wrong, taken=taken, status=status)


def _looked(round_id: str, person: str | None) -> str:
    return f"round:{round_id}:{person or 'all'}"
