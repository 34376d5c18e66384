"""Households of a sheet held against what is known (与已知人员比对): judged, looked up by their people, staged.

An office learns what it may see itself: its own register, the cases of its area.  Of anything else it learns one
thing, that somebody is in an open case of another office, because then no case can be opened here.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from policies.schema import Policy
from records import import_households
from records.engine import Record
from records.import_households import CHANGED, NEW, OLDER, Staged
from records.imports import Batch
from records.known_households import Known, KnownPerson, KnownRow, rows_numbered, rows_of
from records.known_where import Where, case_offices, where_known
from records.people import normal_id
from register.knowing import judged
from register.sheet_check import Whole
from register.survey import BadCell, SurveyHousehold
from register.survey_columns import HOUSEHOLD

NOT_JUDGED, OLD_LEDGER = "not_judged", "old_ledger"
"""Outcome and reason of a household that only an old ledger tells of: it is to be visited before anybody judges it."""


class PolicyOf(Protocol):
    def __call__(self, office: str, day: date) -> Policy | None: ...


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside some households of a sheet; of another office's rows and cases nothing is told."""

    where: dict[str, Where]
    rows: dict[str, KnownRow]
    numbered: dict[tuple[str, str], KnownRow]
    case_offices: dict[str, str]


class Matching:
    """Stages the households of one batch in their order."""

    def __init__(self, record: Record, batch: Batch, policy: Callable[[str, date], Policy | None]) -> None:
        self._record = record
        self._batch = batch
        self._policy = policy
        self._position = 0
        self._targets: set[tuple[str, str]] = set()

    def stage(self, found: Sequence[tuple[Whole, dict[str, str]]]) -> list[tuple[Whole, tuple[BadCell, ...]]]:
        """Look some households up and stage them; return those whose 户编号 is another household's, with the words."""
        staged: list[Staged] = []
        taken: list[tuple[Whole, tuple[BadCell, ...]]] = []
        beside = self._beside([whole.surveyed for whole, _ in found])
        for whole, told in found:
            one = self._one(whole, told, beside)
            if isinstance(one, Staged):
                staged.append(one)
            else:
                taken.append((whole, (one,)))
        with self._record.write() as work:
            import_households.stage(work, self._batch.batch_id, staged)
        return taken

    def _beside(self, surveyed: Sequence[SurveyHousehold]) -> _Beside:
        with self._record.read() as work:
            where = where_known(work, (p.id_number for one in surveyed for p in one.persons))
            cases = {c for place in where.values() for c in (place.active_case, *place.cases) if c}
            return _Beside(
                where,
                rows_of(work, (h for place in where.values() for h in place.households)),
                rows_numbered(work, ((one.office, one.number) for one in surveyed)),
                case_offices(work, cases),
            )

    def _one(self, whole: Whole, told: dict[str, str], beside: _Beside) -> Staged | BadCell:
        surveyed = whole.surveyed
        known = [beside.where.get(normal_id(person.id_number), Where()) for person in surveyed.persons]
        mine = {h for place in known for h in place.households}
        ours = (beside.rows[h] for h in known[0].households if h in beside.rows)
        there = next((row for row in ours if row.office == surveyed.office), None)
        number = there.number if there else surveyed.number
        other = beside.numbered.get((surveyed.office, surveyed.number))
        if there is None and other is not None and other.household_id not in mine:
            return BadCell(surveyed.lines[0], HOUSEHOLD, "这个户编号在本机构底册中是另一户，请换一个户编号")
        there = there or other
        if (surveyed.office, number) in self._targets:
            return BadCell(
                surveyed.lines[0], HOUSEHOLD, f"与本表前面的家庭是底册中的同一户（{number}），请合并后再导入"
            )
        self._targets.add((surveyed.office, number))
        entry = self._entry(whole, number)
        # What was seen later, and what was seen at all, is better known than what an old ledger says.
        better = there is not None and (
            there.surveyed_on > entry.surveyed_on or (entry.source == "ledger" and there.source != "ledger")
        )
        active = {place.active_case for place in known if place.active_case}
        seen = {case_id for case_id in active if beside.case_offices.get(case_id) == surveyed.office}
        former = {c for place in known for c in place.cases} - active
        self._position += 1
        return Staged(
            position=self._position,
            line=surveyed.lines[0],
            number=surveyed.number,
            known=NEW if there is None else OLDER if better else CHANGED,
            entry=entry,
            active_case=min(seen, default=None),
            elsewhere=bool(active - seen),
            former_case=min((c for c in former if beside.case_offices.get(c) == surveyed.office), default=None),
            told=told,
        )

    def _entry(self, whole: Whole, number: str) -> Known:
        surveyed, batch = whole.surveyed, self._batch
        outcome, reason, watch, pack, base = NOT_JUDGED, OLD_LEDGER, None, "-", 0
        if batch.kind == "survey":
            policy = self._policy(surveyed.office, surveyed.surveyed_on)
            assert policy is not None  # a line on such a day is bad
            found = judged(surveyed.household, policy, surveyed.surveyed_on)
            outcome, reason = found.assessment.outcome.value, found.assessment.reason.value
            watch, pack, base = found.watch, policy.pack_id, len(found.assessment.base)
        return Known(
            office=surveyed.office,
            community=whole.community,
            number=number,
            source="sheet" if batch.kind == "survey" else "ledger",
            surveyed_on=surveyed.surveyed_on,
            outcome=outcome,
            reason=reason,
            pack_id=pack,
            base_members=base,
            household=surveyed.household,
            persons=tuple(_persons(whole)),
            watch=watch,
            address=whole.address,
            batch_id=batch.batch_id,
        )


def _persons(whole: Whole) -> Iterable[KnownPerson]:
    for p in whole.surveyed.persons:
        yield KnownPerson(p.member_id, p.name, p.id_number, p.phone, p.booklet_number)
