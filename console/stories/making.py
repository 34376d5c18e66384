"""Making a story of a case (制作典型案例), amending it, and what a supervisor decides: into the library, or not."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError
from casework.states import Role
from console.asking import CASE_PATH, OpenTo, Posted, Supervisor, for_roles
from console.forms import Form, mistakes_of
from console.rendering import page
from console.sending_on import go
from console.stories.library import STATE_WORDS, StoryInPath, story_page
from desk import stories as acts
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from desk.stories import MAKERS
from records import stories
from records.case_files import get

router = APIRouter(prefix="/stories")

Maker = Annotated[Caller, Depends(OpenTo(MAKERS))]
CaseAsked = Annotated[str, Query(pattern=CASE_PATH)]
FIELDS = ("title", "comment", "reason")


@router.get("/drafts", **for_roles(MAKERS))
def drafts(request: Request, desk: OurDesk, caller: Maker) -> Response:
    with desk.record.read() as work:
        found = stories.undecided(work, caller.scope)
    return page(request, "stories/drafts.html", title="案例草稿", found=found, states=STATE_WORDS)


@router.get("/new", **for_roles(MAKERS))
def ask(request: Request, desk: OurDesk, caller: Maker, case_id: CaseAsked) -> Response:
    """Say what will be written and what never."""
    with desk.record.read() as work:
        or_not_found(get(work, caller.scope, case_id))
    return page(request, "stories/new.html", title="制作典型案例", case_id=case_id, form=Form())


@router.post("/new", **for_roles(MAKERS))
def make(desk: OurDesk, now: Now, caller: Maker, form: Posted) -> Response:
    made = acts.make(desk.record, caller, (form.text("case_id") or "")[:40], form.key, now)
    return go(f"/stories/of/{made}")


@router.post("/of/{story_id}", **for_roles(MAKERS))
async def amend(request: Request, desk: OurDesk, caller: Maker, story_id: StoryInPath, form: Posted) -> Response:
    def act() -> None:
        acts.amend(desk.record, caller, story_id, title=form.text("title"), comment=form.text("comment"))

    return await _act(request, desk, caller, story_id, form, act)


@router.post("/of/{story_id}/publish", **for_roles((Role.SUPERVISOR,)))
async def publish(
    request: Request, desk: OurDesk, now: Now, caller: Supervisor, story_id: StoryInPath, form: Posted
) -> Response:
    return await _act(request, desk, caller, story_id, form, lambda: acts.publish(desk.record, caller, story_id, now))


@router.post("/of/{story_id}/withdraw", **for_roles((Role.SUPERVISOR,)))
async def withdraw(
    request: Request, desk: OurDesk, now: Now, caller: Supervisor, story_id: StoryInPath, form: Posted
) -> Response:
    def act() -> None:
        acts.withdraw(desk.record, caller, story_id, form.text("reason"), now)

    return await _act(request, desk, caller, story_id, form, act)


async def _act(
    request: Request, desk: Desk, caller: Caller, story_id: str, form: Form, act: Callable[[], None]
) -> Response:
    try:
        await run_in_threadpool(act)
    except CaseworkError as error:
        if error.code == "not_found":
            raise
        mistakes = mistakes_of(error, FIELDS)
        return await run_in_threadpool(story_page, request, desk, caller, story_id, form, mistakes)
    return go(f"/stories/of/{story_id}")
