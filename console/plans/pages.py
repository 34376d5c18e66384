"""The assistance plans of a case (帮扶方案): the newest version of every member, a version to print, the form.

A version is read beside what changed since the one before; nothing saved is ever changed.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, Now, OurDesk
from casework.case import Case
from casework.errors import Conflict, NotYourStep, SaidNo
from casework.hardship import GROUND_WORDS
from casework.states import State
from console.asking import CASE_PATH, OpenTo, Posted, Staff, for_roles
from console.forms import Form, Mistake, mistakes_of
from console.plans.reading import form_of, plan_in, rows_of
from console.rendering import page
from console.sending_on import go
from console.steps.choosing import People, people_of
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from desk.plans import WRITERS, require_member, write_plan
from records import case_files
from records.plans import PlanVersion, newest_plans, plans_of
from register.plan import MEASURE_WORDS, changes, lines_of
from register.vacancy import CHANNEL_WORDS, DEMAND_WORDS, EDUCATION_WORDS

router = APIRouter()

HERE = "/cases/{case_id}/plans"
CaseId = Annotated[str, Path(pattern=CASE_PATH)]
MemberId = Annotated[str, Path(pattern=r"^M[1-9][0-9]?$")]
Writer = Annotated[Caller, Depends(OpenTo(WRITERS))]
Number = Annotated[int, Path(ge=1, le=9999)]


@dataclass(frozen=True, slots=True)
class Line:
    """A member with the newest version of its plan, if there is one; `base` members need one."""

    member_id: str
    called: str
    base: bool
    newest: PlanVersion | None
    number: int


@router.get(HERE, **for_roles(STAFF))
def listed(request: Request, case_id: CaseId, desk: OurDesk, caller: Staff) -> Response:
    with desk.record.read() as work:
        case = or_not_found(case_files.full_case(work, caller.scope, case_id))
        people = people_of(work, caller.scope, case)
        versions = plans_of(work, case_id)
    newest = {version.member_id: version for version in versions}
    ids = [m.member_id for m in case.household.members if m.left_on is None]
    lines = [
        Line(m, people.words(m), m in case.standing.base, newest.get(m), sum(v.member_id == m for v in versions))
        for m in ids
    ]
    return page(
        request,
        "plans/listed.html",
        title=f"帮扶方案 {case_id}",
        case=case,
        lines=sorted(lines, key=lambda line: not line.base),
        writes=may_write(caller, case),
        over=case.state is State.EXITED,
        unsigned=any(line.newest is not None and line.newest.signed_on is None for line in lines),
    )


@router.get(HERE + "/{member_id}", **for_roles(WRITERS))
def write(request: Request, case_id: CaseId, member_id: MemberId, desk: OurDesk, caller: Writer) -> Response:
    """The form, with the newest version in it."""
    with desk.record.read() as work:
        case = or_not_found(case_files.full_case(work, caller.scope, case_id))
        require_member(case, member_id)
        kept = newest_plans(work, case_id).get(member_id)
    _require_writer(caller, case)
    form = form_of(kept.plan) if kept else Form.with_values({"measure-0-who": case.helper})
    return _form(request, desk, caller, case_id, member_id, form, kept.number if kept else 0)


@router.post(HERE + "/{member_id}", **for_roles(WRITERS))
async def written(
    request: Request, case_id: CaseId, member_id: MemberId, desk: OurDesk, now: Now, caller: Writer, form: Posted
) -> Response:
    return await run_in_threadpool(_save, request, desk, caller, case_id, member_id, form, now)


def _save(
    request: Request, desk: Desk, caller: Caller, case_id: str, member_id: str, form: Form, now: datetime
) -> Response:
    typed = form.text("seen") or "0"
    seen = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
    plan, mistakes = plan_in(form)
    if plan is None:
        return _form(request, desk, caller, case_id, member_id, form, seen, mistakes)
    try:
        number = write_plan(desk, caller, case_id, member_id, plan, seen=seen, key=form.key, now=now)
    except (SaidNo, Conflict) as no:
        return _form(request, desk, caller, case_id, member_id, form, seen, mistakes_of(no, ("measures",)))
    return go(f"/cases/{case_id}/plans/{member_id}/versions/{number}")


@router.get(HERE + "/{member_id}/versions/{number}", **for_roles(STAFF))
def version(
    request: Request, case_id: CaseId, member_id: MemberId, number: Number, desk: OurDesk, caller: Staff
) -> Response:
    """One version, with what changed since the one before."""
    with desk.record.read() as work:
        case = or_not_found(case_files.full_case(work, caller.scope, case_id))
        people = people_of(work, caller.scope, case)
        versions = plans_of(work, case_id, member_id)
    shown = or_not_found(next((each for each in versions if each.number == number), None), "方案")
    before = next((each for each in versions if each.number == number - 1), None)
    return page(
        request,
        "plans/version.html",
        title=f"帮扶方案 {case_id}",
        case=case,
        called=people.words(member_id),
        version=shown,
        lines=lines_of(shown.plan),
        versions=tuple(reversed(versions)),
        before=before,
        changed=changes(before.plan, shown.plan) if before else (),
        writes=may_write(caller, case),
    )


def may_write(caller: Caller, case: Case) -> bool:
    """Whether a plan of the case may still be written, by this caller."""
    return caller.role in WRITERS and case.state is not State.EXITED


def _require_writer(caller: Caller, case: Case) -> None:
    if caller.role not in WRITERS:
        raise NotYourStep("role_not_allowed", "帮扶方案由帮扶责任人和街道经办人填写。")
    if case.state is State.EXITED:
        raise Conflict("case_exited", "本户个案已经结束，方案只能查看。")


def _form(
    request: Request,
    desk: Desk,
    caller: Caller,
    case_id: str,
    member_id: str,
    form: Form,
    seen: int,
    mistakes: tuple[Mistake, ...] = (),
) -> Response:
    with desk.record.read() as work:
        case = or_not_found(case_files.full_case(work, caller.scope, case_id))
        member = require_member(case, member_id)
        people: People = people_of(work, caller.scope, case)
    _require_writer(caller, case)
    return page(
        request,
        "plans/form.html",
        title=f"填写帮扶方案 {case_id}",
        status=422 if mistakes else 200,
        case=case,
        member_id=member_id,
        called=people.words(member_id),
        benefits=member.dibao or member.unemployment_insurance,
        seen=seen,
        rows=rows_of(form),
        channels=tuple(CHANNEL_WORDS.items()),
        grounds=tuple(GROUND_WORDS.items()),
        ladder=tuple((code, words) for code, words in EDUCATION_WORDS.items() if code != "any"),
        demands=tuple(DEMAND_WORDS.items()),
        kinds=tuple(MEASURE_WORDS.items()),
        form=form,
        mistakes=mistakes,
    )
