"""One survey round (一轮走访): its coverage by community and person, every number with its list; closing it."""

from datetime import datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.times import in_words, local_date
from console.asking import Posted, for_roles
from console.case_pages.reasons import choices
from console.export import MOST_ROWS, exported
from console.forms import Form, Mistake
from console.listing import SIZE, Column, Listing, Wanted, wanted
from console.register.handing import charge_of_round
from console.register.household import WHOLE
from console.register.seen import InPath, OfTheRegister
from console.register.visit_words import KINDS, STATES, added_up, grouped
from console.rendering import page
from console.sending_on import go
from desk import survey_rounds
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from desk.register import IN_CHARGE
from desk.survey_rounds import A_ROUND
from desk.survey_sheets import Taken
from records.applicants import staff_names
from records.engine import Reading
from records.survey_rounds import round_of, shares_of
from records.survey_visits import Visit, count_visits, coverage, visits_of

router = APIRouter()

HERE = "/register/rounds/{round_id}"
FILTERS = ("community", "person", "state", "what")
GROUPS = {
    "left": ("还要走访", ("to_visit", "nobody")),
    "settled": ("已走访", ("found", "changed", "moved", "refused")),
}
WHAT = (("eligible", "符合或须决定"), ("opened", "已建立个案"), ("monitored", "重点监控"))


@router.get(HERE, **for_roles(IN_CHARGE))
def one_round(request: Request, desk: OurDesk, now: Now, caller: OfTheRegister, round_id: InPath) -> Response:
    told = [request.query_params.get(name, "") for name in ("met", "not_met", "new", "cases")]
    taken = None
    if all(n.isascii() and n.isdigit() and len(n) < 7 for n in told):
        met, not_met, found, cases = map(int, told)
        taken = Taken(met, not_met, found, cases)
    return round_page(request, desk, caller, round_id, now, Form(), (), taken=taken)


@router.get(HERE + "/visits", **for_roles(IN_CHARGE))
def visits(request: Request, desk: OurDesk, caller: OfTheRegister, round_id: InPath) -> Response:
    asked = wanted(request, sorts=(), filters=FILTERS)
    with desk.record.read() as work:
        one = or_not_found(round_of(work, caller.scope, round_id), A_ROUND)
        rows, total = _rows(work, caller, round_id, asked, offset=asked.offset, limit=SIZE)
        shares = shares_of(work, round_id)
        people = staff_names(work, {*shares.values(), *(row.assignee for row in rows)})
        listing = _listing(round_id, people, rows, total, asked)
    return page(
        request,
        "register/round_visits.html",
        title="走访清单",
        one=one,
        listing=listing,
        communities=tuple((c, c) for c in shares),
        people=tuple((who, people.get(who) or who) for who in sorted(set(shares.values()))),
        states=(*((key, words) for key, (words, _) in GROUPS.items()), *((s, w) for s, (w, _) in STATES.items())),
        what=WHAT,
    )


@router.get(HERE + "/visits/export.{kind}", **for_roles(IN_CHARGE))
def export(request: Request, desk: OurDesk, caller: OfTheRegister, round_id: InPath, kind: str) -> Response:
    asked = wanted(request, sorts=(), filters=FILTERS)
    with desk.record.read() as work:
        or_not_found(round_of(work, caller.scope, round_id), A_ROUND)
        rows, total = _rows(work, caller, round_id, asked, offset=0, limit=MOST_ROWS)
        people = staff_names(work, {row.assignee for row in rows})
    return exported("visits", _listing(round_id, people, rows, total, asked).columns, rows, kind)


@router.post(HERE + "/close", **for_roles(IN_CHARGE))
def close(request: Request, desk: OurDesk, now: Now, caller: OfTheRegister, round_id: InPath, form: Posted) -> Response:
    """Close the round once it is said that this is wanted."""
    if form.text("sure") != "yes":
        wrong = (Mistake("sure", "结束后不能再登记结果，请先勾选确认"),)
        return round_page(request, desk, caller, round_id, now, form, wrong)
    survey_rounds.end_round(desk, caller, round_id, local_date(now))
    return go(f"/register/rounds/{round_id}")


def round_page(
    request: Request,
    desk: Desk,
    caller: Caller,
    round_id: str,
    now: datetime,
    form: Form,
    mistakes: tuple[Mistake, ...],
    *,
    taken: Taken | None = None,
    status: int = 200,
) -> Response:
    """Show a round; `taken` is what a sheet did or why it was not taken."""
    today = local_date(now)
    with desk.record.read() as work:
        one = or_not_found(round_of(work, caller.scope, round_id), A_ROUND)
        shares = shares_of(work, round_id)
        parts = coverage(work, [round_id]).get(round_id, [])
        people = staff_names(work, {one.opened_by, *shares.values(), *(part.assignee for part in parts)})
    visitors = sorted({*shares.values(), *(part.assignee for part in parts)})
    return page(
        request,
        "register/round.html",
        title="一轮摸底走访",
        status=422 if mistakes else status,
        one=one,
        overdue=one.overdue(today),
        whole=added_up("合计", parts),
        by_community=grouped(parts, lambda part: part.community, shares),
        by_person=grouped(parts, lambda part: part.assignee, visitors),
        shares=shares,
        communities=tuple((where, where) for where in shares),
        people=people,
        visitors=tuple((who, people.get(who) or who) for who in visitors),
        reasons=choices(caller.role) if caller.role in WHOLE else (),
        taken=taken,
        others=charge_of_round(desk, caller, one),
        form=form,
        mistakes=mistakes,
    )


def _rows(
    work: Reading, caller: Caller, round_id: str, asked: Wanted, *, offset: int, limit: int
) -> tuple[tuple[Visit, ...], int]:
    state = asked.get("state") or ""
    states = GROUPS[state][1] if state in GROUPS else ((state,) if state in STATES else ())
    community, person, what = asked.get("community"), asked.get("person"), asked.get("what")
    rows = visits_of(
        work, caller.scope, round_id,
        community=community, assignee=person, states=states, what=what, offset=offset, limit=limit,
    )  # fmt: skip
    total = count_visits(work, caller.scope, round_id, community=community, assignee=person, states=states, what=what)
    return rows, total


def _listing(
    round_id: str, people: dict[str, str], rows: tuple[Visit, ...], total: int, asked: Wanted
) -> Listing[Visit]:
    columns: tuple[Column[Visit], ...] = (
        Column("number", "户编号", lambda v: v.number, lambda v: f"/register/visits/{v.visit_id}"),
        Column("community", "社区", lambda v: v.community),
        Column("kind", "来源", lambda v: KINDS.get(v.kind, v.kind)),
        Column("person", "走访人", lambda v: people.get(v.assignee) or v.assignee),
        Column("state", "结果", lambda v: STATES[v.state][0]),
        Column("on", "走访日期", lambda v: in_words(v.visited_on) if v.visited_on else "—"),
    )
    return Listing(
        "visits", f"/register/rounds/{round_id}/visits", columns, rows, total, asked, "没有符合这些条件的走访。"
    )
