"""My absences (请假与代办): enter one with its substitute, come back early, cancel.

Those that are over are not shown, but in a drill, where cases live on days of their own.
"""

from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import EVERYBODY, Now, OurDesk
from casework.errors import CaseworkError
from casework.times import local_date
from console.asking import Anybody, Posted, for_roles
from console.forms import Form, Mistake, mistakes_of
from console.rendering import page
from console.sending_on import go
from console.typed_values import day_or_none
from desk import absences
from desk.desk import Caller, Desk
from desk.errors import NotFound
from records.absences import can_stand_in
from records.accounts import accounts_in

router = APIRouter()

FIELDS = ("substitute", "first", "last", "reason")
LATEST_YEAR = 2100


@router.get("/account/absences", **for_roles(EVERYBODY))
def listed(request: Request, desk: OurDesk, now: Now, caller: Anybody) -> Response:
    return _page(request, desk, caller, now_on=local_date(now), form=Form())


@router.post("/account/absences", **for_roles(EVERYBODY))
def enter(request: Request, desk: OurDesk, now: Now, caller: Anybody, form: Posted) -> Response:
    """Enter an absence of one's own."""
    first, last = day_typed(form.text("first")), day_typed(form.text("last"))
    substitute, reason = form.text("substitute"), form.text("reason")
    mistakes = [
        Mistake(field, words)
        for field, given, words in (
            ("substitute", substitute, "请选择代办人"),
            ("first", first, "请填写第一日，写作 2026-09-30"),
            ("last", last, "请填写最后一日，写作 2026-09-30"),
            ("reason", reason, "请填写事由"),
        )
        if given is None
    ]
    if not mistakes and substitute and first and last and reason:
        try:
            absences.enter(
                desk,
                caller,
                account=None,
                substitute=substitute[:40],
                first=first,
                last=last,
                reason=reason[:200],
                now=now,
            )
            return go("/account/absences")
        except CaseworkError as error:
            mistakes = list(mistakes_of(error, FIELDS))
    return _page(request, desk, caller, now_on=local_date(now), form=form, mistakes=tuple(mistakes), status=422)


@router.post("/account/absences/{absence_id}/last", **for_roles(EVERYBODY))
def change_last(request: Request, desk: OurDesk, now: Now, caller: Anybody, absence_id: int, form: Posted) -> Response:
    """Come back early, or stay away longer."""
    last = day_typed(form.text(f"last-{absence_id}"))
    field = f"last-{absence_id}"
    try:
        if last is None:
            mistakes: tuple[Mistake, ...] = (Mistake(field, "请填写新的最后一日，写作 2026-09-30"),)
        else:
            absences.change_last(desk, caller, absence_id, last, now)
            return go("/account/absences")
    except NotFound:
        raise
    except CaseworkError as error:
        mistakes = (Mistake(field, error.message),)
    return _page(request, desk, caller, now_on=local_date(now), form=form, mistakes=mistakes, status=422)


@router.post("/account/absences/{absence_id}/cancel", **for_roles(EVERYBODY))
def cancel(desk: OurDesk, now: Now, caller: Anybody, absence_id: int) -> Response:
    absences.cancel(desk, caller, absence_id, now)
    return go("/account/absences")


def day_typed(typed: str | None) -> date | None:
    """Return the day somebody typed as 2026-09-30, or None when it is none."""
    found = day_or_none(typed)
    return found if found and 1990 <= found.year <= LATEST_YEAR else None


def _page(
    request: Request,
    desk: Desk,
    caller: Caller,
    *,
    now_on: date,
    form: Form,
    mistakes: tuple[Mistake, ...] = (),
    status: int = 200,
) -> Response:
    known = absences.list_known(desk, caller, since=None if desk.drill else now_on)
    with desk.record.read() as work:
        colleagues = [
            (each.account, f"{each.name}（{each.account}）")
            for each in accounts_in(work, caller.area, caller.role)
            if each.account != caller.account and can_stand_in(caller.person, each)
        ]
    return page(
        request,
        "account/absences.html",
        title="请假与代办",
        status=status,
        form=form,
        mistakes=mistakes,
        mine=tuple(each for each in known if each.account == caller.account),
        others=tuple(each for each in known if each.account != caller.account),
        colleagues=colleagues,
    )
