"""Targets and progress (任务和进度): set by supervisors, counted from the record, each number with its rows."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, Now, OurDesk
from casework.errors import CaseworkError
from casework.states import Role
from casework.times import in_words, local_date
from console.asking import Posted, Staff, Supervisor, for_roles
from console.export import MOST_ROWS, exported
from console.forms import Form, Mistake, mistakes_of
from console.listing import SIZE, Column, Listing, wanted
from console.rendering import page
from console.sending_on import go
from console.subsidies.shown import IdInPath
from console.typed_values import Unreadable, count, plain
from desk import targets as desk_targets
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from records.engine import Reading
from records.figure_rows import known_areas
from records.offices import offices_at_work
from records.scope import COUNTY, area_prefix
from records.targets import AREA, MEASURES, Counted, Target, done, listed, one, rows_of
from register.subsidies import KINDS, kind_words
from register.targets import Days, Progress, days_of, progress

router = APIRouter()

HERE = "/targets"
ONLY = (Role.SUPERVISOR,)
FIELDS = ("whose", "about", "measure", "period", "number")
BAR = 120
CITY = 4


@dataclass(frozen=True, slots=True)
class Seen:
    """A target with how far it is; `filled` of `BAR` is how far its bar goes."""

    target: Target
    days: Days
    progress: Progress
    about: str
    words: str
    unit: str

    @property
    def filled(self) -> int:
        return min(BAR, BAR * self.progress.done // self.progress.target)


COLUMNS: tuple[Column[Counted], ...] = (
    Column(
        "case",
        "个案或户",
        lambda x: x.case_id or x.what,
        link=lambda x: f"/cases/{x.case_id}" if x.case_id else None,
    ),
    Column("office", "机构", lambda x: x.office),
    Column("on", "日期", lambda x: in_words(x.on)),
    Column("what", "内容", lambda x: kind_words(x.what) if x.what in KINDS else x.what or "—"),
)


@router.get(HERE, **for_roles(STAFF))
def all_targets(request: Request, desk: OurDesk, now: Now, caller: Staff, period: str = "") -> Response:
    return _page(request, desk, caller, now, Form(), (), period)


@router.post(HERE, **for_roles(ONLY))
def set_one(request: Request, desk: OurDesk, now: Now, caller: Supervisor, form: Posted) -> Response:
    """Set a target."""
    try:
        number = count(form.text("number") or "")
        desk_targets.set_target(
            desk,
            caller,
            whose=form.text("whose") or "",
            about=plain(form.text("about") or "")[:40],
            measure=form.text("measure") or "",
            period=plain(form.text("period") or "")[:10],
            number=number,
            key=form.key,
            now=now,
        )
    except Unreadable as error:
        return _page(request, desk, caller, now, form, (Mistake("number", f"目标数{error.words}"),))
    except CaseworkError as error:
        return _page(request, desk, caller, now, form, mistakes_of(error, FIELDS))
    return go(HERE)


@router.get(f"{HERE}/{{target_id}}", **for_roles(STAFF))
def one_target(request: Request, desk: OurDesk, now: Now, caller: Staff, target_id: IdInPath) -> Response:
    """The rows behind a number."""
    asked = wanted(request, sorts=(), filters=())
    with desk.record.read() as work:
        target = or_not_found(one(work, caller.scope, target_id), "任务")
        seen = _seen(target, done(work, target, _days(target)), now, known_areas(work, (target.about,)))
        rows, total = rows_of(work, caller.scope, target, seen.days, offset=asked.offset, limit=SIZE)
    listing = Listing(f"target-{target.period}", f"{HERE}/{target_id}", COLUMNS, rows, total, asked, "还没有计入的。")
    return page(
        request,
        "targets/one.html",
        title="任务进度",
        seen=seen,
        listing=listing,
        cancels=caller.role is Role.SUPERVISOR,
        outside=seen.progress.done - total,
        form=Form(),
    )


@router.get(f"{HERE}/{{target_id}}/export.{{kind}}", **for_roles(STAFF))
def export(desk: OurDesk, caller: Staff, target_id: IdInPath, kind: str) -> Response:
    with desk.record.read() as work:
        target = or_not_found(one(work, caller.scope, target_id), "任务")
        rows, _ = rows_of(work, caller.scope, target, _days(target), limit=MOST_ROWS)
    return exported(f"target-{target.period}", COLUMNS, rows, kind)


@router.post(f"{HERE}/{{target_id}}/cancel", **for_roles(ONLY))
def cancel(desk: OurDesk, caller: Supervisor, target_id: IdInPath) -> Response:
    """Take a target away."""
    desk_targets.cancel(desk, caller, target_id)
    return go(HERE)


def _days(target: Target) -> Days:
    days = days_of(target.period)
    assert days is not None
    return days


def _seen(target: Target, number: int, now: Now, areas: dict[str, str]) -> Seen:
    days, measure = _days(target), MEASURES[target.measure]
    name = areas.get(target.about)
    about = f"{name}（{target.about}）" if name else target.about
    return Seen(
        target, days, progress(target.number, number, days, local_date(now)), about, measure.words, measure.unit
    )


def _places(work: Reading, caller: Caller) -> dict[str, str]:
    """Return the areas and offices a target may be set for, by code: the caller's own, cities, counties, offices."""
    own = area_prefix(caller.area)
    offices = {each.office: each.name for each in offices_at_work(work, own)}
    levels = {office[:length] for office in offices for length in (CITY, COUNTY) if length > len(own)}
    areas = sorted({code.ljust(COUNTY, "0") for code in (own, *levels)})
    names = known_areas(work, tuple(areas))
    return {code: names.get(code, code) for code in areas} | offices


def _page(
    request: Request, desk: Desk, caller: Caller, now: Now, form: Form, mistakes: tuple[Mistake, ...], period: str = ""
) -> Response:
    narrowed = period if days_of(period) else None
    with desk.record.read() as work:
        found = listed(work, caller.scope, narrowed)
        areas = known_areas(work, tuple({t.about for t in found if t.whose == AREA}))
        seen = [_seen(target, done(work, target, _days(target)), now, areas) for target in found]
        sets = caller.role is Role.SUPERVISOR
        places = _places(work, caller) if sets else {}
    today = local_date(now)
    return page(
        request,
        "targets/list.html",
        title="任务和进度",
        status=422 if mistakes else 200,
        areas=[each for each in seen if each.target.whose == AREA],
        persons=[each for each in seen if each.target.whose != AREA],
        bar=BAR,
        sets=sets,
        places=places,
        measures=tuple((code, f"{m.words}（{m.unit}）") for code, m in MEASURES.items()),
        period=narrowed or "",
        this_year=str(today.year),
        form=form,
        mistakes=mistakes,
    )
