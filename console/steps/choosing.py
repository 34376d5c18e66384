"""What the sources of choices look at: the case, its policy, its day, and its people with masked names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casework.case import Case
from desk.desk import Caller
from policies.schema import Policy
from records.engine import Reading
from records.household_pages import masked_household
from records.scope import Scope


@dataclass(frozen=True, slots=True)
class People:
    """The members of a household by id, in words: 张*（本人，M1）."""

    called: Mapping[str, str]
    community: str
    names: Mapping[str, str]

    def words(self, member: str) -> str:
        return self.called.get(member, member)


@dataclass(frozen=True, slots=True)
class Choosing:
    """What the sources look at."""

    work: Reading
    caller: Caller
    case: Case
    policy: Policy
    people: People
    today: date


def people_of(work: Reading, scope: Scope, case: Case) -> People:
    """Return the members of a case with masked names; whoever has left keeps the words."""
    page = masked_household(work, scope, case.case_id)
    names = {person.member_id: person.name for person in page.persons} if page else {}
    relations = {member.member_id: member.relation.value for member in case.household.members}
    called = {}
    for member in {**names, **relations}:
        relation = relations.get(member, "已不在户")
        called[member] = f"{names[member]}（{relation}，{member}）" if member in names else f"{relation}（{member}）"
    return People(called, page.community if page else "", names)
