"""The results of a survey round by sheet (导入走访表): the visit list as it was handed out, filled in, and read back.

Lines without a day of survey were not visited; the column 走访结果 tells of those where nobody was met.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from itertools import islice

from casework.place_names import as_known
from casework.states import Role
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from desk.register import policy_at
from desk.survey_keeping import as_met, known_from
from desk.survey_rounds import A_ROUND, may_tell, people_of, still_open
from policies.schema import Policy
from records.engine import Writing
from records.known_households import Known, get, keep_all
from records.known_lists import households_of, numbers_taken
from records.scope import Scope
from records.survey_rounds import OF_A_CASE, Round, round_of, shares_of
from records.survey_visits import CHANGED, SAME, Visit, add_found, by_number, tell_all
from register.survey import BadCell, SurveyHousehold
from register.survey_columns import HOUSEHOLD, RESIDENT_ID
from register.survey_rows import COMMUNITY, NOT_MET, RESULT, Beside, split_visited
from register.survey_sheet import read_sheet, survey_of

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Taken:
    """What a sheet did: how many households of each kind; or what is wrong with it, and then nothing was done."""

    met: int = 0
    not_met: int = 0
    new: int = 0
    cases: int = 0
    bad_cells: tuple[BadCell, ...] = ()
    warnings: tuple[BadCell, ...] = ()


def take_sheet(
    desk: Desk, caller: Caller, round_id: str, content: bytes, name: str, now: datetime, today: date
) -> Taken:
    """Take the results of a sheet; with anything wrong in it nothing is taken.

    The same sheet again changes nothing that it had not said before.  Raises `SheetUnreadable` for a file that cannot
    be read at all.
    """
    with desk.record.read() as work:
        one = or_not_found(round_of(work, caller.scope, round_id), A_ROUND)
        may_tell(work, caller, one)
        still_open(one)
        shares, visits = shares_of(work, round_id), by_number(work, round_id)
    sheet = read_sheet(content, name)
    asked, beside = split_visited(sheet)
    survey = survey_of(asked)
    bad = (*survey.bad_cells, *_wrong_beside(survey.households, beside, shares, visits, one, today))
    bad = (*bad, *_known_already(desk, one, [each for each in survey.households if each.number not in visits]))
    if bad:
        return Taken(bad_cells=tuple(sorted(bad)), warnings=survey.warnings)
    not_met = [(visits[n], NOT_MET[b.result]) for n, b in beside.items() if b.result in NOT_MET and n in visits]
    taking = _Taking(caller, one, visits, cache(lambda on: policy_at(one.office, on)), now)
    found = Taken(not_met=len(not_met), warnings=survey.warnings)
    households = iter(survey.households)
    while some := list(islice(households, AT_ONCE)):
        told = [(each, as_known(beside[each.number].community, shares) or next(iter(shares))) for each in some]
        with desk.record.write() as work:
            found = taking.some(work, told, found)
    with desk.record.write() as work:
        tell_all(work, [(visit, state, today) for visit, state in not_met], by=caller.account, now=now)
    return found


@dataclass(frozen=True, slots=True)
class _Taking:
    """One sheet being taken: by whom, for which round, and the policy of a day."""

    caller: Caller
    one: Round
    visits: Mapping[str, Visit]
    policy: Callable[[date], Policy]
    now: datetime

    def some(self, work: Writing, told: Sequence[tuple[SurveyHousehold, str]], found: Taken) -> Taken:
        """Keep some households, each with the community it is said to be in, in a handful of statements."""
        by, now = self.caller.account, self.now
        met: list[tuple[SurveyHousehold, Known, str]] = []
        visited: list[tuple[Visit, str, date]] = []
        for each, community in told:
            visit = self.visits.get(each.number)
            if visit is not None and visit.kind == OF_A_CASE:
                visited.append((visit, SAME, each.surveyed_on))
                found = replace(found, cases=found.cases + 1)
                continue
            before = people_of(work, visit) if visit is not None else None
            known = known_from(
                self.one, each, each.number, visit.community if visit else community, before.address if before else None
            )
            same = before is not None and before.household.model_dump() == each.household.model_dump()
            policy = self.policy(each.surveyed_on)
            judged = as_met(self.one, known, policy, each.surveyed_on, source="sheet")
            met.append((each, judged, SAME if same else CHANGED))
        kept = keep_all(work, [known for _, known, _ in met], account=by, now=now) if met else []
        for (each, known, state), (household_id, _) in zip(met, kept, strict=True):
            visit, on = self.visits.get(each.number), each.surveyed_on
            if visit is not None:
                visited.append((visit, state, on))
                found = replace(found, met=found.met + 1)
                continue
            where = {"household_id": household_id, "number": each.number, "community": known.community}
            add_found(work, self.one, **where, on=on, by=by, now=now)
            found = replace(found, new=found.new + 1)
        tell_all(work, visited, by=by, now=now)
        return found


def _known_already(desk: Desk, one: Round, new: list[SurveyHousehold]) -> list[BadCell]:
    """A household that is said to be new must not take the place of one that the register has."""
    office, bad = Scope("", Role.CASEWORKER, one.office), []
    with desk.record.read() as work:
        taken = numbers_taken(work, one.office, [each.number for each in new])
        for each in new:
            if each.number in taken:
                words = "普查底册中已有这个户编号，但不在本轮名单中；新发现的家庭请用走访表空白行的编号"
                bad.append(BadCell(each.lines[0], HOUSEHOLD, words))
            elif known := households_of(work, office, each.persons[0].id_number):
                row = get(work, office, known[0])
                words = f"已在普查底册的户 {row.number if row else ''} 中，请在那一户登记"
                bad.append(BadCell(each.lines[0], RESIDENT_ID, words))
    return bad


def _wrong_beside(
    households: Iterable[SurveyHousehold],
    beside: Mapping[str, Beside],
    shares: Mapping[str, str],
    visits: Mapping[str, Visit],
    one: Round,
    today: date,
) -> Iterable[BadCell]:
    """What a sheet must say for a round beside what every sheet must."""
    for each in households:
        line = each.lines[0]
        if each.office != one.office:
            yield BadCell(line, "受理机构", f"这一轮走访属于机构{one.office}")
        if each.surveyed_on > today:
            yield BadCell(line, "调查日期", "不能晚于今天")
        said = as_known(beside[each.number].community, shares)
        if each.number not in visits and (said or len(shares) > 1) and said not in shares:
            # What is kept stands on the publicity board one day: a name of the round, never a door.
            yield BadCell(line, COMMUNITY, f"新发现的家庭要写明本轮走访的社区：{'、'.join(shares)}")
    for number, each_beside in beside.items():
        line = each_beside.line
        if each_beside.result in NOT_MET and number not in visits:
            yield BadCell(line, HOUSEHOLD, "走访结果写的是没有见到，但这户不在本轮名单中，请核对户编号")
        if each_beside.result and each_beside.result not in (*NOT_MET, "未变", "有变"):
            yield BadCell(line, RESULT, "应为“未变”“有变”“搬走”“无人在家”“拒访”之一，或不填")
