"""Renewing a subsidy (续期): what it would give and why, before anything is asked for; then the form."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, Now, OurDesk
from casework.errors import CaseworkError
from casework.states import Role
from casework.times import month_in_words
from console.asking import Caseworker, Posted, Staff, for_roles
from console.forms import Form, Mistake, mistakes_of
from console.rendering import page
from console.sending_on import go
from console.subsidies.applying import FIELDS, ONLY, typed
from console.subsidies.shown import BY_WORDS, IdInPath, lines, months_words
from console.words import yuan
from desk import subsidy_renewals
from desk.desk import Caller, Desk
from desk.subsidy_renewals import Looked
from policies.groups_subsidies import BASES
from records.subsidy_applications import told
from register.subsidies import claim_of, kind_words

router = APIRouter()

HERE = "/subsidies/applications/{application_id}/renew"


@router.get(HERE, **for_roles(STAFF))
def renew_page(request: Request, desk: OurDesk, now: Now, caller: Staff, application_id: IdInPath) -> Response:
    return _page(request, desk, caller, now, application_id, Form(), ())


@router.post(HERE, **for_roles(ONLY))
def renew(
    request: Request, desk: OurDesk, now: Now, caller: Caseworker, application_id: IdInPath, form: Posted
) -> Response:
    """Take a renewal in."""
    asked, mistakes = typed(form)
    if asked is None:
        return _page(request, desk, caller, now, application_id, form, mistakes)
    try:
        made = subsidy_renewals.renew(desk, caller, application_id, asked, key=form.key, now=now)
    except CaseworkError as error:
        return _page(request, desk, caller, now, application_id, form, mistakes_of(error, FIELDS))
    return go(f"/subsidies/applications/{made}?done=applied")


def _page(
    request: Request,
    desk: Desk,
    caller: Caller,
    now: Now,
    application_id: str,
    form: Form,
    mistakes: tuple[Mistake, ...],
) -> Response:
    with desk.record.read() as work:
        seen = subsidy_renewals.look(work, caller, application_id, now)
        who = lines(work, [seen.applied])[0].who
        unit = told(work, application_id).unit
    found, value = seen.renewal, seen.term.value
    if not mistakes:
        form = Form((("first_month", found.span.first if found else ""), ("unit", unit or "")))
    return page(
        request,
        "subsidies/renew.html",
        title="补贴续期",
        status=422 if mistakes else 200,
        applied=seen.applied,
        who=who,
        kind=kind_words(seen.applied.kind),
        by=BY_WORDS[seen.applied.claimed_by],  # type: ignore[index]
        had=months_words(seen.applied),
        found=found,
        refused=seen.refused,
        months=f"{month_in_words(found.span.first)}至{month_in_words(found.span.last)}" if found else "",
        amount=_amount(seen),
        amount_basis=value.amount_basis,
        needs_base=BASES[value.base] if value.base not in ("fixed", "minimum_wage") else "",
        paid_out=value.paid_out,
        asks=caller.role is Role.CASEWORKER,
        form=form,
        mistakes=mistakes,
    )


def _amount(seen: Looked) -> str:
    value = seen.term.value
    if seen.renewal is None:
        return ""
    if value.amount_fen is not None:
        return f"每月{yuan(value.amount_fen)}，最多共{yuan(value.amount_fen * seen.renewal.span.months)}"
    claim = claim_of(value, seen.applied.claimed_by, channel=seen.renewal.job.channel)
    return value.amount_for(claim) if claim else value.amount_words
