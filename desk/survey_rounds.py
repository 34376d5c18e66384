"""Survey rounds at the desk (摸底走访): opening one, who may visit, closing it, the people behind a visit.

A caseworker opens rounds for the own office, reviewers and supervisors for the offices of their area.  What a visit
found is in `survey_results.py`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from casework.errors import Conflict, NotYourStep, SaidNo
from casework.states import Role
from casework.times import in_words
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from desk.register import IN_CHARGE, log_known
from records.accounts import Account, account_of, accounts_in
from records.case_files import last_event
from records.engine import Reading, Writing
from records.household_pages import whole_household
from records.inbox import put_line
from records.known_households import Known, KnownPerson, whole
from records.offices import Office, offices_at_work
from records.scope import COUNTY, Scope, area_prefix
from records.survey_rounds import OF_A_CASE, Round, close_round, open_round, round_of, shares_of
from records.survey_visits import Visit, visits_of

A_ROUND, A_VISIT = "走访轮次", "走访"
LONGEST = 400
MOST_FREE = 200
VISITORS = (Role.CASEWORKER, Role.HELPER)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is typed to open a round: for which office, from when to when, and who visits which community."""

    office: str
    title: str
    first_on: date
    last_on: date
    free_lines: int
    shares: Mapping[str, str]


def may_open(desk: Desk, caller: Caller) -> tuple[Office, ...]:
    """Return the offices for which somebody may open a round."""
    if caller.role not in IN_CHARGE:
        raise NotYourStep(
            "role_not_allowed", f"摸底走访由经办人、复核人员或督导人员开轮，您的角色是{caller.role.words}。"
        )
    area = caller.area[:COUNTY] if caller.role is Role.REVIEWER else caller.area
    with desk.record.read() as work:
        found = offices_at_work(work, area)
    return tuple(o for o in found if caller.role is not Role.CASEWORKER or o.office == caller.area)


def may_visit(desk: Desk, office: str) -> tuple[Account, ...]:
    """Return who may be sent to households of an office: its caseworkers and the helpers who may help there."""
    with desk.record.read() as work:
        near = accounts_in(work, office[:COUNTY])
    return tuple(a for a in near if _may_visit(a, office))


def open_new_round(desk: Desk, caller: Caller, plan: Plan, key: str, now: datetime) -> str:
    """Open a round with its visit lists; return its number.  A repeated key opens nothing twice.

    Raises `SaidNo` naming the field.
    """
    if plan.office not in {o.office for o in may_open(desk, caller)}:
        raise SaidNo("office_unknown", "请选择您范围内的机构。", field="office")
    if plan.last_on < plan.first_on:
        raise SaidNo("days_turned", "最后一日不能早于第一日。", field="last_on")
    if (plan.last_on - plan.first_on).days > LONGEST:
        raise SaidNo("round_too_long", f"一轮走访不超过{LONGEST}天，请核对日期。", field="last_on")
    if not 0 <= plan.free_lines <= MOST_FREE:
        raise SaidNo("free_lines", f"空白行应在0到{MOST_FREE}之间。", field="free_lines")
    if not plan.shares:
        raise SaidNo("nobody_visits", "请至少为一个社区选择走访人。", field="shares")
    round_id = str(uuid5(NAMESPACE_URL, f"survey:{caller.account}:{key}"))
    one = Round(round_id, plan.office, plan.title, plan.first_on, plan.last_on, plan.free_lines, caller.account, now)
    with desk.record.write() as work:
        for who in set(plan.shares.values()):
            account = visitor_of(work, who, plan.office)
            if account is None:
                raise SaidNo("visitor_unknown", f"{who} 不能走访这个机构的家庭，请从列出的人中选择。", field="shares")
            text = f"“{plan.title}”有您要走访的家庭，{in_words(plan.last_on)}前完成；名单在“入户摸底”。"
            put_line(work, f"round-{round_id}-{who}-opened", who, account.role, "摸底走访分给您", text, now)
        open_round(work, one, plan.shares)
    return round_id


