"""Opening balances (期初累计数): what a county had done before its cases were in the record.

Entered by one person, confirmed by another, once.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError
from casework.states import Role
from console.asking import Posted, for_roles
from console.forms import Form, Mistake, mistakes_of
from console.rendering import page
from console.reports.asking import COUNTY_AND_ABOVE, CountyOrAbove
from console.sending_on import go
from console.typed_values import Unreadable, count
from desk.desk import Caller, Desk, off_loop
from desk.monthly_reports import own_area
from desk.opening_balances import confirm, enter
from records import monthly_reports as kept
from records.figure_rows import known_areas
from records.scope import COUNTY
from register.dispatch import Balance

router = APIRouter()

HERE = "/reports/balances"
FIELDS = {"recognised": "累计认定户数", "eliminated": "累计消除户数", "employed": "累计实现就业人数"}


@router.get(HERE, **for_roles(COUNTY_AND_ABOVE))
def shown(request: Request, desk: OurDesk, caller: CountyOrAbove) -> Response:
    return _page(request, desk, caller, Form(), ())


@router.post(HERE, **for_roles(COUNTY_AND_ABOVE))
async def entered(request: Request, desk: OurDesk, now: Now, caller: CountyOrAbove, form: Posted) -> Response:
    """Enter the county's balances, or confirm what a colleague entered."""
    mistakes: list[Mistake] = []
    try:
        if form.text("confirm") == "yes":
            await off_loop(confirm, desk, caller, form.text("as_shown") or "", now)
            return go(HERE)
        numbers = {name: _number(form, name, words, mistakes) for name, words in FIELDS.items()}
        basis = form.text("basis") or ""
        if not basis or len(basis) > 500:
            mistakes.append(Mistake("basis", "请写明依据，不超过500字，例如哪一年哪一期上报的台账。"))
        if not mistakes:
            await off_loop(enter, desk, caller, Balance(**numbers), basis, now)
            return go(HERE)
    except CaseworkError as no:
        mistakes = list(mistakes_of(no, tuple(FIELDS)))
    return await off_loop(_page, request, desk, caller, form, tuple(mistakes))


def _number(form: Form, name: str, words: str, mistakes: list[Mistake]) -> int:
    try:
        return count(form.text(name) or "")
    except Unreadable as no:
        mistakes.append(Mistake(name, f"{words}{no.words}"))
        return 0


def _page(request: Request, desk: Desk, caller: Caller, form: Form, mistakes: tuple[Mistake, ...]) -> Response:
    mine = own_area(caller)
    with desk.record.read() as work:
        found = kept.balances(work, mine)
        names = known_areas(work, tuple(found))
    own = found.get(mine)
    county = caller.role is Role.REVIEWER and len(mine) == COUNTY
    return page(
        request,
        "reports/balances.html",
        status=422 if mistakes else 200,
        title="期初累计数",
        rows=tuple((names.get(code, code), each) for code, each in found.items()),
        own=own,
        enters=county and (own is None or own.confirmed_by is None),
        confirms=county and own is not None and own.confirmed_by is None and own.entered_by != caller.account,
        form=form if form.pairs or own is None else Form.with_values({**own.balance.model_dump(), "basis": own.basis}),
        fields=FIELDS,
        mistakes=mistakes,
    )
