"""Layoff lists at the desk (裁员名单): taken whole or not at all, and the alerts of all lists together (N14).

An alert follows the household and certifies nothing; it is drawn anew whenever it is looked at, so that a household
that was met since is judged as it is now.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import NAMESPACE_URL, uuid5

from casework.errors import NotYourStep, SaidNo
from casework.states import Role
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from desk.register import policy_at
from desk.survey_rounds import may_open
from records.engine import Reading
from records.known_households import KnownRow, get
from records.known_lists import first_names
from records.layoff_lists import (
    KeptList,
    cases_touched,
    households_touched,
    keep_list,
    layoffs_known,
    list_of,
    people_on,
)
from register.layoff_sheet import LaidOff
from register.layoffs import Alert, KnownHousehold, alerts

A_LIST = "裁员名单"
LOOKED_BACK = timedelta(days=180)
"""Somebody who left longer ago has surely been met, or registered, since."""


@dataclass(frozen=True, slots=True)
class Warned:
    """An alert with what it is about: a known household (`row`) or an open case (`case_id`)."""

    alert: Alert
    who: str
    row: KnownRow | None = None
    case_id: str | None = None


def take_list(
    desk: Desk,
    caller: Caller,
    *,
    office: str,
    employer: str,
    source: str,
    people: tuple[LaidOff, ...],
    key: str,
    now: datetime,
) -> str:
    """Keep a list; return its id.  A repeated key keeps nothing twice.  Raises `SaidNo` or `NotYourStep`."""
    if caller.role not in (Role.CASEWORKER, Role.REVIEWER):
        raise NotYourStep("role_not_allowed", f"裁员名单由经办人或复核人员登记，您的角色是{caller.role.words}。")
    if office not in {o.office for o in may_open(desk, caller)}:
        raise SaidNo("office_unknown", "请选择您范围内的机构。", field="office")
    if not people:
        raise SaidNo("list_empty", "名单上还没有人，请逐行填写或上传表格。", field="people")
    list_id = str(uuid5(NAMESPACE_URL, f"layoff:{caller.account}:{key}"))
    kept = KeptList(list_id, office, employer, source, len(people), caller.account, now)
    with desk.record.write() as work:
        keep_list(work, kept, people)
    return list_id


def warned(desk: Desk, caller: Caller, today: date, list_id: str | None = None) -> tuple[Warned, ...]:
    """Return the alerts in the caller's area, the red ones first; of one list, those that it touches.

    All lists of the city count together, also those of other offices: who is on two lists leaves with the first, and a
    couple may be on two, of two employers, for two days.
    """
    with desk.record.read() as work:
        layoffs = layoffs_known(work, caller.scope, today - LOOKED_BACK)
        wanted: frozenset[str] | None = None
        if list_id is not None:
            or_not_found(list_of(work, caller.scope, list_id), A_LIST)
            wanted = people_on(work, list_id)
        people = {layoff.person for layoff in layoffs} if wanted is None else wanted
        known = households_touched(work, caller.scope, people)
        at_cases = cases_touched(work, caller.scope, people)
        offices = _offices(work, caller, known)
        found: list[Warned] = []
        by_office = groupby(
            sorted(known, key=lambda k: offices[k.household_id].office), lambda k: offices[k.household_id].office
        )
        for office, some in by_office:
            for alert in alerts(layoffs, some, policy_at(office, today), today):
                found.append(Warned(alert, "", row=offices[alert.household_id]))
        for office, some in groupby(at_cases, lambda k: k.household_id.partition("-")[0]):
            for alert in alerts(layoffs, some, policy_at(office, today), today):
                found.append(Warned(alert, "", case_id=alert.household_id))
        names = first_names(work, [w.row.household_id for w in found if w.row])
    told = (Warned(w.alert, names.get(w.alert.household_id, ""), w.row, w.case_id) for w in found)
    return tuple(sorted(told, key=lambda w: (w.alert.level != "red", w.alert.alert_on, w.alert.household_id)))


def _offices(work: Reading, caller: Caller, known: tuple[KnownHousehold, ...]) -> Mapping[str, KnownRow]:
    rows = (get(work, caller.scope, each.household_id) for each in known)
    return {row.household_id: row for row in rows if row is not None}
