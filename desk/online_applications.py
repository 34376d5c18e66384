"""Applying online (网上申请): handing in and taking back; at the desk: looking, going on with it, returning it.

A caseworker goes on in a draft of the desk's own (`/intake/…`), where everything is judged as at the counter; when that
draft becomes a case, the application is accepted in the same moment (`handing_in.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from casework.errors import CaseworkError, Conflict, SaidNo
from casework.times import local_date
from casework.working_days import count
from desk.desk import Caller, Desk
from desk.draft_answers import APPLICANT, HOME, Answers, person_page
from desk.drafts import at_desk, being_handed_in
from desk.errors import NotFound, or_not_found
from notifications.at_once import AtOnce, send_at_once
from policies.terms import Length
from records.calendars import newest_for
from records.drafts import DraftKind, Whose, desk_draft, draft_for, forget_draft, public_owner, start_draft
from records.engine import Reading, Writing
from records.evidence import APPLICATION, Evidence, drop_all, evidence_about
from records.moving import somebody_works_at
from records.offices import office_for
from records.online_applications import (
    ACCEPTED,
    LOOKED,
    MOST_OPEN,
    RETURNED,
    SUBMITTED,
    TAKEN,
    WITHDRAWN,
    Act,
    Application,
    HandedIn,
    acts_of,
    application_of_draft,
    applications_of_phone,
    forget_content,
    hand_in,
    move_on,
    note_act,
    own_application,
    whole_application,
)
from records.phone_codes import PhoneVisit, phone_index_of

ANSWER_WITHIN = Length.model_validate("5wd")
"""How long the desk may take to accept or return.  内部规定, after 行政许可法 32: 五日内一次告知需要补正的全部内容."""


@dataclass(frozen=True, slots=True)
class OpenedApplication:
    """An application as a member of staff or its applicant reads it."""

    application: Application
    answers: Answers
    acts: tuple[Act, ...]
    files: tuple[Evidence, ...]


def whose(desk: Desk, visit: PhoneVisit) -> Whose:
    """Return whose drafts a visitor with a verified phone may see."""
    with desk.record.read() as work:
        return Whose(DraftKind.PUBLIC, public_owner(work, visit.phone_index))


def files_key(work: Reading, draft_id: str) -> str:
    """Return under what the files of a draft are kept: its application's number once it has one."""
    found = application_of_draft(work, draft_id)
    return found.receipt if found else draft_id


def submit(desk: Desk, visit: PhoneVisit, draft_id: str, version: int, now: datetime) -> str:
    """Hand a draft in whose answers have been read without a mistake; a second time it is the same receipt.

    Raises `NotFound`, `Conflict` (draft_changed) or `SaidNo` (too_many_applications, office_unknown).
    """
    mine = whose(desk, visit)
    with desk.record.write() as work:
        draft = draft_for(work, mine, draft_id, now, lock=True)
        before = application_of_draft(work, draft_id)
        if draft is None:
            if before is None or own_application(work, before.receipt, visit.phone_index) is None:
                raise NotFound("申请")
            return before.receipt
        if draft.version != version:
            raise Conflict("draft_changed", "这份申请刚在另一处保存过，请核对最新的内容后再提交。")
        _check_many(work, visit)
        answers = Answers.of(draft.content)
        office = answers.page(HOME).get("office", "")
        if not somebody_works_at(work, office):
            raise SaidNo("office_unknown", "请选择受理机构。", field="office")
        today = local_date(now)
        new = HandedIn(
            draft_id=draft_id,
            office=office,
            people=len(answers.people),
            due_on=count(newest_for(work, office), today, ANSWER_WITHIN, roll=True).ends,
            phone=visit.phone,
            applicant=answers.page(person_page(APPLICANT)).get("name", ""),
            content=answers.content,
        )
        receipt = hand_in(work, new, now)
        forget_draft(work, draft)
        return receipt


def _check_many(work: Reading, visit: PhoneVisit) -> None:
    waiting = [a for a in applications_of_phone(work, visit.phone_index) if a.state == SUBMITTED]
    if len(waiting) >= MOST_OPEN:
        raise SaidNo("too_many_applications", f"这个手机号已有{MOST_OPEN}份申请在等待受理，请等受理机构答复后再提交。")


def withdraw(desk: Desk, visit: PhoneVisit, receipt: str, now: datetime) -> None:
    """Take an application back that has not been accepted; what was typed and handed in is forgotten.

    Raises `NotFound` or `Conflict` (accepted_already, being_accepted).
    """
    mine = whose(desk, visit)
    with desk.record.write() as work:
        found = or_not_found(own_application(work, receipt, visit.phone_index), "申请")
        if found.state == WITHDRAWN:
            return
        if found.state == ACCEPTED:
            raise Conflict("accepted_already", "这份申请已经受理，撤回请联系受理机构。")
        _not_being_accepted(work, found)
        if not move_on(work, found, WITHDRAWN):
            raise _somebody_was_first()
        note_act(work, receipt, WITHDRAWN, None, now)
        forget_content(work, receipt)
        alone = drop_all(work, APPLICATION, receipt)
        if (draft := draft_for(work, mine, found.draft_id, now, lock=True)) is not None:
            forget_draft(work, draft)
    for digest in alone:
        desk.evidence.remove(digest)


