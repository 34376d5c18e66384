"""Known households for the tests of the register's pages, kept in the record of the running installation."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from casework.household import Household
from casework.states import Role
from casework.times import local_date
from policies.packs import load_pack
from records.engine import Record
from records.known_households import Known, KnownPerson, keep
from records.layoff_lists import KeptList, keep_list
from records.scope import Scope
from records.survey_rounds import Round, open_round
from records.survey_visits import visits_of
from register.knowing import judged
from tests.fresh_names import fresh
from tests.installation import CLERK, OFFICE, resident_id
from tests.make import a_member

SURVEYED = date(2026, 9, 1)
AT_WORK = {"status": "单位就业", "wage_fen": 90000}
POLICY = load_pack("jilin-2021")
_PHONES = iter(range(1, 10_000))


def a_couple(**facts: Any) -> tuple[Household, tuple[KnownPerson, ...]]:
    """A couple out of work, unless the facts of the wife say otherwise, with numbers nobody else has."""
    wife = a_member("M2", sex="女", birth_date=date(1986, 7, 21), track="工人", **facts)
    household = Household(members=(a_member(birth_date=date(1985, 3, 12)), wife))
    people = (
        KnownPerson("M1", "欧阳普查", resident_id(), f"188{next(_PHONES):08d}"),
        KnownPerson("M2", "上官册", resident_id("19860721", male=False)),
    )
    return household, people


def known(office: str = OFFICE, community: str | None = None, **facts: Any) -> Known:
    """A household as an import would keep it, in a community of its own."""
    household, people = a_couple(**facts)
    found = judged(household, POLICY, SURVEYED)
    return Known(
        office=office,
        community=community or f"普查{fresh(6)}社区",
        number=f"T-{fresh()}",
        source="sheet",
        surveyed_on=SURVEYED,
        outcome=found.assessment.outcome.value,
        reason=found.assessment.reason.value,
        pack_id=POLICY.pack_id,
        base_members=len(found.assessment.base),
        household=household,
        persons=people,
        watch=found.watch,
        address="普查街7号",
    )


def kept(record: Record, one: Known, account: str = CLERK) -> str:
    """Keep a household; return its id."""
    with record.write() as work:
        return keep(work, one, account=account, now=datetime.now(UTC))[0]


def a_register_of_ours(record: Record, helper: str) -> dict[str, str]:
    """Keep a household, a round with a visit to it that is a helper's, and a layoff list; return their numbers."""
    one, now = known(), datetime.now(UTC)
    household_id = kept(record, one)
    day = local_date(now)
    with record.write() as work:
        a_round = Round(str(uuid4()), OFFICE, "我们的走访", day, day, 3, CLERK, now)
        open_round(work, a_round, {one.community: helper})
        [visit] = visits_of(work, Scope(CLERK, Role.CASEWORKER, OFFICE), a_round.round_id)
        a_list = KeptList(str(uuid4()), OFFICE, "我们的厂", "typed", 0, CLERK, now)
        keep_list(work, a_list, [])
    found = {"household_id": household_id, "round_id": a_round.round_id}
    return found | {"visit_id": visit.visit_id, "list_id": a_list.list_id}
