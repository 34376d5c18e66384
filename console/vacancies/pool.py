"""The pool as a page (岗位库): a list to search, filter, sort and export; one vacancy; its contact after a reason."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, Now, OurDesk
from casework.errors import SaidNo
from casework.masking import mask_name, mask_phone
from casework.states import Role
from casework.times import local_date
from console import words
from console.asking import Posted, Staff, for_roles
from console.export import MOST_ROWS, exported
from console.forms import Form, Mistake
from console.listing import SIZE, Column, Listing, Wanted, wanted
from console.rendering import page
from console.typed_values import Unreadable, amount
from console.vacancies.areas import near_areas
from desk.desk import Caller, Desk
from desk.vacancies import WRITERS, look_at_contact, may_change, require_near
from records.vacancies import contact_of, kept_of, offered_of
from records.vacancy_lists import STATES, Asked, vacancies_asked
from register.vacancy import CHANNEL_WORDS, Offered, Source

router = APIRouter()

HERE = "/vacancies"
FILTERS = ("words", "channel", "area", "state", "source", "reserved", "least_pay")
SORTS = ("title", "employer", "pay_fen", "open_until", "area")
VacancyId = Annotated[str, Path(pattern=r"^[0-9A-Za-z-]{3,40}$")]
EMPTY = "没有符合的岗位。可以放宽条件；受理机构、县（市、区）和市级可登记岗位或导入岗位表。"


@router.get(HERE, **for_roles(STAFF))
def pool(request: Request, desk: OurDesk, now: Now, caller: Staff) -> Response:
    asked = wanted(request, sorts=SORTS, filters=FILTERS, sort="open_until")
    with desk.record.read() as work:
        areas = near_areas(work, caller)
        found, total = vacancies_asked(work, _asked(caller, asked, now), offset=asked.offset, limit=SIZE)
    return page(
        request,
        "vacancies/pool.html",
        title="岗位库",
        listing=_listing(found, total, asked, areas, now),
        channels=tuple(CHANNEL_WORDS.items()),
        sources=tuple((source.value, source.words) for source in Source),
        states=tuple((code, said) for code, said in STATES.items() if code != "open"),
        areas=tuple(areas.items()),
        writes=caller.role in WRITERS,
        answers=caller.role in (Role.CASEWORKER, Role.HELPER),
        upper=caller.role in (Role.REVIEWER, Role.SUPERVISOR),
    )


@router.get(HERE + "/export.{kind}", **for_roles(STAFF))
def export(request: Request, desk: OurDesk, now: Now, caller: Staff, kind: str) -> Response:
    asked = wanted(request, sorts=SORTS, filters=FILTERS, sort="open_until")
    with desk.record.read() as work:
        areas = near_areas(work, caller)
        found, total = vacancies_asked(work, _asked(caller, asked, now), offset=0, limit=MOST_ROWS)
    listing = _listing(found, total, asked, areas, now)
    return exported(listing.name, listing.columns, listing.rows, kind)


@router.get(HERE + "/{vacancy_id}", **for_roles(STAFF))
def one(request: Request, desk: OurDesk, now: Now, caller: Staff, vacancy_id: VacancyId) -> Response:
    return _one(request, desk, now, caller, vacancy_id)


@router.post(HERE + "/{vacancy_id}/contact", **for_roles(STAFF))
def contact(request: Request, desk: OurDesk, now: Now, caller: Staff, vacancy_id: VacancyId, form: Posted) -> Response:
    """Show the contact whole; the reason goes into the log of looks."""
    reason = form.text("reason") or ""
    if not reason.isprintable() or len(reason) > 200:
        mistake = Mistake("reason", "查看事由不超过200个字，写在一行内")
        return _one(request, desk, now, caller, vacancy_id, form=form, mistakes=(mistake,))
    try:
        shown = look_at_contact(desk, caller, vacancy_id, reason, now)
    except SaidNo as no:
        return _one(request, desk, now, caller, vacancy_id, form=form, mistakes=(Mistake("reason", no.message),))
    return _one(request, desk, now, caller, vacancy_id, whole=shown)


def _one(
    request: Request,
    desk: Desk,
    now: datetime,
    caller: Caller,
    vacancy_id: str,
    *,
    form: Form | None = None,
    mistakes: tuple[Mistake, ...] = (),
    whole: str | None = None,
) -> Response:
    with desk.record.read() as work:
        vacancy = require_near(work, caller, vacancy_id)
        areas = near_areas(work, caller)
        offered = offered_of(work, vacancy_id) or Offered(vacancy)
        kept = kept_of(work, vacancy_id)
        told = contact_of(work, vacancy_id)
    return page(
        request,
        "vacancies/one.html",
        title="岗位",
        status=422 if mistakes else 200,
        offered=offered,
        vacancy=vacancy,
        lines=_lines(offered, areas, local_date(now)),
        contact=whole or (masked_contact(told) if told else None),
        whole=whole is not None,
        kept=kept,
        changes=may_change(caller, vacancy),
        form=form or Form(),
        mistakes=mistakes,
    )


def masked_contact(told: str) -> str:
    """Return a contact as pages show it: parts of digits as a phone, the rest as a name."""
    parts = told.replace("，", " ").replace(",", " ").split()
    return " ".join(mask_phone(part) if sum(c.isdigit() for c in part) >= 7 else mask_name(part) for part in parts)


def state_words(offered: Offered, today: date) -> str:
    """Say whether a vacancy may be offered today."""
    vacancy = offered.vacancy
    if vacancy.closed_on is not None:
        return "已停止招用"
    if not vacancy.open_on(today):
        return "尚未开始" if vacancy.open_from and vacancy.open_from > today else "已过截止日期"
    return "名额已满" if offered.full else "可推荐"


def left_words(offered: Offered) -> str:
    """Say the places left of all: 余2/3人（预留余1）."""
    if offered.left is None:
        return "人数未填"
    kept = f"（预留余{offered.reserved_left}）" if offered.vacancy.reserved else ""
    return f"余{offered.left}/{offered.vacancy.posts}人{kept}"


def pay_words(offered: Offered) -> str:
    vacancy = offered.vacancy
    return words.yuan(vacancy.pay_fen) + (f"至{words.yuan(vacancy.pay_to_fen)}" if vacancy.pay_to_fen else "")


def _lines(offered: Offered, areas: dict[str, str], today: date) -> tuple[tuple[str, str], ...]:
    vacancy = offered.vacancy
    return (
        ("岗位编号", vacancy.vacancy_id),
        ("现状", state_words(offered, today)),
        ("名额", left_words(offered)),
        ("就业渠道", vacancy.channel_words),
        ("月工资", pay_words(offered)),
        ("工作地点", "，".join(filter(None, (areas.get(vacancy.area, vacancy.area), vacancy.place)))),
        ("工作时间", vacancy.hours or "未填"),
        ("学历要求", vacancy.education.words),
        ("技能要求", vacancy.skills or "不要求"),
        ("身体要求", "、".join(demand.words for demand in vacancy.demands) or "没有特别要求"),
        ("招用期", f"{words.day(vacancy.open_from)} 至 {words.day(vacancy.open_until)}"),
        ("统一社会信用代码", vacancy.credit_code or "未填"),
        ("来源", vacancy.source.words),
    )


def _asked(caller: Caller, asked: Wanted, now: datetime) -> Asked:
    state = asked.get("state") or "open"
    try:
        least = amount(asked.get("least_pay") or "0")
    except Unreadable:
        least = 0
    return Asked(
        reach=caller.area,
        today=local_date(now),
        words=asked.get("words") or "",
        channel=asked.get("channel") or "",
        area=_plain(asked.get("area") or ""),
        state=state if state in STATES else "open",
        source=asked.get("source") or "",
        reserved=asked.get("reserved") == "yes",
        least_pay_fen=least,
        sort=asked.sort,
        descending=asked.descending,
    )


def _plain(area: str) -> str:
    return area if area.isascii() and area.isalnum() and len(area) <= 12 else ""


def _listing(
    found: Sequence[Offered], total: int, asked: Wanted, areas: dict[str, str], now: datetime
) -> Listing[Offered]:
    today = local_date(now)
    columns: tuple[Column[Offered], ...] = (
        Column("title", "岗位", lambda o: o.vacancy.title, lambda o: f"{HERE}/{o.vacancy.vacancy_id}", sortable=True),
        Column("employer", "用人单位", lambda o: o.vacancy.employer, sortable=True),
        Column("pay_fen", "月工资", pay_words, sortable=True),
        Column("left", "名额", left_words),
        Column("channel", "渠道", lambda o: o.vacancy.channel_words),
        Column("area", "地点", lambda o: areas.get(o.vacancy.area, o.vacancy.area), sortable=True),
        Column("open_until", "截止", lambda o: words.day(o.vacancy.open_until), sortable=True),
        Column("state", "现状", lambda o: state_words(o, today)),
        Column("source", "来源", lambda o: o.vacancy.source.words),
        Column("id", "岗位编号", lambda o: o.vacancy.vacancy_id),
    )
    return Listing("vacancies", HERE, columns, found, total, asked, EMPTY)
