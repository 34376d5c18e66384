"""Applying for a subsidy (申请补贴): one form, opened from the right that the page of a case shows."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError
from casework.states import Role
from console.asking import Caseworker, Posted, for_roles
from console.case_pages.in_path import CaseInPath
from console.forms import Form, Mistake, mistakes_of
from console.rendering import page
from console.sending_on import go
from console.subsidies.of_a_case import read
from console.subsidies.shown import BY_WORDS, MONTH, NO_ACCOUNT, account_number
from console.typed_values import Unreadable, amount, plain
from desk import subsidies
from desk.desk import Caller, Desk
from policies.groups_subsidies import BASES
from register.subsidies import Entitled, kind_words
from register.subsidy_months import month_of

router = APIRouter()

ONLY = (Role.CASEWORKER,)
FIELDS = ("first_month", "base", "unit", "bank_account", "evidence")


@router.get("/cases/{case_id}/subsidies/apply", **for_roles(ONLY))
def apply_page(
    request: Request,
    desk: OurDesk,
    now: Now,
    caller: Caseworker,
    case_id: CaseInPath,
    kind: str = "",
    by: str = "",
    about: str = "",
) -> Response:
    form = Form.with_values({"kind": kind, "by": by, "about": about})
    return _page(request, desk, caller, case_id, now, form, ())


@router.post("/cases/{case_id}/subsidies/apply", **for_roles(ONLY))
def apply_for(
    request: Request, desk: OurDesk, now: Now, caller: Caseworker, case_id: CaseInPath, form: Posted
) -> Response:
    """Take an application in."""
    asked, mistakes = typed(form)
    if asked is None:
        return _page(request, desk, caller, case_id, now, form, mistakes)
    try:
        made = subsidies.apply_for(desk, caller, case_id, asked, key=form.key, now=now)
    except CaseworkError as error:
        return _page(request, desk, caller, case_id, now, form, mistakes_of(error, FIELDS))
    return go(f"/subsidies/applications/{made}?done=applied")


def typed(form: Form) -> tuple[subsidies.Asked | None, tuple[Mistake, ...]]:
    """Return what was typed, or what is wrong with it."""
    mistakes, base = [], None
    month = plain(form.text("first_month") or "")
    if month and not MONTH.fullmatch(month):
        mistakes.append(Mistake("first_month", "起始月份应写作 2026-11"))
    if given := form.text("base"):
        try:
            base = amount(given)
        except Unreadable as error:
            mistakes.append(Mistake("base", f"金额{error.words}"))
    evidence, unit, number = form.text("evidence"), form.text("unit"), account_number(form.text("bank_account"))
    if not evidence or not 2 <= len(evidence) <= 200:
        mistakes.append(Mistake("evidence", "请写明收到的材料，2至200个字，如“劳动合同、缴费凭证”"))
    if unit and len(unit) > 60:
        mistakes.append(Mistake("unit", "单位名称不超过60个字"))
    if number is None:
        mistakes.append(Mistake("bank_account", NO_ACCOUNT))
    if mistakes or evidence is None:
        return None, tuple(mistakes)
    asked = subsidies.Asked(
        member=form.text("member") or "",
        kind=form.text("kind") or "",
        by=form.text("by") or "",
        about=form.text("about") or "",
        first_month=month,
        evidence=evidence,
        base_fen=base,
        unit=unit,
        bank_account=number or None,
    )
    return asked, ()


def _page(
    request: Request, desk: Desk, caller: Caller, case_id: str, now: Now, form: Form, mistakes: tuple[Mistake, ...]
) -> Response:
    with desk.record.read() as work:
        seen = read(work, caller, case_id, now)
    right = _right(seen.rights, form)
    term = seen.pack.subsidies.of(right.kind) if right and seen.pack and seen.pack.subsidies else None
    if right is not None and not form.text("first_month"):
        form = Form((*form.pairs, ("first_month", month_of(right.since))))
    return page(
        request,
        "subsidies/apply.html",
        title="申请补贴",
        status=422 if mistakes else 200,
        case=seen.case,
        right=right,
        who=seen.who(right.member) if right else "",
        kind=kind_words(right.kind) if right else "",
        by=BY_WORDS[right.by] if right else "",
        term=term,
        needs_base=BASES[term.value.base] if term and term.value.base not in ("fixed", "minimum_wage") else "",
        monthly=term is not None and term.value.pay == "monthly",
        paid_out=term is not None and term.value.paid_out,
        form=form,
        mistakes=mistakes,
    )


def _right(rights: tuple[Entitled, ...], form: Form) -> Entitled | None:
    wanted = (form.text("kind"), form.text("by"), form.text("about"))
    return next((right for right in rights if (right.kind, right.by, right.about) == wanted), None)
