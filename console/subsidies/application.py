"""One application (一份补贴申请): what it is; decided by the county, not by who took it in; stopped, recovered."""

from collections.abc import Callable

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, Now, OurDesk
from casework.errors import CaseworkError
from casework.states import Role
from console.asking import Caseworker, Posted, Reviewer, Staff, for_roles
from console.case_pages.in_path import COMPARERS, Comparer
from console.forms import Form, Mistake, mistakes_of
from console.rendering import page
from console.sending_on import go
from console.subsidies.shown import (
    BY_WORDS,
    NO_ACCOUNT,
    IdInPath,
    account_number,
    amount_words,
    lines,
    months_words,
    tabs,
)
from console.typed_values import day_or_none
from desk import subsidies, subsidy_accounts
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from policies.errors import PolicyError
from policies.packs import load_pack
from records.subsidy_applications import has_account, one, told
from records.subsidy_payments import paid_months
from register.subsidies import kind_words

router = APIRouter()

HERE = "/subsidies/applications"
ONLY_REVIEWERS = (Role.REVIEWER,)
ONLY_CASEWORKERS = (Role.CASEWORKER,)
AGAIN = "请对照存折或银行卡复印件录入收款账号，8至32位数字"


@router.get(f"{HERE}/{{application_id}}", **for_roles(STAFF))
def one_page(request: Request, desk: OurDesk, caller: Staff, application_id: IdInPath, done: str = "") -> Response:
    return _one(request, desk, caller, application_id, Form(), (), done=done)


@router.post(f"{HERE}/{{application_id}}/decide", **for_roles(ONLY_REVIEWERS))
def decide(
    request: Request, desk: OurDesk, now: Now, caller: Reviewer, application_id: IdInPath, form: Posted
) -> Response:
    """Approve or refuse."""
    choice, reason = form.text("decision"), form.text("reason")
    if choice not in ("approve", "refuse"):
        mistake = Mistake("decision", "请选择批准或不予批准")
        return _one(request, desk, caller, application_id, form, (mistake,))
    if reason and len(reason) > 200:
        return _one(request, desk, caller, application_id, form, (Mistake("reason", "理由不超过200个字"),))

    def act() -> None:
        subsidies.decide(desk, caller, application_id, approve=choice == "approve", reason=reason, now=now)

    return _done(request, desk, caller, application_id, form, act, "decided", ("reason",))


@router.post(f"{HERE}/{{application_id}}/stop", **for_roles(COMPARERS))
def stop(
    request: Request, desk: OurDesk, now: Now, caller: Comparer, application_id: IdInPath, form: Posted
) -> Response:
    """Stop what runs."""
    on, why = day_or_none(form.text("on")), form.text("why")
    mistakes = [
        *([Mistake("on", "请填写停发日期，写作 2026-09-30")] if on is None else []),
        *([Mistake("why", "请写明停发原因，4至200个字")] if not why or not 4 <= len(why) <= 200 else []),
    ]
    if mistakes or on is None or why is None:
        return _one(request, desk, caller, application_id, form, tuple(mistakes))

    def act() -> None:
        subsidies.stop(desk, caller, application_id, on=on, reason=why, now=now)

    return _done(request, desk, caller, application_id, form, act, "stopped", ("on",))


@router.post(f"{HERE}/{{application_id}}/account", **for_roles(ONLY_CASEWORKERS))
def account(
    request: Request, desk: OurDesk, now: Now, caller: Caseworker, application_id: IdInPath, form: Posted
) -> Response:
    """Write down where it is paid to."""
    number = account_number(form.text("bank_account"))
    if not number:
        return _one(request, desk, caller, application_id, form, (Mistake("bank_account", NO_ACCOUNT),))

    def act() -> None:
        subsidy_accounts.set_account(desk, caller, application_id, number, now)

    return _done(request, desk, caller, application_id, form, act, "account", ("bank_account",))


@router.post(f"{HERE}/{{application_id}}/account-check", **for_roles(COMPARERS))
def check_account(
    request: Request, desk: OurDesk, now: Now, caller: Comparer, application_id: IdInPath, form: Posted
) -> Response:
    """Compare where it is paid to, by typing it in again."""
    number = account_number(form.text("again"))
    if not number:
        return _one(request, desk, caller, application_id, form, (Mistake("again", AGAIN),))

    def act() -> None:
        subsidy_accounts.check_account(desk, caller, application_id, number, now)

    return _done(request, desk, caller, application_id, form, act, "checked", ("again",))


@router.post(f"{HERE}/{{application_id}}/recovered", **for_roles(ONLY_REVIEWERS))
def recovered(
    request: Request, desk: OurDesk, now: Now, caller: Reviewer, application_id: IdInPath, form: Posted
) -> Response:
    """Write down that the money came back."""
    on = day_or_none(form.text("back_on"))
    if on is None:
        mistake = Mistake("back_on", "请填写追回日期，写作 2026-09-30")
        return _one(request, desk, caller, application_id, form, (mistake,))

    def act() -> None:
        subsidies.recovered(desk, caller, application_id, on=on, now=now)

    return _done(request, desk, caller, application_id, form, act, "recovered", ())


def _done(
    request: Request,
    desk: Desk,
    caller: Caller,
    application_id: str,
    form: Form,
    act: Callable[[], None],
    done: str,
    fields: tuple[str, ...],
) -> Response:
    try:
        act()
    except CaseworkError as error:
        return _one(request, desk, caller, application_id, form, mistakes_of(error, fields or ("back_on",)))
    return go(f"{HERE}/{application_id}?done={done}")


def _one(
    request: Request,
    desk: Desk,
    caller: Caller,
    application_id: str,
    form: Form,
    mistakes: tuple[Mistake, ...],
    *,
    done: str = "",
) -> Response:
    with desk.record.read() as work:
        applied = or_not_found(one(work, caller.scope, application_id), "补贴申请")
        line = lines(work, [applied])[0]
        words, known = told(work, application_id), has_account(work, application_id)
        months = paid_months(work, [application_id]).get(application_id, ())
    return page(
        request,
        "subsidies/application.html",
        title="补贴申请",
        status=422 if mistakes else 200,
        tabs=tabs(caller.role, HERE),
        applied=applied,
        who=line.who,
        told=words,
        kind=kind_words(applied.kind),
        by=BY_WORDS[applied.claimed_by],  # type: ignore[index]
        amount=amount_words(applied),
        months=months_words(applied),
        paid=months,
        paid_fen=len(months) * applied.monthly_fen,
        account_known=known,
        enters_account=caller.role is Role.CASEWORKER and applied.paid_out and applied.state in ("applied", "approved"),
        checks_account=caller.role in COMPARERS and applied.account_open,
        wrote_account=applied.account_by == caller.account,
        decides=caller.role is Role.REVIEWER and applied.state == "applied",
        own=applied.applied_by == caller.account,
        renews=applied.pay == "monthly" and applied.state in ("approved", "ended"),
        stops=caller.role in COMPARERS and applied.state in ("applied", "approved"),
        recovers=caller.role is Role.REVIEWER and bool(applied.recover_fen) and applied.recovered_on is None,
        policy=_policy_words(applied.pack),
        done=done,
        form=form,
        mistakes=mistakes,
    )


def _policy_words(label: str) -> str:
    """Return the name of the policy that an application was worked out by; one that no file holds is its label."""
    name, _, version = label.partition("@")
    try:
        return f"{load_pack(label).name}，第{version}版" if version else load_pack(name).name
    except PolicyError:
        return label
