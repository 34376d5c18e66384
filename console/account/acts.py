"""What I did (我的办理记录): the steps I took and the personal data I looked at, the newest first."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import EVERYBODY, OurDesk
from casework.commands import COMMANDS
from console.asking import Anybody, for_roles
from console.listing import SIZE, Column, Listing, wanted
from console.rendering import page
from console.words import at
from records.household_pages import View
from records.own_acts import Act, acts_of, looks_of

router = APIRouter()

ACTS: tuple[Column[Act], ...] = (
    Column("at", "时间", lambda act: at(act.at)),
    Column("case", "个案", lambda act: act.case_id, link=lambda act: f"/cases/{act.case_id}"),
    Column("step", "办理事项", lambda act: COMMANDS[act.trigger].title if act.trigger in COMMANDS else act.trigger),
    Column("for", "代谁办理", lambda act: act.acting_for or "本人"),
)
ELSEWHERE = {
    "vacancy_contact": ("岗位", "/vacancies/"),
    "register": ("底册", "/register/"),
    "import": ("导入", "/imports/"),
}
"""What was looked at when it was not a case: its name and where its page is."""


def _looked_at(look: View) -> str:
    what, _ = ELSEWHERE.get(look.what, ("", ""))
    return f"{what} {look.case_id}".strip()


def _its_page(look: View) -> str:
    return ELSEWHERE.get(look.what, ("", "/cases/"))[1] + look.case_id


LOOKS: tuple[Column[View], ...] = (
    Column("at", "时间", lambda look: at(look.at)),
    Column("case", "个案或资料", _looked_at, link=_its_page),
    Column("reason", "事由", lambda look: look.reason),
)


@router.get("/account/acts", **for_roles(EVERYBODY))
def acts(request: Request, desk: OurDesk, caller: Anybody) -> Response:
    asked = wanted(request, sorts=(), filters=())
    with desk.record.read() as work:
        found = acts_of(work, caller.account, offset=asked.offset, limit=SIZE)
    listing = Listing(
        "acts", "/account/acts", ACTS, found.rows, found.total, asked, "还没有以您的账号办理过任何一步。", exports=False
    )
    return page(request, "account/acts.html", title="我的办理记录", listing=listing, looks=False)


@router.get("/account/looks", **for_roles(EVERYBODY))
def looks(request: Request, desk: OurDesk, caller: Anybody) -> Response:
    asked = wanted(request, sorts=(), filters=())
    with desk.record.read() as work:
        found = looks_of(work, caller.account, offset=asked.offset, limit=SIZE)
    listing = Listing(
        "looks",
        "/account/looks",
        LOOKS,
        found.rows,
        found.total,
        asked,
        "您还没有查看过完整的个人信息。",
        exports=False,
    )
    return page(request, "account/acts.html", title="我查看过的个人信息", listing=listing, looks=True)
