"""What a visit of a survey round found (走访结果), by page, household by household.

A household that was met is judged anew by the policy on the day of the visit.  A monitored case is only marked as
visited: its facts change by the steps of the case.  Results by sheet are in `survey_sheets.py`.
"""

from dataclasses import replace
from datetime import date, datetime

from casework.errors import Conflict, SaidNo
from casework.place_names import as_known
from casework.states import Role
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from desk.survey_keeping import check_day, keep_met, known_from, open_visit, people_in
from desk.survey_rounds import A_ROUND, A_VISIT, may_tell, people_of, still_open
from records.known_households import get
from records.known_lists import households_of
from records.scope import Scope
from records.survey_rounds import OF_A_CASE, round_of, shares_of
from records.survey_visits import CHANGED, MOVED, NOBODY, REFUSED, SAME, Visit, add_found, found_so_far, tell
from register.survey import SurveyHousehold

BY_PAGE = (SAME, MOVED, NOBODY, REFUSED)


def tell_visit(
    desk: Desk, caller: Caller, visit_id: str, *, state: str, on: date, note: str | None, now: datetime, today: date
) -> Visit:
    """Write down the result of one visit.  Raises `SaidNo`, `NotFound`, `NotYourStep` or `Conflict`."""
    with desk.record.write() as work:
        one, visit = open_visit(work, caller, visit_id, on, today)
        if state not in BY_PAGE:
            raise SaidNo("state_unknown", "请选择走访结果。", field="state")
        if state == SAME and visit.kind != OF_A_CASE:
            known = or_not_found(people_of(work, visit), A_VISIT)
            keep_met(work, caller, one, known, on, now)
        tell(work, visit, state=state, on=on, by=caller.account, now=now, note=note)
    return visit


def tell_changed(
    desk: Desk,
    caller: Caller,
    visit_id: str,
    surveyed: SurveyHousehold,
    *,
    version: int,
    note: str | None,
    now: datetime,
    today: date,
) -> str:
    """Keep what a visited household says now; return its id.  `version` is that of the visit the page showed."""
    with desk.record.write() as work:
        one, visit = open_visit(work, caller, visit_id, surveyed.surveyed_on, today)
        if visit.kind == OF_A_CASE:
            raise Conflict("visit_of_a_case", "这户是在办个案，情况变化请到个案办理。")
        if visit.version != version:
            raise Conflict("visit_changed", "这户的走访结果刚由别人登记过，请刷新后核对。")
        known = or_not_found(people_of(work, visit), A_VISIT)
        fresh = replace(known, household=surveyed.household, persons=people_in(surveyed))
        household_id = keep_met(work, caller, one, fresh, surveyed.surveyed_on, now)
        tell(work, visit, state=CHANGED, on=surveyed.surveyed_on, by=caller.account, now=now, note=note)
    return household_id


def tell_found(
    desk: Desk,
    caller: Caller,
    round_id: str,
    surveyed: SurveyHousehold,
    *,
    community: str,
    address: str | None,
    note: str | None,
    now: datetime,
    today: date,
) -> str:
    """Keep a household that was found on the way; return the number of its visit."""
    with desk.record.write() as work:
        one = or_not_found(round_of(work, caller.scope, round_id), A_ROUND)
        may_tell(work, caller, one)
        still_open(one)
        check_day(surveyed.surveyed_on, today)
        office = Scope("", Role.CASEWORKER, one.office)
        there = households_of(work, office, surveyed.persons[0].id_number)
        if there:
            row = get(work, office, there[0])
            number = row.number if row else ""
            raise Conflict(
                "already_known", f"申请人已在普查底册的户 {number} 中，请在那一户登记结果。", field="id_number-1"
            )
        community = as_known(community, shares_of(work, round_id))
        number = f"R{round_id[:6].upper()}-{found_so_far(work, round_id) + 1}"
        known = known_from(one, surveyed, number, community, address)
        household_id = keep_met(work, caller, one, known, surveyed.surveyed_on, now)
        return add_found(
            work, one, household_id=household_id, number=number, community=community,
            on=surveyed.surveyed_on, by=caller.account, now=now, note=note,
        )  # fmt: skip
