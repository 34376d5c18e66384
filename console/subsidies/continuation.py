"""Insurance of flexible workers (灵活就业参保接续): since when, months, gaps, the reminder list (N17)."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, Now, OurDesk
from casework.times import in_words, local_date, month_in_words
from console.asking import Staff, for_roles
from console.export import exported
from console.listing import SIZE, Column, Listing, Wanted, wanted
from console.rendering import page
from console.subsidies.shown import Line, area_of, lines, tabs
from desk.desk import Caller, Desk
from records.insured_months import FlexibleJob, flexible_jobs

router = APIRouter()

HERE = "/subsidies/continuation"
FILTERS = ("gaps", "area")
EMPTY = "没有灵活就业的成员；选了“只看有断缴的”，则没有断缴的。"


def _gaps(job: FlexibleJob) -> str:
    gaps = job.insurance.gaps
    if not gaps:
        return "没有"
    shown = "、".join(month_in_words(month) for month in gaps[-3:])
    return f"{len(gaps)}个月：{'……' if len(gaps) > 3 else ''}{shown}"


def _first(job: FlexibleJob) -> str:
    return month_in_words(job.insurance.first) if job.insurance.first else "未接续"


def _tone(job: FlexibleJob) -> str:
    return "overdue" if job.insurance.broken else ""


COLUMNS: tuple[Column[Line[FlexibleJob]], ...] = (
    Column("case", "个案", lambda x: x.row.case_id, link=lambda x: f"/cases/{x.row.case_id}/subsidies#insured"),
    Column("who", "成员", lambda x: x.who),
    Column("since", "灵活就业自", lambda x: in_words(x.row.started_on)),
    Column("first", "接续参保自", lambda x: _first(x.row)),
    Column("months", "已登记月数", lambda x: str(x.row.insurance.months), number=True),
    Column("gaps", "没有登记的月份", lambda x: _gaps(x.row), tone=lambda x: _tone(x.row)),
)


@router.get(HERE, **for_roles(STAFF))
def members(request: Request, desk: OurDesk, now: Now, caller: Staff) -> Response:
    asked = wanted(request, sorts=(), filters=FILTERS)
    found, total = _read(desk, caller, now, asked, whole=False)
    listing = Listing("continuation", HERE, COLUMNS, found, total, asked, EMPTY)
    return page(
        request, "subsidies/continuation.html", title="灵活就业参保", tabs=tabs(caller.role, HERE), listing=listing
    )


@router.get(f"{HERE}/export.{{kind}}", **for_roles(STAFF))
def export(request: Request, desk: OurDesk, now: Now, caller: Staff, kind: str) -> Response:
    asked = wanted(request, sorts=(), filters=FILTERS)
    return exported("continuation", COLUMNS, _read(desk, caller, now, asked, whole=True)[0], kind)


def _read(desk: Desk, caller: Caller, now: Now, asked: Wanted, *, whole: bool) -> tuple[list[Line[FlexibleJob]], int]:
    with desk.record.read() as work:
        found = flexible_jobs(
            work,
            caller.scope,
            local_date(now),
            area=area_of(asked.get("area")),
            broken=asked.get("gaps") == "1",
        )
        some = found if whole else found[asked.offset : asked.offset + SIZE]
        return lines(work, some), len(found)
