"""The county's first page (县级首页): what awaits a decision, most urgent first, with counts; and each list in full."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.conflicts import concerned
from casework.states import Role
from console.asking import Reviewer, for_roles
from console.county.lists import SECTION, SECTIONS, section_rows
from console.listing import SIZE, wanted
from console.rendering import page
from console.staff_words import named
from desk.errors import or_not_found
from records.case_files import full_case
from records.figure_rows import open_by_kind, with_conflicts

router = APIRouter()

ON_THE_FIRST_PAGE = 8
MOST_CONFLICTS = 20
ONLY = (Role.REVIEWER,)


@router.get("/county", **for_roles(ONLY))
def home(request: Request, desk: OurDesk, now: Now, caller: Reviewer) -> Response:
    with desk.record.read() as work:
        kinds = open_by_kind(work, caller.scope, Role.REVIEWER)
        counts = {s.code: tuple(sum(kinds.get(k, (0, 0))[n] for k in s.kinds) for n in (0, 1)) for s in SECTIONS}
        shown = {
            s.code: section_rows(work, caller, s, now, limit=ON_THE_FIRST_PAGE)[0] if counts[s.code][0] else ()
            for s in SECTIONS
        }
        conflicts = [
            (case_id, tuple(named(work, each) for each in concerned(case)))
            for case_id in with_conflicts(work, caller.scope, MOST_CONFLICTS)
            if (case := full_case(work, caller.scope, case_id)) is not None and concerned(case)
        ]
    return page(
        request,
        "county/home.html",
        title="复核认定",
        sections=SECTIONS,
        counts=counts,
        shown=shown,
        conflicts=conflicts,
        waiting=sum(total for total, _ in counts.values()),
        overdue=sum(late for _, late in counts.values()),
    )


@router.get("/county/lists/{section}", **for_roles(ONLY))
def one_list(request: Request, desk: OurDesk, now: Now, caller: Reviewer, section: str) -> Response:
    found = or_not_found(SECTION.get(section))
    asked = wanted(request, sorts=(), filters=())
    with desk.record.read() as work:
        rows, total = section_rows(work, caller, found, now, offset=asked.offset, limit=SIZE)
    return page(
        request,
        "county/list.html",
        title=found.words,
        section=found,
        rows=rows,
        total=total,
        number=asked.page,
        pages=max(1, -(-total // SIZE)),
    )
