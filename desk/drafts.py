"""Drafts of applications at the desk (受理草稿): started, saved page by page, taken over by a colleague, discarded.

Every function takes a `Whose`: `at_desk(caller)` for a caseworker; for a member of the public, whose secret lives in a
cookie and who sees no draft but the own, `Whose(DraftKind.PUBLIC, public_owner(work, secret))`.  Handing one in is in
`handing_in.py` (the desk); what becomes of the public's own is decided by the desk that accepts it: `start` takes its
answers, so that a caseworker goes on with them.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from casework.errors import Conflict, NotYourStep
from casework.states import Role
from desk.desk import Caller, Desk
from desk.draft_answers import Answers, Opening
from desk.errors import or_not_found
from records.drafts import (
    Draft,
    DraftKind,
    Whose,
    draft_for,
    drafts_for,
    forget_draft,
    keep_draft,
    move_draft,
    start_draft,
)
from records.engine import Reading, Writing
from records.seen_requests import case_of_key

A_DRAFT = "草稿"


def at_desk(caller: Caller) -> Whose:
    """Return whose drafts a caseworker may see: the own, and those of the same office."""
    if caller.role is not Role.CASEWORKER:
        raise NotYourStep("role_not_allowed", f"申请由经办人受理，您的角色是{caller.role.words}。")
    return Whose(DraftKind.DESK, caller.account, caller.area)


def key_of(draft: Draft) -> str:
    """Return the request key under which a draft is handed in: one draft is one case, however often it is sent."""
    return f"draft-{draft.draft_id}"


def being_handed_in(work: Reading, draft: Draft) -> str | None:
    """Return the number a draft was given when it was handed in and the answer never came; else None."""
    return case_of_key(work, account=draft.owner, key=key_of(draft))


def start(desk: Desk, whose: Whose, now: datetime, answers: Answers | None = None, *, once: str | None = None) -> Draft:
    """Start a draft, empty or with answers that were given elsewhere.

    `once` is the request key of the form: a second click gets the draft of the first.
    """
    with desk.record.write() as work:
        return start_draft(work, whose, (answers or Answers()).content, now, once=once)


def look(desk: Desk, whose: Whose, draft_id: str, now: datetime) -> Draft:
    """Return a draft, or raise `NotFound`."""
    with desk.record.read() as work:
        return or_not_found(draft_for(work, whose, draft_id, now), A_DRAFT)


def all_of(desk: Desk, whose: Whose, now: datetime) -> tuple[Draft, ...]:
    """Return the drafts that are not handed in yet, the last saved first."""
    with desk.record.read() as work:
        return drafts_for(work, whose, now)


def save_page(
    desk: Desk,
    whose: Whose,
    draft_id: str,
    page: str,
    fields: Mapping[str, str],
    now: datetime,
    *,
    seen: int | None,
    opening: Opening | None = None,
) -> Answers:
    """Save one page as typed; return all answers.

    Raises `NotFound`, `PageChanged` (somebody saved this page meanwhile), `Conflict` (draft_not_yours,
    draft_handed_in, draft_being_handed_in), `SaidNo` (draft_too_large, too_many_members).
    """
    return _change(
        desk,
        whose,
        draft_id,
        now,
        lambda old: old.saved(page, fields, by=whose.owner, now=now, seen=seen, opening=opening),
    )


def remove_person(desk: Desk, whose: Whose, draft_id: str, key: str, now: datetime) -> Answers:
    """Take somebody out of a draft; who is not there (any more) is no error."""
    return _change(desk, whose, draft_id, now, lambda old: old.without_person(key, by=whose.owner, now=now))


def take_over(desk: Desk, whose: Whose, draft_id: str, now: datetime) -> None:
    """Go on with a colleague's draft: a household does not wait for somebody on leave.  Who took it is written down."""
    with desk.record.write() as work:
        draft = open_draft(work, whose, draft_id, now)
        if draft.owner != whose.owner:
            move_draft(work, draft, whose, now)


def discard(desk: Desk, whose: Whose, draft_id: str, now: datetime) -> None:
    """Delete a draft for good."""
    with desk.record.write() as work:
        forget_draft(work, own_draft(work, whose, draft_id, now))


def open_draft(work: Writing, whose: Whose, draft_id: str, now: datetime) -> Draft:
    """Return a draft that may still be changed by somebody, locked for this unit of work."""
    draft = or_not_found(draft_for(work, whose, draft_id, now, lock=True), A_DRAFT)
    if draft.case_id is not None:
        raise Conflict("draft_handed_in", f"这份申请已经受理，个案编号 {draft.case_id}，请到个案页面办理更正。")
    if being_handed_in(work, draft) is not None or Answers.of(draft.content).being_sent(now):
        raise Conflict(
            "draft_being_handed_in",
            "这份申请已经提交，后台还没有答复，暂时不能修改。请回到核对页再次提交，不会重复受理。",
        )
    return draft


def own_draft(work: Writing, whose: Whose, draft_id: str, now: datetime) -> Draft:
    """Return a draft that the owner may change, locked; a colleague takes it over first."""
    draft = open_draft(work, whose, draft_id, now)
    if draft.owner != whose.owner:
        raise Conflict("draft_not_yours", f"这份草稿现在由 {draft.owner} 办理，请先接手再修改。")
    return draft


def _change(desk: Desk, whose: Whose, draft_id: str, now: datetime, change: Callable[[Answers], Answers]) -> Answers:
    with desk.record.write() as work:
        draft = own_draft(work, whose, draft_id, now)
        answers = change(Answers.of(draft.content))
        keep_draft(work, draft, answers.content, by=whose.owner, now=now, id_number=answers.applicant_number)
    return answers
