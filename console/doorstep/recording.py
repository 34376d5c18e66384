"""Recording at a household's door (登记): one form a kind, sent, told what changed meanwhile, kept when it cannot be.

A form is never answered with less than what was typed.  In order: whose household it is now; whether it can be read;
what happened since it was opened; then the step.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from api.errors import status_of
from casework.case_facts import ReferralOutcome
from casework.errors import CaseworkError, Conflict, NotYourStep, SaidNo, StepNotInTable
from console.asking import Helper, Posted, for_roles
from console.doorstep.at_hand import AtHand, at_hand
from console.doorstep.handed_on import handed_on_page
from console.doorstep.keeping import WAITS, filled_at, keep_all, noted_at
from console.doorstep.kinds import COMMAND_FIELDS, KINDS, Kind, choices, opened
from console.doorstep.meanwhile import meanwhile
from console.doorstep.sent import Sent, Told
from console.doorstep.taking import Taking
from console.doorstep.today import HELPERS
from console.doorstep.typed import Planned
from console.forms import Form, Mistake
from console.rendering import page
from console.sending_on import go
from desk import offline_entries
from desk.case_client import AcceptedNotRecorded, EngineUnavailable
from desk.desk import Caller, Desk, off_loop
from desk.errors import NotFound
from policies.citations import cited

router = APIRouter()

NO = (StepNotInTable, NotYourStep, SaidNo, Conflict)
NOT_NOW = (EngineUnavailable, AcceptedNotRecorded)


def form_page(sent: Sent, hand: AtHand, told: Told) -> Response:
    """Show a form of a kind with what there is to tell; `seen` is the state that is shown."""
    form = sent.form
    return page(
        sent.request,
        f"doorstep/{sent.kind.name}.html",
        title=sent.kind.title,
        status=told.status,
        form=form,
        mistakes=told.mistakes,
        told=told,
        hand=hand,
        kind=sent.kind,
        action=f"/doorstep/{sent.case_id}/{sent.kind.name}" + (f"/{sent.referral_id}" if sent.referral_id else ""),
        seen=hand.row.seq if told.meanwhile else form.text("seen") or hand.row.seq,
        checked=told.meanwhile.mark if told.meanwhile and told.meanwhile.anything else form.text("checked") or "",
        filled_on=form.text("filled_on") or hand.today.isoformat(),
        filled_at=form.text("filled_at") or int(sent.now.timestamp()),
        **choices(sent.kind, hand, sent.referral_id),
    )


async def shown(sent: Sent) -> Response:
    """Open a form: empty, or with what an offline entry of the caller's holds."""
    hand = await off_loop(at_hand, sent.desk, sent.caller, sent.case_id, sent.now)
    _require_referral(hand, sent)
    return form_page(sent, hand, Told())


async def taken(sent: Sent) -> Response:
    """Take what was sent, or answer with everything typed and what stands in the way."""
    try:
        hand = await off_loop(at_hand, sent.desk, sent.caller, sent.case_id, sent.now)
        _require_referral(hand, sent)
        planned = sent.kind.read(sent.form, hand, sent.referral_id)
    except NotFound:
        planned = sent.kind.read(sent.form, None, sent.referral_id)
        return await handed_on_page(sent, planned)
    if planned.mistakes:
        order = {name: place for place, name in enumerate(sent.kind.fields)}
        mistakes = sorted(planned.mistakes, key=lambda mistake: order.get(mistake.field or "", len(order)))
        return form_page(sent, hand, Told(422, tuple(mistakes)))
    changed = await off_loop(meanwhile, sent.desk, sent.caller, hand, sent.form, sent.kind.trigger)
    if sent.form.text("way") == "keep":
        return await _kept(sent, hand, planned, filled_at(sent.form, sent.now))
    if changed.anything:
        return form_page(sent, hand, Told(409, meanwhile=changed))
    if (noted := noted_at(sent.form, sent.now)) is not None:
        return await _kept(sent, hand, planned, noted)
    return await _taken(sent, hand, planned)


async def _taken(sent: Sent, hand: AtHand, planned: Planned) -> Response:
    taking = Taking(sent.desk, sent.caller, sent.case_id, sent.form, sent.now)
    try:
        await taking.take(planned)
    except NotFound:
        return await handed_on_page(sent, planned)
    except NO as no:
        if no.code == WAITS:
            return go("/doorstep/offline")
        return await _refused(sent, hand, taking, no)
    except NOT_NOW as later:
        return form_page(sent, hand, Told(status_of(later), (Mistake(None, later.message),)))
    return go(f"/doorstep/{sent.case_id}?saved={sent.kind.name}")


