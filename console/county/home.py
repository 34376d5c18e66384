"""The county's first page (县级首页): what awaits a decision, most urgent first, with counts; and each list in full."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.conflicts import concerned
from casework.states import Role
from console.asking import Reviewer, for_roles
from console.county.lists import SECTION, SECTIONS, first_of_each, section_rows
from console.listing import SIZE, wanted
from console.rendering import page
from console.staff_words import named_all
from desk.errors import or_not_found
from records.case_files import full_cases
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
        some = [s for s in SECTIONS if counts[s.code][0]]
        shown = dict.fromkeys(counts, ()) | first_of_each(work, caller, some, now, limit=ON_THE_FIRST_PAGE)
        declared = with_conflicts(work, caller.scope, MOST_CONFLICTS)
        whole = full_cases(work, caller.scope, declared)
        apart = {case_id: concerned(whole[case_id]) for case_id in declared if case_id in whole}
        names = named_all(work, {each for accounts in apart.values() for each in accounts})
        conflicts = [(case_id, [names[each] for each in accounts]) for case_id, accounts in apart.items() if accounts]
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