def discard(desk: Desk, visit: PhoneVisit, draft_id: str, now: datetime) -> None:
    """Delete a draft that was never handed in, with its files; one that is being corrected is withdrawn instead."""
    mine = whose(desk, visit)
    with desk.record.write() as work:
        draft = or_not_found(draft_for(work, mine, draft_id, now, lock=True), "草稿")
        if application_of_draft(work, draft_id) is not None:
            return
        alone = drop_all(work, APPLICATION, draft_id)
        forget_draft(work, draft)
    for digest in alone:
        desk.evidence.remove(digest)


def own(desk: Desk, visit: PhoneVisit, receipt: str) -> OpenedApplication | None:
    """Return an application to its applicant, or None."""
    with desk.record.read() as work:
        found = own_application(work, receipt, visit.phone_index)
        return _opened(work, found) if found else None


def read_application(desk: Desk, caller: Caller, receipt: str, now: datetime) -> OpenedApplication:
    """Return an application whole to a member of staff, and write down who looked."""
    at_desk(caller)
    with desk.record.write() as work:
        found = or_not_found(whole_application(work, caller.scope, receipt), "申请")
        note_act(work, receipt, LOOKED, caller.account, now)
        return _opened(work, found)


def go_on_with(desk: Desk, caller: Caller, receipt: str, now: datetime) -> str:
    """Return the desk's draft in which the application is accepted, making it the first time.

    Raises `NotFound` or `Conflict` (not_waiting).
    """
    mine = at_desk(caller)
    with desk.record.write() as work:
        found = or_not_found(whole_application(work, caller.scope, receipt), "申请")
        if found.desk_draft and draft_for(work, mine, found.desk_draft, now) is not None:
            return found.desk_draft
        if found.state != SUBMITTED:
            raise Conflict("not_waiting", "这份申请不在待受理状态，请打开最新的页面查看。")
        pages = {name: dict(fields) for name, fields in Answers.of(found.content).pages.items()}
        pages[HOME] = pages.get(HOME, {}) | {"applied_on": local_date(found.first_at).isoformat()}
        if pages[HOME].get("office") == caller.area:
            pages[HOME].pop("office")
        draft = start_draft(work, mine, Answers(pages).content, now)
        if not move_on(work, found, SUBMITTED, desk_draft=draft.draft_id):
            raise _somebody_was_first()
        note_act(work, receipt, TAKEN, caller.account, now)
        return draft.draft_id


def give_back(desk: Desk, caller: Caller, receipt: str, reasons: Mapping[str, str], now: datetime) -> None:
    """Return an application with what is to be corrected, by page; the applicant is told by SMS.

    Raises `NotFound`, `SaidNo` (reason_missing) or `Conflict` (not_waiting, being_accepted).
    """
    mine = at_desk(caller)
    told = {page: words.strip() for page, words in reasons.items() if words.strip()}
    if not told:
        raise SaidNo("reason_missing", "请至少在一处写明需要更正什么，申请人会看到。")
    with desk.record.write() as work:
        found = or_not_found(whole_application(work, caller.scope, receipt), "申请")
        if found.state != SUBMITTED:
            raise Conflict("not_waiting", "这份申请不在待受理状态，请打开最新的页面查看。")
        _not_being_accepted(work, found)
        if found.desk_draft and (draft := draft_for(work, mine, found.desk_draft, now, lock=True)):
            forget_draft(work, draft)
        owner = Whose(DraftKind.PUBLIC, public_owner(work, phone_index_of(work.keys, found.phone)))
        again = start_draft(work, owner, found.content, now)
        if not move_on(work, found, RETURNED, draft_id=again.draft_id, desk_draft=None):
            raise _somebody_was_first()
        note_act(work, receipt, RETURNED, caller.account, now, told)
        office = office_for(work, found.office)
    if desk.gateways is not None:
        words = {
            "case_no": receipt,
            "office_phone": office.phone if office else "12333",
            "counted": str(len(told)),
        }
        key = f"application/{receipt}/{now.isoformat()}"
        message = AtOnce(key, "application_returned", "网上办事", found.phone, words)
        send_at_once(desk.gateways, message, now, desk.sign)


def _not_being_accepted(work: Writing, found: Application) -> None:
    """Between a caseworker's last click and the engine's answer an application may be a case already."""
    if found.desk_draft is None:
        return
    draft = desk_draft(work, found.desk_draft)
    if draft is not None and (draft.case_id is not None or being_handed_in(work, draft) is not None):
        raise Conflict("being_accepted", "这份申请正在受理，请稍后打开最新的页面查看。")


def _opened(work: Reading, found: Application) -> OpenedApplication:
    answers = Answers.of(found.content)
    files = evidence_about(work, APPLICATION, found.receipt)
    return OpenedApplication(found, answers, acts_of(work, found.receipt), files)


def _somebody_was_first() -> CaseworkError:
    return Conflict("not_waiting", "别人刚刚办理过这份申请，请打开最新的页面查看。")