async def _refused(sent: Sent, before: AtHand, taking: Taking, no: CaseworkError) -> Response:
    """Show the form again, or the form of what is left, with what stands in the way and what happened meanwhile."""
    hand = await off_loop(at_hand, sent.desk, sent.caller, sent.case_id, sent.now)
    changed = None
    if not isinstance(no, SaidNo) and hand.row.seq != before.row.seq:
        changed = await off_loop(meanwhile, sent.desk, sent.caller, hand, sent.form, sent.kind.trigger)
    rest = _rest(sent, taking)
    field = COMMAND_FIELDS.get(no.field or "", no.field)
    words = f"{no.message}（{cited(no.clause)}）" if no.clause else no.message
    mistake = Mistake(field if field in rest.kind.fields else None, words)
    saved = "" if rest is sent else f"{sent.kind.title}已办好，下面这一项没有办成。更正后只需保存这一项。"
    may_keep = isinstance(no, StepNotInTable | NotYourStep)
    status = 409 if isinstance(no, StepNotInTable | Conflict) else 422
    return form_page(rest, hand, Told(status, (mistake,), changed, saved, may_keep))


def _rest(sent: Sent, taking: Taking) -> Sent:
    """Return what is still to be sent when the first act is on record and a later one was refused."""
    if taking.done == 0:
        return sent
    form = sent.form
    if sent.kind.name == "visit":
        reached = form.many("met")
        values = {"channel": "visit", "result": "reached" if reached else "failed", "on": form.text("visited_on")}
        left = Form.with_values(values | {"who": reached[0] if reached else None, "note": form.text("note")})
        return replace(sent, kind=KINDS["contact"], form=left)
    names = ("on", "answer", "reason_code", "statement")
    left = Form.with_values({name: form.text(name) for name in names})
    referral_id = taking.referral or sent.referral_id
    return replace(sent, kind=KINDS["answer"], referral_id=referral_id, form=left)


async def _kept(sent: Sent, hand: AtHand, planned: Planned, at: datetime) -> Response:
    """Keep what was typed as noted at that moment; what can be taken is taken, the rest waits on its list."""
    on_its_clock = at + timedelta(seconds=hand.row.clock.offset)
    waiting = await keep_all(sent.desk, sent.caller, sent.case_id, sent.form, planned, on_its_clock, sent.now)
    return go("/doorstep/offline?kept=1" if waiting else f"/doorstep/{sent.case_id}?saved={sent.kind.name}")


def _require_referral(hand: AtHand, sent: Sent) -> None:
    if sent.kind.name == "answer":
        known = {r.referral_id for r in hand.case.referrals if r.outcome is not ReferralOutcome.DECLINED}
        if sent.referral_id not in known:
            raise NotFound("推荐")


def _of_entry(desk: Desk, caller: Caller, entry_id: str, case_id: str) -> Form | None:
    """Return what one's own waiting entry of this household holds, to be corrected."""
    mine = offline_entries.unsettled(desk, caller, 500)
    entry = next((e for e in mine if e.entry_id == entry_id and e.case_id == case_id), None)
    if entry is None:
        return None
    content = {**entry.content, "entry": entry_id}
    content |= {"result": content.get("outcome"), "who": content.get("answered_by") or content.get("answered")}
    pairs = [(name, value) for name, value in content.items() if isinstance(value, str)]
    pairs += [(name, "yes") for name, value in content.items() if value is True]
    pairs += [(name, str(each)) for name, value in content.items() if isinstance(value, list) for each in value]
    return Form(tuple(pairs))


Route = Callable[..., Awaitable[Response]]


def _add(kind: Kind) -> None:
    path = f"/doorstep/{{case_id}}/{kind.name}" + ("/{referral_id}" if kind.name == "answer" else "")

    async def show(
        request: Request, case_id: str, desk: OurDesk, caller: Helper, now: Now, entry: str = "", referral_id: str = ""
    ) -> Response:
        hand = await off_loop(at_hand, desk, caller, case_id, now)
        noted = await off_loop(_of_entry, desk, caller, entry, case_id) if entry else None
        return await shown(Sent(request, desk, caller, case_id, kind, referral_id, noted or opened(kind, hand), now))

    async def take(
        request: Request, case_id: str, desk: OurDesk, caller: Helper, now: Now, form: Posted, referral_id: str = ""
    ) -> Response:
        return await taken(Sent(request, desk, caller, case_id, kind, referral_id, form, now))

    router.add_api_route(path, show, methods=["GET"], **for_roles(HELPERS))
    router.add_api_route(path, take, methods=["POST"], **for_roles(HELPERS))


for _kind in KINDS.values():
    _add(_kind)
