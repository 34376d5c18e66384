"""Applications (补贴申请) as lists: all, those that end soon, what is to be paid back.  One is in `application.py`."""

from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, Now, OurDesk
from casework.states import Role
from casework.times import in_words, local_date
from console.asking import Staff, for_roles
from console.export import MOST_ROWS, exported
from console.listing import SIZE, Column, Listing, Wanted, wanted
from console.rendering import page
from console.subsidies.shown import (
    BY_WORDS,
    KIND_CHOICES,
    Line,
    amount_words,
    area_of,
    lines,
    months_words,
    tabs,
)
from console.words import yuan
from desk.desk import Caller, Desk
from records.subsidy_applications import STATES, Applied, count_of, listed
from records.subsidy_applications import page as page_of
from records.subsidy_ends import ends_soon
from records.subsidy_payments import months_left
from register.subsidies import kind_words
from register.subsidy_months import month_of

router = APIRouter()

HERE = "/subsidies/applications"
ENDING = "/subsidies/ending"
ONLY_REVIEWERS = (Role.REVIEWER,)
SORTS = ("applied_on", "last_month", "case_id", "monthly_fen")
FILTERS = ("kind", "state", "area", "account")

TITLES = {HERE: "补贴申请和享受", ENDING: "即将到期的补贴", "/subsidies/recovery": "待追缴的补贴"}
EMPTY = {
    HERE: "没有符合条件的申请。可以申请的在“应享未享”里。",
    ENDING: "没有快要期满的补贴。期满前若干天（按当地办法）会列在这里，并在站内通知提醒经办人和帮扶人。",
    "/subsidies/recovery": "没有待追缴的补贴。认定被撤销的家庭已发的补贴会列在这里。",
}


def _columns(path: str, today: date) -> tuple[Column[Line[Applied]], ...]:
    this = month_of(today)
    known: tuple[Column[Line[Applied]], ...] = (
        Column(
            "case_id",
            "个案",
            lambda x: x.row.case_id,
            link=lambda x: f"{HERE}/{x.row.application_id}",
            sortable=True,
        ),
        Column("who", "成员", lambda x: x.who),
        Column("kind", "补贴", lambda x: kind_words(x.row.kind)),
        Column("by", "申请人", lambda x: BY_WORDS[x.row.claimed_by]),  # type: ignore[index]
        Column("monthly_fen", "金额", lambda x: amount_words(x.row), sortable=True),
        Column("last_month", "期限", lambda x: months_words(x.row), sortable=True),
    )
    match path:
        case "/subsidies/ending":
            return (
                *known,
                Column("left", "还剩", lambda x: _left(months_left(x.row, this))),
                Column("next", "办理", lambda _: "看能否续期", link=lambda x: f"{HERE}/{x.row.application_id}/renew"),
            )
        case "/subsidies/recovery":
            return (
                *known,
                Column("recover", "应追缴", lambda x: yuan(x.row.recover_fen)),
                Column("back", "追回", lambda x: in_words(x.row.recovered_on) if x.row.recovered_on else "未追回"),
            )
    return (
        *known,
        Column("state", "状态", lambda x: x.row.state_words),
        Column("applied_on", "申请日期", lambda x: in_words(x.row.applied_on), sortable=True),
    )


def _left(months: int) -> str:
    return f"{months}个月" if months else "本月期满"


@router.get(HERE, **for_roles(STAFF))
def all_of_them(request: Request, desk: OurDesk, now: Now, caller: Staff) -> Response:
    return _list(request, desk, caller, now, HERE)


@router.get(ENDING, **for_roles(STAFF))
def ending(request: Request, desk: OurDesk, now: Now, caller: Staff) -> Response:
    return _list(request, desk, caller, now, ENDING)


@router.get("/subsidies/recovery", **for_roles(STAFF))
def recovery(request: Request, desk: OurDesk, now: Now, caller: Staff) -> Response:
    return _list(request, desk, caller, now, "/subsidies/recovery")


@router.get(f"{HERE}/export.{{kind}}", **for_roles(STAFF))
def export(request: Request, desk: OurDesk, now: Now, caller: Staff, kind: str) -> Response:
    return _export(request, desk, caller, now, HERE, kind)


@router.get("/subsidies/ending/export.{kind}", **for_roles(STAFF))
def export_ending(request: Request, desk: OurDesk, now: Now, caller: Staff, kind: str) -> Response:
    return _export(request, desk, caller, now, ENDING, kind)


@router.get("/subsidies/recovery/export.{kind}", **for_roles(STAFF))
def export_recovery(request: Request, desk: OurDesk, now: Now, caller: Staff, kind: str) -> Response:
    return _export(request, desk, caller, now, "/subsidies/recovery", kind)


def _list(request: Request, desk: Desk, caller: Caller, now: Now, path: str) -> Response:
    today = local_date(now)
    asked = wanted(request, sorts=SORTS, filters=FILTERS, sort="last_month" if path == ENDING else "")
    found, total = _read(desk, caller, asked, path, today, asked.offset, SIZE)
    name = f"subsidies-{path.rpartition('/')[2]}"
    return page(
        request,
        "subsidies/applications.html",
        title=TITLES[path],
        tabs=tabs(caller.role, path),
        listing=Listing(name, path, _columns(path, today), found, total, asked, EMPTY[path]),
        kinds=KIND_CHOICES,
        states=tuple(STATES.items()) if path == HERE else (),
        today=today,
    )


def _export(request: Request, desk: Desk, caller: Caller, now: Now, path: str, kind: str) -> Response:
    today = local_date(now)
    asked = wanted(request, sorts=SORTS, filters=FILTERS)
    found, _ = _read(desk, caller, asked, path, today, 0, MOST_ROWS)
    return exported(f"subsidies-{path.rpartition('/')[2]}", _columns(path, today), found, kind)


def _read(
    desk: Desk, caller: Caller, asked: Wanted, path: str, today: date, offset: int, limit: int
) -> tuple[list[Line[Applied]], int]:
    select = listed(
        caller.scope,
        area=area_of(asked.get("area")),
        state=asked.get("state"),
        kind=asked.get("kind"),
        also=ends_soon(today) if path == ENDING else None,
        account_open=path == HERE and asked.get("account") == "open",
        recover=path == "/subsidies/recovery",
    )
    with desk.record.read() as work:
        rows = page_of(work, select, sort=asked.sort, descending=asked.descending, offset=offset, limit=limit)
        return lines(work, rows), count_of(work, select)
