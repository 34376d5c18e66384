"""The library of case stories (典型案例库): found by tags or words; one story as a page and as a file.

Words to search for are posted, never in an address: somebody may type a name.
"""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, OurDesk
from console.asking import Posted, Staff, for_roles
from console.forms import Form
from console.rendering import page
from desk.errors import NotFound, or_not_found
from desk.stories import MAKERS, outside
from records import stories
from records.case_names import staff_names
from records.stories import DRAFT, PUBLISHED, KeptStory
from register.story import CHANNELS, DIFFICULTIES, NOTE, OUTCOMES, markdown

router = APIRouter(prefix="/stories")

StoryInPath = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$")]

SHOWN = 100
STATE_WORDS = {"draft": "草稿", "published": "已入库", "withdrawn": "未采用或已下架"}
TAGS = (("channel", "就业渠道", CHANNELS), ("difficulty", "困难", DIFFICULTIES), ("outcome", "结果", OUTCOMES))


@router.get("", **for_roles(STAFF))
def library(
    request: Request, desk: OurDesk, caller: Staff, channel: str = "", difficulty: str = "", outcome: str = ""
) -> Response:
    return _library(request, desk, caller, {"channel": channel, "difficulty": difficulty, "outcome": outcome}, Form())


@router.post("", **for_roles(STAFF))
def search(request: Request, desk: OurDesk, caller: Staff, form: Posted) -> Response:
    """Show the stories in which all the words stand."""
    return _library(request, desk, caller, {}, form)


def _library(request: Request, desk: OurDesk, caller: Staff, chosen: dict[str, str], form: Form) -> Response:
    tags = {name: chosen.get(name) or None for name, _, words in TAGS if (chosen.get(name) or "") in words}
    words = (form.text("sought") or "").split()[:10]
    with desk.record.read() as work:
        found = stories.library(work, **tags)
        waiting = sum(k.state == DRAFT for k in stories.undecided(work, caller.scope)) if may_make(caller) else 0
    if words:
        found = tuple(kept for kept in found if all(word in kept.story.text for word in words))
    return page(
        request,
        "stories/library.html",
        title="典型案例",
        found=found[:SHOWN],
        total=len(found),
        tags=[(name, label, list(choices.items()), chosen.get(name, "")) for name, label, choices in TAGS],
        form=form,
        makes=may_make(caller),
        waiting=waiting,
    )


@router.get("/of/{story_id}", **for_roles(STAFF))
def one(request: Request, desk: OurDesk, caller: Staff, story_id: StoryInPath) -> Response:
    return story_page(request, desk, caller, story_id, Form())


@router.get("/of/{story_id}/file.{kind}", **for_roles(STAFF))
def file(desk: OurDesk, caller: Staff, story_id: StoryInPath, kind: str) -> Response:
    """The story as a text file, for lectures and print."""
    with desk.record.read() as work:
        kept = or_not_found(stories.get(work, caller.scope, story_id), "案例")
    if kind != "md":
        raise NotFound("文件")
    headers = {"Content-Disposition": 'attachment; filename="story.md"'}
    return Response(markdown(kept.story).encode(), media_type="text/markdown; charset=utf-8", headers=headers)


def story_page(
    request: Request, desk: OurDesk, caller: Staff, story_id: str, form: Form, mistakes: tuple[object, ...] = ()
) -> Response:
    with desk.record.read() as work:
        kept = or_not_found(stories.get(work, caller.scope, story_id), "案例")
        people = {who for who in (kept.made_by, kept.decided_by, *kept.amended_by) if who}
        names = {who: staff_names(work, (who,)).get(who) or who for who in people}
    supervises = caller.role.value == "supervisor" and not outside(caller, kept)
    mine = kept.made_by == caller.account
    return page(
        request,
        "stories/story.html",
        title="典型案例",
        status=422 if mistakes else 200,
        kept=kept,
        story=kept.story,
        note=NOTE,
        state=STATE_WORDS[kept.state],
        names=names,
        draft=kept.state == DRAFT,
        published=kept.state == PUBLISHED,
        inside=mine or supervises or (may_make(caller) and not _published(kept)),
        amends=kept.state == DRAFT and (mine or supervises),
        decides=supervises,
        wrote=caller.account in kept.writers,
        form=form if form.pairs else Form.with_values({"title": kept.story.title, "comment": kept.story.comment}),
        mistakes=mistakes,
    )


def _published(kept: KeptStory) -> bool:
    return kept.state == PUBLISHED


def may_make(caller: Staff) -> bool:
    return caller.role in MAKERS
