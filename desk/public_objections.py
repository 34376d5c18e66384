"""Objections from the public (群众异议): handed in without log-in while the notice hangs, then registered or declined.

Registering is the real step `raise_objection` on the case; declining (it is not about this household, it is
said twice) is a written answer.  Either way the objector is told that an answer waits.
"""

from dataclasses import dataclass, field
from datetime import datetime

from pydantic import ValidationError

from casework.errors import CaseworkError, Conflict, SaidNo
from casework.events import Receipt
from desk.bodies import Body, body_of
from desk.desk import Caller, Desk, off_loop
from desk.errors import NotFound, or_not_found
from desk.steps import take_step
from notifications.at_once import AtOnce, send_at_once
from records.board_pages import OnBoard, on_board
from records.evidence import OBJECTION, Evidence, evidence_about, move_to_case
from records.household_pages import log_view
from records.offices import office_for
from records.public_objections import (
    RECEIVED,
    NewObjection,
    PublicObjection,
    keep_objection,
    mark_declined,
    mark_registered,
    whole_objection,
)

SHORTEST, LONGEST = 10, 2000
ANONYMOUS_SHORTEST = 20


class PublicityOver(CaseworkError):
    """The notice came down while the objection was being written."""

    def __init__(self) -> None:
        super().__init__("publicity_over", "公示已经结束，不能再从公示栏提交异议。")


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed into the objection form."""

    content: str = field(repr=False)
    name: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """An objection as a member of staff reads it, with its files."""

    objection: PublicObjection
    files: tuple[Evidence, ...]


def file_objection(desk: Desk, public_id: str, typed: Typed, key: str, now: datetime) -> tuple[str, OnBoard]:
    """Keep an objection and return its receipt number; raises `NotFound` or `PublicityOver`."""
    with desk.record.write() as work:
        notice = or_not_found(on_board(work, public_id, now), "公示")
        if not notice.up:
            raise PublicityOver
        new = NewObjection(
            case_id=notice.case_id,
            round=notice.round,
            key=key,
            filed_on=notice.today,
            content=typed.content,
            name=typed.name,
            phone=typed.phone,
        )
        return keep_objection(work, new, now), notice


def read_objection(desk: Desk, caller: Caller, receipt: str, now: datetime) -> Opened:
    """Return an objection whole, and log the look; raises `NotFound` outside the scope."""
    with desk.record.write() as work:
        found = or_not_found(whole_objection(work, caller.scope, receipt), "异议")
        log_view(work, caller.scope, found.case_id, what="objection", reason=f"查看群众异议 {receipt}", now=now)
        return Opened(found, evidence_about(work, OBJECTION, receipt))


async def register_objection(
    desk: Desk, caller: Caller, receipt: str, *, checkable: bool, concerns: str | None, now: datetime
) -> Receipt:
    """Make it an objection of the case (登记异议); raises what `take_step` raises, or `Conflict` (handled_already)."""
    async with desk.turn(f"objection {receipt}"):
        found = await off_loop(_open_one, desk, caller, receipt)
        body = _body(found, checkable, concerns)
        done = await take_step(desk, caller, found.case_id, "raise_objection", body, f"objection-{receipt}", now=now)
        await off_loop(_registered, desk, caller, found, f"O{done.seq}", now)
    await off_loop(_tell, desk, found, now)
    return done


async def decline_objection(desk: Desk, caller: Caller, receipt: str, reason: str, now: datetime) -> None:
    """Answer an objection without registering it; raises `NotFound`, `SaidNo` or `Conflict` (handled_already)."""
    if len(reason.strip()) < SHORTEST:
        raise SaidNo("reason_missing", f"请写明不登记的理由（至少{SHORTEST}个字），反映人会看到。", field="reason")
    async with desk.turn(f"objection {receipt}"):
        found = await off_loop(_open_one, desk, caller, receipt)
        await off_loop(_declined, desk, caller, receipt, reason.strip(), now)
    await off_loop(_tell, desk, found, now)


def _body(found: PublicObjection, checkable: bool, concerns: str | None) -> Body:
    said = {"on": found.filed_on, "anonymous": found.anonymous, "checkable": checkable, "content": found.content}
    try:
        return body_of("raise_objection").model_validate(said | {"concerns": concerns})
    except ValidationError:
        raise SaidNo("concerns_wrong", "请填写工作人员的账号，或留空。", field="concerns") from None


def _open_one(desk: Desk, caller: Caller, receipt: str) -> PublicObjection:
    with desk.record.read() as work:
        found = whole_objection(work, caller.scope, receipt)
    if found is None:
        raise NotFound("异议")
    if found.state != RECEIVED:
        raise _handled(found)
    return found


def _registered(desk: Desk, caller: Caller, found: PublicObjection, number: str, now: datetime) -> None:
    with desk.record.write() as work:
        if mark_registered(work, found.receipt, objection=number, account=caller.account, now=now):
            move_to_case(work, OBJECTION, found.receipt, found.case_id)


def _declined(desk: Desk, caller: Caller, receipt: str, reason: str, now: datetime) -> None:
    with desk.record.write() as work:
        mark_declined(work, receipt, reason=reason, account=caller.account, now=now)


def _handled(found: PublicObjection) -> Conflict:
    return Conflict("handled_already", f"这件异议已由 {found.handled_by} 办理，请打开最新的页面查看。")


def _tell(desk: Desk, found: PublicObjection, now: datetime) -> None:
    """Tell the objector that an answer waits; who did not leave a phone asks nobody."""
    if not found.phone or desk.gateways is None:
        return
    with desk.record.read() as work:
        office = office_for(work, found.office)
    words = {"case_no": found.receipt, "office_phone": office.phone if office else "12333"}
    message = AtOnce(f"objection/{found.receipt}", "objection_answered", "网上办事", found.phone, words)
    send_at_once(desk.gateways, message, now, desk.sign)
