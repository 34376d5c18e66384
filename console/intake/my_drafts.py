"""The drafts of an office (受理草稿): mine and my colleagues', start a new one, take one over, discard one."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.masking import mask_name
from casework.states import Role
from console.asking import Caseworker, Posted, for_roles
from console.forms import Form
from console.intake.progress import address, first_open, how_far
from console.questions.reading import read_application
from console.rendering import page
from console.sending_on import go
from desk import drafts
from desk.desk import Desk
from desk.draft_answers import APPLICANT, Answers, person_page
from records.accounts import account_of
from records.drafts import KEPT, Draft, moves_of

router = APIRouter()

CASEWORKERS = (Role.CASEWORKER,)


@dataclass(frozen=True, slots=True)
class Line:
    """One draft as the list shows it."""

    draft_id: str
    applicant: str
    started: datetime
    saved: datetime
    how_far: str
    owner: str
    mine: bool
    gone_on: datetime
    taken_from: str


@router.get("/intake", **for_roles(CASEWORKERS))
def listed(request: Request, desk: OurDesk, now: Now, caller: Caseworker, done: str = "") -> Response:
    found = drafts.all_of(desk, drafts.at_desk(caller), now)
    lines = tuple(_line(desk, draft, caller.account) for draft in found)
    said = {"saved": "草稿已保存，可以随时继续。", "discarded": "草稿已放弃并删除。"}.get(done, "")
    return page(
        request,
        "intake/drafts.html",
        title="受理申请",
        form=Form(),
        mine=tuple(line for line in lines if line.mine),
        others=tuple(line for line in lines if not line.mine),
        said=said,
        days=KEPT.days,
    )


@router.post("/intake", **for_roles(CASEWORKERS))
def start(desk: OurDesk, now: Now, caller: Caseworker, form: Posted) -> Response:
    """Start a draft; a second click on the same button goes on with the same one."""
    draft = drafts.start(desk, drafts.at_desk(caller), now, once=form.key)
    return go(address(draft.draft_id, person_page(APPLICANT)))


@router.get("/intake/{draft_id}", **for_roles(CASEWORKERS))
def go_on(desk: OurDesk, now: Now, caller: Caseworker, draft_id: str) -> Response:
    """Go on where something is missing."""
    draft = drafts.look(desk, drafts.at_desk(caller), draft_id, now)
    if draft.case_id is not None:
        return go(address(draft_id, "done"))
    if draft.owner != caller.account:
        return go(address(draft_id, "take-over"))
    answers = Answers.of(draft.content)
    return go(address(draft_id, first_open(answers, read_application(answers))))


@router.get("/intake/{draft_id}/take-over", **for_roles(CASEWORKERS))
def take_over_page(request: Request, desk: OurDesk, now: Now, caller: Caseworker, draft_id: str) -> Response:
    draft = drafts.look(desk, drafts.at_desk(caller), draft_id, now)
    if draft.owner == caller.account or draft.case_id is not None:
        return go(address(draft_id))
    line = _line(desk, draft, caller.account)
    return page(request, "intake/take_over.html", title="接手草稿", form=Form(), line=line)


@router.post("/intake/{draft_id}/take-over", **for_roles(CASEWORKERS))
def take_over(desk: OurDesk, now: Now, caller: Caseworker, draft_id: str) -> Response:
    drafts.take_over(desk, drafts.at_desk(caller), draft_id, now)
    return go(address(draft_id))


@router.get("/intake/{draft_id}/discard", **for_roles(CASEWORKERS))
def discard_page(request: Request, desk: OurDesk, now: Now, caller: Caseworker, draft_id: str) -> Response:
    draft = drafts.look(desk, drafts.at_desk(caller), draft_id, now)
    if draft.owner != caller.account or draft.case_id is not None:
        return go(address(draft_id))
    line = _line(desk, draft, caller.account)
    return page(request, "intake/discard.html", title="放弃草稿", form=Form(), line=line)


@router.post("/intake/{draft_id}/discard", **for_roles(CASEWORKERS))
def discard(desk: OurDesk, now: Now, caller: Caseworker, draft_id: str) -> Response:
    drafts.discard(desk, drafts.at_desk(caller), draft_id, now)
    return go("/intake?done=discarded")


def _line(desk: Desk, draft: Draft, account: str) -> Line:
    name = Answers.of(draft.content).page(person_page(APPLICANT)).get("name", "").strip()
    with desk.record.read() as work:
        owner = account_of(work, draft.owner)
        moved = moves_of(work, draft.draft_id)
    return Line(
        draft_id=draft.draft_id,
        applicant=mask_name(name) if name else "未填姓名",
        started=draft.created_at,
        saved=draft.updated_at,
        how_far=how_far(draft),
        owner=f"{owner.name}（{draft.owner}）" if owner and owner.name else draft.owner,
        mine=draft.owner == account,
        gone_on=draft.updated_at + KEPT,
        taken_from=moved[-1].from_owner if moved else "",
    )
