"""What the desk adds to a step before it becomes a command (补全): facts that only the record can tell.

Each function runs in the transaction that remembers the request: people first to the record, then facts into the
command.  A step that the rules refuse takes back what was kept for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casework.case import Case
from casework.coming_and_going import require_not_there
from casework.eligibility import PARENTS, assess
from casework.errors import SaidNo
from casework.household import Household, Member
from casework.resident_id import read_resident_id
from casework.times import local_date
from desk.desk import Caller
from desk.household_form import AddMemberBody, member_of
from records import joining
from records.accounts import account_of
from records.engine import Reading, Writing
from records.moving import somebody_works_at
from records.people import PersonEntry
from records.policies import policy_of
from records.scope import area_prefix


@dataclass(frozen=True, slots=True)
class Filling:
    """A step about to become a command; `case` is as the record last saw it."""

    caller: Caller
    case: Case
    body: Any
    now: datetime


def filled(work: Writing, trigger: str, filling: Filling, values: dict[str, Any]) -> dict[str, Any]:
    """Return the command's values with what the record adds; most steps need nothing."""
    fill = FILLS.get(trigger)
    return values if fill is None else fill(work, filling, values)


def taken_back(work: Writing, trigger: str, case: Case, body: Any) -> None:
    """Forget what was kept for a step that the rules refused."""
    if trigger == "add_member":
        assert isinstance(body, AddMemberBody)
        present = {m.member_id for m in case.household.members}
        present |= {a.member for a in case.amendments if a.member}  # who left is on record for good, under that id
        joining.forget_joining(work, case.case_id, body.person.id_number, frozenset(present))


def _joining(work: Writing, filling: Filling, values: dict[str, Any]) -> dict[str, Any]:
    """Put the person on record under a member id of this case, reserved unless deemed (A27)."""
    body, case = filling.body, filling.case
    assert isinstance(body, AddMemberBody)
    try:
        person = read_resident_id(body.person.id_number)
    except SaidNo as no:
        raise SaidNo(no.code, no.message, field="person.id_number", clause=no.clause) from None
    if person.birth_date > local_date(filling.now) and case.clock_offset == 0:
        raise SaidNo("birth_date_in_future", "身份证号中的出生日期晚于今天，请逐位核对。", field="person.id_number")
    member_id = joining.member_id_for(work, case.case_id, person.number)
    require_not_there(case, member_id)
    member = member_of(body.person, person, member_id)
    entry = PersonEntry(
        member_id=member_id,
        name=body.person.name,
        id_number=person.number,
        phone=body.person.phone,
        deemed=_deemed(work, case, member, filling),
    )
    joining.keep_joining(work, case.case_id, entry, scope=filling.caller.scope, now=filling.now)
    return values | {"person": member}


def _deemed(work: Reading, case: Case, member: Member, filling: Filling) -> bool:
    """Say whether the person may be in a sibling's case too: not counted here, or a parent of another booklet."""
    others = tuple(m for m in case.household.members if m.member_id != member.member_id)
    judged = assess(Household(members=(*others, member)), policy_of(work, case), local_date(filling.now))
    elsewhere = member.relation in PARENTS and member.booklet != case.household.applicant.booklet
    return elsewhere or member.member_id not in judged.counted


def transferring(work: Reading, filling: Filling, values: dict[str, Any]) -> dict[str, Any]:
    """See that somebody works at the new office, under the same policy, and whether the helper answers there too."""
    case, to = filling.case, str(values["to_office"])
    if policy_of(work, case).applies_to(to) and not somebody_works_at(work, to):
        raise SaidNo("office_unknown", "没有这个机构，或该机构尚无经办人账号，请核对机构代码。", field="to_office")
    helper = account_of(work, case.helper) if case.helper else None
    return values | {"keeps_helper": helper is not None and to.startswith(area_prefix(helper.area))}


Fill = Callable[[Writing, Filling, dict[str, Any]], dict[str, Any]]

FILLS: Mapping[str, Fill] = {"add_member": _joining, "transfer_case": transferring}
