"""Survey rounds (摸底走访): those of the area with how far they are, and opening one with its visit lists."""

from collections.abc import Mapping
from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.errors import CaseworkError, NotYourStep
from casework.place_names import ONLY_THE_COMMUNITY, as_known, names_a_door
from casework.times import local_date
from console.asking import Posted, for_roles
from console.forms import Form, Mistake, mistakes_of
from console.register.seen import VISITORS, OfTheRegister
from console.register.visit_words import added_up
from console.rendering import page
from console.sending_on import go
from console.typed_values import Unreadable, count, day
from desk import survey_rounds
from desk.desk import Caller, Desk
from desk.errors import NotFound
from desk.register import IN_CHARGE
from desk.survey_of_an_area import ALL, open_everywhere
from desk.survey_rounds import Plan
from records.offices import Office
from records.survey_rounds import Round, communities_to_visit, rounds_of
from records.survey_visits import Covered, coverage

router = APIRouter()

HERE = "/register/rounds"
FIELDS = ("office", "title", "first_on", "last_on", "free_lines", "shares")
OTHERS = 2
"""Lines for communities of which the register knows nobody yet."""

MOST_COMMUNITIES = 200


@router.get(HERE, **for_roles(IN_CHARGE))
def rounds(
    request: Request, desk: OurDesk, now: Now, caller: OfTheRegister, opened: int = 0, without: int = 0
) -> Response:
    today = local_date(now)
    with desk.record.read() as work:
        found = rounds_of(work, caller.scope)
        covered = coverage(work, [one.round_id for one in found])
    return page(
        request,
        "register/rounds.html",
        title="摸底走访",
        groups=tuple(_group(rounds, covered, today) for rounds in _together(found)),
        opened=(opened, without) if opened > 0 else None,
        today=today,
        visits=caller.role in VISITORS,
    )


@router.get(HERE + "/new", **for_roles(IN_CHARGE))
def new(request: Request, desk: OurDesk, now: Now, caller: OfTheRegister, office: str = "") -> Response:
    """Ask for the office first where there are several, then for everything else."""
    form = Form.with_values({"office": office, "first_on": local_date(now).isoformat(), "free_lines": "10"})
    return _page(request, desk, caller, form, ())


@router.post(HERE + "/new", **for_roles(IN_CHARGE))
def open_one(request: Request, desk: OurDesk, now: Now, caller: OfTheRegister, form: Posted) -> Response:
    plan, wrong = _read(form)
    if plan is None:
        return _page(request, desk, caller, form, wrong)
    try:
        if plan.office == ALL:
            made = open_everywhere(desk, caller, plan, form.key, now)
            return go(f"{HERE}?opened={made.rounds}&without={len(made.without)}")
        return go(f"{HERE}/{survey_rounds.open_new_round(desk, caller, plan, form.key, now)}")
    except (NotFound, NotYourStep):
        raise
    except CaseworkError as no:
        return _page(request, desk, caller, form, mistakes_of(no, FIELDS))


def _together(found: tuple[Round, ...]) -> list[list[Round]]:
    """Return rounds in their order, those of one survey of an area together."""
    groups: dict[object, list[Round]] = {}
    for one in found:
        groups.setdefault((one.title, one.opened_by, one.opened_at, one.closed_on is None), []).append(one)
    return list(groups.values())


def _group(rounds: list[Round], covered: Mapping[str, list[Covered]], today: date) -> tuple[object, ...]:
    """Return the rounds of a group, how far each is and they are together."""
    lines = tuple((one, added_up(one.title, covered.get(one.round_id, ())), one.overdue(today)) for one in rounds)
    parts = [part for one in rounds for part in covered.get(one.round_id, ())]
    return rounds[0], added_up(rounds[0].title, parts), lines


def _read(form: Form) -> tuple[Plan | None, tuple[Mistake, ...]]:
    wrong: list[Mistake] = []
    title = form.text("title") or ""
    if not title or len(title) > 60 or not title.isprintable():
        wrong.append(Mistake("title", "请填写本轮名称，不超过60个字，写在一行内"))
    days: dict[str, date] = {}
    for name, words in (("first_on", "第一日"), ("last_on", "最后一日")):
        try:
            days[name] = date.fromisoformat(day(form.typed(name)))
        except Unreadable as no:
            wrong.append(Mistake(name, f"{words}{no.words}"))
    free = 0
    try:
        free = count(form.typed("free_lines") or "0")
    except Unreadable as no:
        wrong.append(Mistake("free_lines", f"空白行{no.words}"))
    shares: dict[str, str] = {}
    if form.typed("office") != ALL:  # every office shares out by itself
        shares, told = _shares(form)
        wrong += told
    if wrong:
        return None, tuple(wrong)
    return Plan(form.typed("office"), title, days["first_on"], days["last_on"], free, shares), ()


def _shares(form: Form) -> tuple[dict[str, str], list[Mistake]]:
    """Return who visits which community: those that have somebody chosen."""
    shares: dict[str, str] = {}
    wrong: list[Mistake] = []
    names = [f"community-{n}" for n in range(MOST_COMMUNITIES)] + [f"other-{n}" for n in range(OTHERS)]
    listed = [form.typed(f"community-{n}") for n in range(MOST_COMMUNITIES)]
    for name in names:
        community, who = form.text(name), form.text(f"who-{name}")
        if community is None:
            continue
        if name.startswith("other"):
            community = as_known(community, listed)
        if len(community) > 60 or not community.isprintable():
            wrong.append(Mistake(name, "社区名称不超过60个字，写在一行内"))
        elif name.startswith("other") and names_a_door(community):
            wrong.append(Mistake(name, f"社区名称{ONLY_THE_COMMUNITY}"))
        elif shares.get(community, who) != who:
            wrong.append(Mistake(f"who-{name}", f"{community}已在上面选了另一位走访人，一个社区只选一位"))
        elif who is not None:
            shares[community] = who[:40]
        elif name.startswith("other"):
            wrong.append(Mistake(f"who-{name}", "请为新填的社区选择走访人"))
    if not shares and not wrong:
        wrong.append(Mistake("shares", "请至少为一个社区选择走访人"))
    return shares, wrong


def _page(request: Request, desk: Desk, caller: Caller, form: Form, mistakes: tuple[Mistake, ...]) -> Response:
    offices: tuple[Office, ...] = survey_rounds.may_open(desk, caller)
    chosen = next((o for o in offices if o.office == form.typed("office")), None)
    everywhere = len(offices) > 1 and form.typed("office") == ALL
    if chosen is None and len(offices) == 1:
        chosen = offices[0]
    communities: dict[str, int] = {}
    if chosen is not None:
        with desk.record.read() as work:
            communities = communities_to_visit(work, chosen.office)
    visitors = survey_rounds.may_visit(desk, chosen.office) if chosen else ()
    return page(
        request,
        "register/new_round.html",
        title="开一轮摸底走访",
        status=422 if mistakes else 200,
        offices=(
            *(((ALL, f"全部{len(offices)}个机构，每个机构一轮"),) if len(offices) > 1 else ()),
            *((o.office, f"{o.name}（{o.office}）") for o in offices),
        ),
        everywhere=len(offices) if everywhere else 0,
        office=chosen,
        communities=tuple(communities.items())[:MOST_COMMUNITIES],
        others=range(OTHERS),
        visitors=tuple((a.account, f"{a.name or a.account}（{a.role.words} {a.account}）") for a in visitors),
        form=form,
        mistakes=mistakes,
    )
