"""A form for a household that is somebody else's now (已改派): what changed, everything typed, and handing it over.

Only somebody whose household it was is told; to everybody else it is not there.  Of the household itself nothing is
shown any more, only what the sender typed.
"""

from collections.abc import Iterable

from starlette.responses import Response

from casework.commands import COMMANDS
from console import words
from console.doorstep.entry_words import told_content
from console.doorstep.keeping import filled_at, hand_all_over, keep_all
from console.doorstep.sent import Sent
from console.doorstep.typed import Planned
from console.rendering import page
from console.sending_on import go
from desk.desk import Caller, Desk, off_loop
from desk.errors import NotFound
from records.applicants import staff_names
from records.doorstep import handed_on
from records.standing_in import standing_of


async def handed_on_page(sent: Sent, planned: Planned) -> Response:
    """Hand what was typed over, or ask whether to; raises `NotFound` to whom the household never was one's own."""
    how = await off_loop(_how, sent.desk, sent.caller, sent.case_id)
    if sent.form.text("way") == "hand_over":
        at = filled_at(sent.form, sent.now)
        entries = await keep_all(sent.desk, sent.caller, sent.case_id, sent.form, planned, at, sent.now)
        await hand_all_over(sent.desk, sent.caller, entries, sent.now)
        return go("/doorstep/offline?given=1")
    return page(
        sent.request,
        "doorstep/handed_on.html",
        title="这户已改由他人帮扶",
        status=409,
        case_id=sent.case_id,
        how=how,
        typed=tuple((COMMANDS[act.trigger].title, told_content(act.content)) for act in planned.acts),
        action=sent.request.url.path,
        again=_again(sent.form.pairs),
    )


def _again(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Everything typed, with the request key: sending it again is the same request."""
    return tuple((name, value) for name, value in pairs if name not in ("csrf", "way"))


def _how(desk: Desk, caller: Caller, case_id: str) -> str:
    with desk.record.read() as work:
        standing = standing_of(work, caller.account)
        accounts = {caller.account, *(period.account for period in standing.stands_in)}
        found = handed_on(work, case_id, accounts)
        if found is None:
            raise NotFound
        names = staff_names(work, [found.by] if found.by else [])
    if found.at is None:
        return "您代办这户的时间已经结束，由原帮扶责任人继续办理。"
    return f"{words.at(found.at)}，{names.get(found.by or '') or found.by}已把这户改由他人帮扶。"
