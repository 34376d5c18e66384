"""Policies (办法): read one term by term with its basis, compare two, try one on the open cases, adopt it.

Adopting asks twice: the trial's page shows whom it touches, and its button is the second question.
"""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError
from console.administration.overview import ADMINISTRATORS
from console.asking import Administrator, Posted, for_roles
from console.forms import Form, Mistake
from console.rendering import page
from console.sending_on import go
from desk.calendar_runs import failed_in
from desk.desk import Caller, Desk, off_loop
from desk.errors import NotFound
from desk.policies import impact, installed, order_in_force
from policies.pack_diff import differences, heads, terms_of
from policies.packs import pack_ids, policy_of, versions_of
from policies.schema import Policy
from policies.term_words import GROUPS, called, in_words
from records.policy_orders import orders

router = APIRouter(prefix="/administration/policies")

HERE = "/administration/policies"
LISTED = 200


@dataclass(frozen=True, slots=True)
class TermShown:
    """One term: what it is called, what it says, and the document and clause it stands on."""

    words: str
    value: str
    basis: str


@router.get("", **for_roles(ADMINISTRATORS))
def listed(request: Request, desk: OurDesk, caller: Administrator) -> Response:
    """All installed versions, and the adoptions with their progress."""
    return _page(request, desk, caller, ())


@router.get("/read/{label}", **for_roles(ADMINISTRATORS))
def read(request: Request, _: Administrator, label: str) -> Response:
    policy = _named(label)
    groups: dict[str, list[TermShown]] = {}
    for key, term in terms_of(policy):
        if term is not None:
            shown = TermShown(called(key), in_words(key, term.value), term.basis)
            groups.setdefault(key.partition(".")[0], []).append(shown)
    headed = [(GROUPS.get(group, group), group, terms) for group, terms in groups.items()]
    return page(request, "administration/policy.html", title="办法", policy=policy, groups=headed)


@router.get("/compare", **for_roles(ADMINISTRATORS))
def compare(request: Request, _: Administrator, before: str = "", after: str = "") -> Response:
    """What reads otherwise in the second policy."""
    labels = [policy.label for policy in _installed()]
    form = Form.with_values({"before": before, "after": after})
    old, new = (_named(label) if label in labels else None for label in (before, after))
    found = differences(old, new) if old and new else ()
    return page(
        request,
        "administration/compare.html",
        title="办法对照",
        labels=[(label, label) for label in labels],
        form=form,
        old=old,
        new=new,
        heads=heads(old, new) if old and new else (),
        found=[(GROUPS.get(each.group, each.group), each) for each in found],
    )


@router.get("/trial/{label}", **for_roles(ADMINISTRATORS))
def trial(request: Request, desk: OurDesk, now: Now, caller: Administrator, label: str) -> Response:
    """Whom the policy would touch; nothing is written."""
    return _trial(request, desk, now, caller, label, ())


@router.post("/trial/{label}", **for_roles(ADMINISTRATORS))
async def adopt(request: Request, desk: OurDesk, now: Now, caller: Administrator, label: str, form: Posted) -> Response:
    """Order the adoption; the cases are moved one by one, and the list of policies shows how far it is."""
    policy = _named(label)
    if not form.ticked("sure", "yes"):
        words = "请先阅读影响，勾选确认后再采用"
        return await off_loop(_trial, request, desk, now, caller, label, (Mistake("sure", words),))
    try:
        number = await off_loop(order_in_force, desk, caller, policy, now)
    except CaseworkError as error:
        return await off_loop(_trial, request, desk, now, caller, label, (Mistake(None, error.message),))
    request.app.state.policy_runs.start(number)
    return go(f"{HERE}#adoptions")


def _trial(
    request: Request, desk: Desk, now: Now, caller: Caller, label: str, mistakes: tuple[Mistake, ...]
) -> Response:
    found = impact(desk.record, _named(label), now, area=caller.area)
    return page(
        request,
        "administration/trial.html",
        title="试算影响",
        status=422 if mistakes else 200,
        found=found,
        cases=(*found.changing, *found.refusing)[:LISTED],
        listed=LISTED,
        form=Form(),
        mistakes=mistakes,
    )


def _page(request: Request, desk: Desk, caller: Caller, mistakes: tuple[Mistake, ...]) -> Response:
    runs = request.app.state.policy_runs
    with desk.record.read() as work:
        known = orders(work)
    return page(
        request,
        "administration/policies.html",
        title="办法",
        policies=_installed(),
        orders=tuple(reversed(known)),
        running=runs.running,
        failed=failed_in(runs.last.failed, caller.area) if runs.last else {},
        mistakes=mistakes,
    )


def _installed() -> tuple[Policy, ...]:
    return tuple(policy_of(file) for pack_id in pack_ids() for file in versions_of(pack_id))


def _named(label: str) -> Policy:
    try:
        return installed(label, "policy")
    except CaseworkError:
        raise NotFound("办法") from None
