"""Entering what subsidies and counts stand on (登记措施、标记、参保月份), on the page of a case."""

from collections.abc import Callable

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError
from casework.states import Role
from console.asking import Caseworker, Posted, for_roles
from console.case_pages.in_path import CaseInPath
from console.forms import Form, Mistake, mistakes_of
from console.sending_on import go
from console.subsidies.of_a_case import shown
from console.subsidies.shown import MONTH, IdInPath
from console.typed_values import day_or_none, plain
from desk import member_measures
from desk.desk import Caller, Desk

router = APIRouter()

ONLY = (Role.CASEWORKER,)
FIELDS = ("measure_member", "measure", "measure_on", "mark_member", "mark", "insured_member", "first", "last")


@router.post("/cases/{case_id}/subsidies/measures", **for_roles(ONLY))
def measure(
    request: Request, desk: OurDesk, now: Now, caller: Caseworker, case_id: CaseInPath, form: Posted
) -> Response:
    """Keep a measure."""
    on, note = day_or_none(form.text("measure_on")), form.text("note")
    mistakes = [
        *([Mistake("measure_on", "请填写日期，写作 2026-09-30")] if on is None else []),
        *([Mistake("note", "说明不超过200个字")] if note and len(note) > 200 else []),
    ]
    if mistakes or on is None:
        return shown(request, desk, caller, case_id, now, form, tuple(mistakes))

    def act() -> None:
        member_measures.enter_measure(
            desk,
            caller,
            case_id,
            member=form.text("measure_member") or "",
            kind=form.text("measure") or "",
            on=on,
            note=note,
            key=form.key,
            now=now,
        )

    return _done(request, desk, caller, case_id, now, form, act, "measure")


@router.post("/cases/{case_id}/subsidies/measures/{measure_id}/withdraw", **for_roles(ONLY))
def withdraw(
    request: Request,
    desk: OurDesk,
    now: Now,
    caller: Caseworker,
    case_id: CaseInPath,
    measure_id: IdInPath,
    form: Posted,
) -> Response:
    """Take a measure back that was entered by mistake."""

    def act() -> None:
        member_measures.take_back_measure(desk, caller, case_id, measure_id, now)

    return _done(request, desk, caller, case_id, now, form, act, "withdrawn")


@router.post("/cases/{case_id}/subsidies/marks", **for_roles(ONLY))
def marks(request: Request, desk: OurDesk, now: Now, caller: Caseworker, case_id: CaseInPath, form: Posted) -> Response:
    """Mark a member, or take the mark off."""

    def act() -> None:
        member_measures.set_mark(
            desk,
            caller,
            case_id,
            member=form.text("mark_member") or "",
            code=form.text("mark") or "",
            marked=form.text("marked") != "no",
            now=now,
        )

    return _done(request, desk, caller, case_id, now, form, act, "mark")


@router.post("/cases/{case_id}/subsidies/insured", **for_roles(ONLY))
def insured(
    request: Request, desk: OurDesk, now: Now, caller: Caseworker, case_id: CaseInPath, form: Posted
) -> Response:
    """Write down insured months, or take them back."""
    first = plain(form.text("first") or "")
    last = plain(form.text("last") or "") or first
    mistakes = [
        Mistake(name, "月份应写作 2026-11")
        for name, month in (("first", first), ("last", last))
        if not MONTH.fullmatch(month)
    ]
    if mistakes:
        return shown(request, desk, caller, case_id, now, form, tuple(mistakes))

    def act() -> None:
        member_measures.enter_months(
            desk,
            caller,
            case_id,
            member=form.text("insured_member") or "",
            first=first,
            last=last,
            insured=form.text("insured") != "no",
            now=now,
        )

    return _done(request, desk, caller, case_id, now, form, act, "insured")


def _done(
    request: Request,
    desk: Desk,
    caller: Caller,
    case_id: str,
    now: Now,
    form: Form,
    act: Callable[[], None],
    done: str,
) -> Response:
    try:
        act()
    except CaseworkError as error:
        if error.code == "not_found":
            raise
        return shown(request, desk, caller, case_id, now, form, mistakes_of(error, FIELDS))
    return go(f"/cases/{case_id}/subsidies?done={done}")
