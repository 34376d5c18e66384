"""Searching (查找): one box on every page; what was typed is posted, kept sealed, and never stands in an address.

The answer has an address of its own for half an hour, so that reload and the back button are safe.
"""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, Now, OurDesk
from casework.errors import NotYourStep, SaidNo
from console.asking import Posted, Staff, for_roles
from console.forms import Form, Mistake
from console.listing import SIZE, Listing, wanted
from console.rendering import page
from console.search.results import COLUMNS, Result, results_of
from console.sending_on import go
from desk import searches
from desk.searches import BY_WORDS, NAME_LOOKERS
from records.person_search import count_found, find

router = APIRouter()

PATH = "/search"
FIELD = "wanted"


@router.get(PATH, **for_roles(STAFF))
def box(request: Request, caller: Staff) -> Response:
    """Show the box, with what it understands."""
    return _box(request, caller.role in NAME_LOOKERS, Form(), ())


@router.post(PATH, **for_roles(STAFF))
def search(request: Request, desk: OurDesk, caller: Staff, now: Now, form: Posted) -> Response:
    """Begin a search, or say what could not be understood."""
    try:
        return go(f"{PATH}/{searches.begin(desk, caller, form.text(FIELD), now)}")
    except (SaidNo, NotYourStep) as error:
        return _box(request, caller.role in NAME_LOOKERS, form, (Mistake(FIELD, error.message),), 422)


@router.get(PATH + "/{search_id}", **for_roles(STAFF))
def found(
    request: Request,
    desk: OurDesk,
    caller: Staff,
    now: Now,
    search_id: Annotated[str, Path(pattern="^[0-9A-Za-z_-]{1,43}$")],
) -> Response:
    """Show what is found in the caller's scope, fifty at a time."""
    asked = wanted(request, sorts=(), filters=())
    with desk.record.read() as work:
        begun = searches.begun(work, caller, search_id, now)
        sought = searches.understood(begun.text)
        searches.check(caller, sought)
        total = count_found(work, caller.scope, sought)
        hits = find(work, caller.scope, sought, offset=asked.offset, limit=SIZE)
        lines = results_of(work, caller, hits, now)
        skipped = asked.page > begun.logged + 1 and hits  # pages before this one, which tell as much by their number
        since = begun.logged * SIZE
        unlogged = find(work, caller.scope, sought, offset=since, limit=asked.offset - since) if skipped else ()
    if begun.logged < asked.page:
        searches.log(desk, caller, search_id, asked.page, sought, (*unlogged, *hits), now)
    listing: Listing[Result] = Listing("search", f"{PATH}/{search_id}", COLUMNS, lines, total, asked, "", exports=False)
    return page(
        request,
        "search/found.html",
        title="查找结果",
        listing=listing,
        text=begun.text,
        by=BY_WORDS[sought.by],
        logged=sought.of_a_person,
        names=caller.role in NAME_LOOKERS,
        form=Form(),
    )


def _box(request: Request, names: bool, form: Form, mistakes: tuple[Mistake, ...], status: int = 200) -> Response:
    return page(request, "search/box.html", title="查找", status=status, form=form, mistakes=mistakes, names=names)