def visitor_of(work: Reading, who: str, office: str) -> Account | None:
    """Return the account of somebody who may be sent to households of an office."""
    account = account_of(work, who)
    return account if account is not None and _may_visit(account, office) else None


def end_round(desk: Desk, caller: Caller, round_id: str, today: date) -> None:
    """Close a round: nothing can be told of it any more."""
    with desk.record.write() as work:
        one = or_not_found(round_of(work, caller.scope, round_id), A_ROUND)
        in_charge_of(caller, one)
        close_round(work, one.round_id, by=caller.account, on=max(today, one.first_on))


def in_charge_of(caller: Caller, one: Round) -> None:
    """Raise `NotYourStep` for somebody who only has a share of a round."""
    prefix = area_prefix(caller.area)[:COUNTY] if caller.role is Role.REVIEWER else area_prefix(caller.area)
    if caller.role not in IN_CHARGE or not one.office.startswith(prefix):
        raise NotYourStep("role_not_allowed", "这一轮走访由经办机构管理。")


def still_open(one: Round) -> None:
    if one.closed_on is not None:
        raise Conflict("round_closed", f"这一轮走访已于{in_words(one.closed_on)}结束，不能再登记结果。")


def may_tell(work: Reading, caller: Caller, one: Round) -> None:
    """Raise `NotYourStep` unless somebody visits in this round: the office's caseworkers, and who has a share."""
    ours = caller.role is Role.CASEWORKER and caller.area == one.office
    if not ours and not set(caller.scope.hands) & set(shares_of(work, one.round_id).values()):
        raise NotYourStep("role_not_allowed", "走访结果由走访人或经办机构登记。")


def people_of(work: Reading, visit: Visit) -> Known | None:
    """Return the household of a visit, people whole, whoever asks: mask it, or log the look first."""
    office = Scope("", Role.CASEWORKER, visit.office)
    if visit.kind != OF_A_CASE:
        return whole(work, office, visit.household_id) if visit.household_id else None
    event, page = last_event(work, visit.case_id or ""), whole_household(work, office, visit.case_id or "")
    if event is None or page is None:
        return None
    case, people = event.case, {p.member_id: p for p in page.persons}
    members = tuple(m for m in case.household.members if m.member_id in people)
    return Known(
        office=visit.office,
        community=page.community,
        number=case.case_id,
        source="case",
        surveyed_on=event.on,
        outcome="",
        reason="",
        pack_id=case.pack_id,
        base_members=len(case.standing.base),
        household=case.household.model_copy(update={"members": members}),
        persons=tuple(
            KnownPerson(m.member_id, people[m.member_id].name, people[m.member_id].id_number, people[m.member_id].phone)
            for m in members
        ),
        address=page.address,
    )


def look_at_visits(work: Writing, caller: Caller, visits: Iterable[Visit], reason: str, now: datetime) -> None:
    """Log who looks at the people of some visits, and why."""
    log_known(work, caller, (v.household_id or v.case_id or v.visit_id for v in visits), reason, now)


def whole_list(
    desk: Desk, caller: Caller, round_id: str, *, assignee: str | None
) -> tuple[Round, tuple[tuple[Visit, Known], ...]]:
    """Return the households that are still to be visited, people whole.  Only after a logged look."""
    with desk.record.read() as work:
        one = or_not_found(round_of(work, caller.scope, round_id), A_ROUND)
        visits = visits_of(work, caller.scope, round_id, assignee=assignee, states=("to_visit", "nobody"))
        return one, tuple(_with_people(work, visits))


def _with_people(work: Reading, visits: Iterable[Visit]) -> Iterator[tuple[Visit, Known]]:
    for visit in visits:
        known = people_of(work, visit)
        if known is not None:
            yield visit, known


def _may_visit(account: Account, office: str) -> bool:
    if account.disabled or account.role not in VISITORS:
        return False
    if account.role is Role.CASEWORKER:
        return account.area == office
    return office.startswith(area_prefix(account.area))
