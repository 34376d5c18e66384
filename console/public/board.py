"""The publicity board (公示栏): what hangs today, one notice, and plain words once it has come down.

Nothing here says more than scenario 93 allows: masked name, community, category, period and the office's contact.
Search engines are told to keep away, because a notice must be forgotten when its days are over.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from api.asking import Now, OurDesk
from casework.working_days import is_provisional
from console import words
from console.asking import FOR_EVERYBODY
from console.listing import SIZE, Column, Listing, wanted
from console.public.limits import count_look
from console.rendering import page
from desk.errors import or_not_found
from records.board_pages import OnBoard, board_page, on_board
from records.calendars import newest_for
from records.engine import Reading
from records.offices import office_for

router = APIRouter()

NO_ROBOTS = {"X-Robots-Tag": "noindex, nofollow, noarchive"}
COUNTY = 6


@router.get("/robots.txt", **FOR_EVERYBODY)
async def robots() -> Response:
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


@router.get("/board", **FOR_EVERYBODY)
def board(request: Request, desk: OurDesk, now: Now) -> Response:
    """The notices that are up, filtered by area."""
    count_look(request, now)
    asked = wanted(request, sorts=(), filters=("area",))
    area = asked.get("area") if (asked.get("area") or "").isdigit() else None
    with desk.record.read() as work:
        found = board_page(work, now, area=area, page=asked.page, size=SIZE, drill=desk.drill)
        limits = {row.public_id: time_left(work, row) for row in found.rows}
        areas = _areas(work, found.areas)
    listing: Listing[OnBoard] = Listing(
        name="公示",
        path="/board",
        columns=(
            Column("who", "申请人", lambda r: r.masked_name),
            Column("community", "社区（村）", lambda r: r.community),
            Column("from", "公示开始", lambda r: words.day(r.posted_on)),
            Column("to", "最后一日", lambda r: words.day(r.ends_on)),
            Column("left", "期限", lambda r: limits[r.public_id].words, tone=lambda r: limits[r.public_id].tone),
            Column("contact", "受理机构", lambda r: r.contact),
            Column("open", "意见", lambda _: "查看或提异议", link=lambda r: f"/board/{r.public_id}"),
        ),
        rows=found.rows,
        total=found.total,
        wanted=asked,
        empty="这个地区今天没有正在公示的家庭。" if area else "今天没有正在公示的家庭。",
        exports=False,
    )
    return public_page(request, "public/board.html", title="公示栏", listing=listing, areas=areas, area=area or "")


@router.get("/board/{public_id}", **FOR_EVERYBODY)
def notice(request: Request, public_id: str, desk: OurDesk, now: Now) -> Response:
    """One notice, how to object and by when; 410 once it has come down."""
    count_look(request, now)
    with desk.record.read() as work:
        found = or_not_found(on_board(work, public_id, now), "公示")
        calendar = newest_for(work, found.office)
    if not found.up:
        return came_down(request)
    left, guessed = words.due(found.ends_on, found.today, calendar), is_provisional(calendar, found.ends_on)
    return public_page(request, "public/notice.html", title="一条公示", notice=found, left=left, guessed=guessed)


def came_down(request: Request) -> Response:
    """Return the page of a notice that is over: what that means, and nothing about the household."""
    return public_page(request, "public/came_down.html", title="公示已经结束", status=410)


def time_left(work: Reading, found: OnBoard) -> words.Due:
    return words.due(found.ends_on, found.today, newest_for(work, found.office))


def _areas(work: Reading, counted: tuple[tuple[str, int], ...]) -> tuple[tuple[str, str], ...]:
    """Return the areas to choose from, each county before its offices, with how many notices hang there."""
    counties: dict[str, int] = {}
    for office, number in counted:
        counties[office[:COUNTY]] = counties.get(office[:COUNTY], 0) + number
    several = [(code, number) for code, number in counties.items() if len(counted) > 1] + list(counted)
    return tuple((code, f"{_name(work, code)}（{number}）") for code, number in sorted(dict(several).items()))


def _name(work: Reading, code: str) -> str:
    found = office_for(work, code)
    return found.name if found else code


def public_page(request: Request, template: str, *, title: str, status: int = 200, **more: object) -> Response:
    response = page(request, template, title=title, status=status, **more)
    response.headers.update(NO_ROBOTS)
    return response
