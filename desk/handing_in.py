"""A draft handed in (提交受理): it becomes a case once, whatever happens between the click and the answer.

The request key is the draft's own, so a second click, a second tab or a second try after the engine was away lead to
the same case.  From the click to the answer nothing of the draft may be changed; a refusal gives it back.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from casework.errors import CaseworkError, Conflict
from casework.states import Role
from desk.applications import open_case
from desk.desk import Caller, Desk, off_loop
from desk.draft_answers import SENT, Answers
from desk.drafts import at_desk, being_handed_in, key_of
from desk.errors import or_not_found
from desk.intake_form import ApplicationForm
from records.drafts import Draft, Whose, became_case, draft_for, keep_draft
from records.errors import RecordUnavailable
from records.online_applications import became_case_of
from records.texts import keep_text

NOT_SAME = "not_same"
"""Under this name the reason is kept why a household is not the one it resembles."""


async def hand_in(
    desk: Desk,
    caller: Caller,
    draft_id: str,
    form: ApplicationForm,
    *,
    version: int,
    now: datetime,
    reasons: Mapping[str, str] | None = None,
) -> str:
    """Open the case of a draft and return its number.

    `version` is that of the draft the form was read from; `reasons` say by case why this is another household.  Raises
    what `open_case` raises, `NotFound`, and `Conflict` (draft_changed, draft_not_yours).
    """
    whose = at_desk(caller)
    draft, form = await off_loop(_hold, desk, whose, draft_id, form, version, now)
    if draft.case_id is not None:
        return draft.case_id
    try:
        done = await open_case(desk, caller, form, key_of(draft), now=now)
    except CaseworkError:
        with suppress(RecordUnavailable):
            await off_loop(_give_back, desk, whose, draft_id, now)
        raise
    await off_loop(_finish, desk, caller, draft, done.case_id, dict(reasons or {}), now)
    return done.case_id


def _hold(
    desk: Desk, whose: Whose, draft_id: str, form: ApplicationForm, version: int, now: datetime
) -> tuple[Draft, ApplicationForm]:
    """Mark the draft as handed in; a form that was handed in before goes with the clock it had then."""
    with desk.record.write() as work:
        draft = or_not_found(draft_for(work, whose, draft_id, now, lock=True), "草稿")
        if draft.case_id is not None:
            return draft, form
        if draft.owner != whose.owner:
            raise Conflict("draft_not_yours", f"这份草稿现在由 {draft.owner} 办理，请先接手再提交。")
        answers = Answers.of(draft.content)
        if being_handed_in(work, draft) is not None:
            offset = answers.page(SENT).get("offset", "")
            return draft, form.model_copy(update={"clock_offset": int(offset) if offset else None})
        if draft.version != version:
            raise Conflict("draft_changed", "这份草稿刚在另一处保存过，请重新核对后再提交。")
        sent = {"at": now.isoformat()}
        if form.clock_offset is not None:
            sent["offset"] = str(form.clock_offset)
        pages = {**answers.pages, SENT: sent}
        id_number = form.members[0].id_number
        content = Answers(pages, answers.stamps).content
        return keep_draft(work, draft, content, by=whose.owner, now=now, id_number=id_number), form


def _give_back(desk: Desk, whose: Whose, draft_id: str, now: datetime) -> None:
    """Let a draft be corrected, unless it has been given a number: then nobody knows yet whether there is a case."""
    with desk.record.write() as work:
        draft = draft_for(work, whose, draft_id, now, lock=True)
        if draft is None or draft.case_id is not None or being_handed_in(work, draft) is not None:
            return
        answers = Answers.of(draft.content)
        pages = {name: fields for name, fields in answers.pages.items() if name != SENT}
        id_number = answers.applicant_number
        content = Answers(pages, answers.stamps).content
        keep_draft(work, draft, content, by=whose.owner, now=now, id_number=id_number)


def _finish(desk: Desk, caller: Caller, draft: Draft, case_id: str, reasons: Mapping[str, str], now: datetime) -> None:
    """Keep the reasons with the case, and forget what was typed."""
    assert caller.role is Role.CASEWORKER
    command_id = f"{caller.account}:{key_of(draft)}"
    with desk.record.write() as work:
        for other, reason in reasons.items():
            keep_text(
                work,
                case_id=case_id,
                account=caller.account,
                command_id=command_id,
                field=f"{NOT_SAME}:{other}",
                text=f"与个案{other}不是同一户：{reason}",
                now=now,
            )
        became_case(work, draft, case_id, now)
        became_case_of(work, draft.draft_id, case_id, caller.account, now)
