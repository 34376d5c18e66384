"""Who stands at the public's door (手机验证): a phone, a code, and a visit that this browser keeps for a while.

The pages that need it are `follow…` and `apply…`: each sends a visitor here and gets a `PhoneVisit` back.  The cookie
holds a random token; the phone never stands in an address or a page's title.
"""

from datetime import datetime
from typing import Literal

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError, SaidNo
from casework.masking import mask_phone
from console.asking import FOR_EVERYBODY, Posted
from console.cookies import drop, put, read
from console.forms import Form, Mistake, mistakes_of
from console.public.limits import address_of, count_write
from console.rendering import page
from console.sending_on import go
from desk import phone_codes
from desk.desk import Desk
from desk.errors import TooManyTries
from records.phone_codes import VISIT, PhoneVisit

router = APIRouter()

PHONE = "wanjia-phone"
Door = Literal["follow", "apply"]
TITLES = {"follow": "查询进度", "apply": "网上申请"}
NUMBER_LENGTH = 40


async def ask_for_code(
    request: Request, desk: Desk, now: datetime, form: Form, door: Door, about: str | None
) -> Response:
    """Send a code to the phone that was typed; raises what `send_code` and `mobile` raise."""
    count_write(request, now)
    token = await phone_codes.send_code(desk, phone_codes.mobile(form.text("phone")), address_of(request), about, now)
    answer = go(f"/{door}/code")
    put(request, answer, PHONE, token, lasts=int(VISIT.total_seconds()))
    return answer


def visitor(request: Request, desk: Desk, now: datetime) -> PhoneVisit | None:
    """Return the verified visit of this browser, or None."""
    token = read(request, PHONE)
    found = phone_codes.visit(desk, token, now) if token else None
    return found if found and found.verified else None


@router.get("/follow/code", **FOR_EVERYBODY)
@router.get("/apply/code", **FOR_EVERYBODY)
def code_page(request: Request, desk: OurDesk, now: Now) -> Response:
    door, token = _door(request), read(request, PHONE)
    found = phone_codes.visit(desk, token, now) if token else None
    if found is None:
        return go(f"/{door}")
    if found.verified:
        return go(onward(door))
    return _page(request, door, found, Form(), ())


@router.post("/follow/code", **FOR_EVERYBODY)
@router.post("/apply/code", **FOR_EVERYBODY)
async def code_typed(request: Request, desk: OurDesk, now: Now, form: Posted) -> Response:
    """Let the visitor in, or show the page again with what was wrong."""
    door, token = _door(request), read(request, PHONE)
    found = await run_in_threadpool(phone_codes.visit, desk, token, now) if token else None
    if token is None or found is None:
        return go(f"/{door}")
    try:
        count_write(request, now)
        await run_in_threadpool(phone_codes.check_code, desk, token, form.text("code") or "", now)
    except (SaidNo, TooManyTries) as no:
        return _page(request, door, found, form, mistakes_of(no, ("code",)), 422)
    return go(onward(door))


@router.post("/follow/leave", **FOR_EVERYBODY)
@router.post("/apply/leave", **FOR_EVERYBODY)
def leave(request: Request, desk: OurDesk) -> Response:
    """End the visit: for a computer that others use too."""
    token = read(request, PHONE)
    if token is not None:
        phone_codes.leave(desk, token)
    answer = go(f"/{_door(request)}")
    drop(request, answer, PHONE)
    return answer


def _door(request: Request) -> Door:
    return "apply" if request.url.path.startswith("/apply/") else "follow"


def onward(door: Door) -> str:
    return "/follow/status" if door == "follow" else "/apply/drafts"


def refused(no: CaseworkError) -> tuple[Mistake, ...]:
    """Return what the page of a phone says of a no."""
    return mistakes_of(no, ("phone",))


def _page(
    request: Request, door: Door, found: PhoneVisit, form: Form, mistakes: tuple[Mistake, ...], status: int = 200
) -> Response:
    return page(
        request,
        "public/code.html",
        title="填写验证码",
        status=status,
        door=door,
        door_title=TITLES[door],
        phone=mask_phone(found.phone),
        form=form,
        mistakes=mistakes,
    )
