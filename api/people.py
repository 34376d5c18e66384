"""The people of a case (家庭成员) over HTTP: masked for whoever may see the case, whole with a reason that is logged.

Numbers to search by and reasons to look travel in bodies, never in addresses: addresses end up in logs.
"""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import Field, StringConstraints

from api.asking import READ_ERRORS, STAFF, WRITE_ERRORS, CaseId, Needs, Now, OurDesk, Staff, who
from casework.case import Case
from casework.household import Facts
from casework.resident_id import read_resident_id
from casework.states import Role
from desk.bodies import Body, Line
from desk.desk import Caller
from desk.errors import or_not_found
from desk.intake_form import Mobile
from records import case_files
from records.household_pages import HouseholdPage, find_person, masked_household, open_household

router = APIRouter(tags=["家庭成员"])

LOOKERS = (Role.CASEWORKER, Role.REVIEWER, Role.HELPER)
"""Who needs a name or a phone for the work itself; a supervisor supervises numbers."""

Looker = Annotated[Caller, Depends(Needs(LOOKERS))]


class Person(Facts):
    """一名家庭成员."""

    member_id: str
    name: str
    id_number: str
    phone: str | None
    present: bool = Field(description="现在是否家庭成员；已去世、离婚、迁出等为 false")


class People(Facts):
    """家庭成员；`whole` 为 false 时已脱敏，且不含住址."""

    case_id: str
    community: str
    whole: bool
    people: tuple[Person, ...]
    address: str | None


class ViewReason(Body):
    """查看完整信息的事由，记入查看日志."""

    reason: Annotated[Line, StringConstraints(min_length=4)] = Field(
        description="为什么需要看完整信息", examples=["电话联系本户，推荐岗位"]
    )


class PersonWanted(Body):
    """按身份证号或手机号查找，二者填一."""

    id_number: str | None = Field(default=None, max_length=40, description="公民身份号码", repr=False)
    phone: Mobile | None = Field(default=None, description="手机号", examples=["19900000001"], repr=False)


class Found(Facts):
    cases: tuple[str, ...] = Field(description="办理范围内此人所在的个案")


@router.get(
    "/cases/{case_id}/people",
    summary="家庭成员（脱敏）",
    operation_id="read_people",
    responses=READ_ERRORS,
    openapi_extra=who(*STAFF),
)
def read_people(case_id: CaseId, caller: Staff, desk: OurDesk) -> People:
    """姓名、身份证号、手机号均已脱敏。"""
    with desk.record.read() as work:
        page = masked_household(work, caller.scope, case_id)
        case = case_files.full_case(work, caller.scope, case_id)
    return _shown(page, case)


@router.post(
    "/cases/{case_id}/people/views",
    summary="查看完整的家庭成员信息",
    operation_id="view_people",
    responses=WRITE_ERRORS,
    openapi_extra={
        **who(*LOOKERS),
        "requestBody": {
            "content": {"application/json": {"examples": {"例": {"value": {"reason": "电话联系本户，推荐岗位"}}}}}
        },
    },
)
def view_people(case_id: CaseId, body: ViewReason, caller: Looker, desk: OurDesk, now: Now) -> People:
    """须写明事由；谁、何时、为何查看，都记入查看日志。"""
    with desk.record.write() as work:
        page = open_household(work, caller.scope, case_id, reason=body.reason, now=now)
        case = case_files.full_case(work, caller.scope, case_id)
    return _shown(page, case)


@router.post(
    "/people/searches",
    summary="按身份证号或手机号查找个案",
    operation_id="find_people",
    responses=WRITE_ERRORS,
    openapi_extra={
        **who(*STAFF),
        "requestBody": {"content": {"application/json": {"examples": {"例": {"value": {"phone": "19900000001"}}}}}},
    },
)
def find_people(body: PersonWanted, caller: Staff, desk: OurDesk) -> Found:
    """只找本人办理范围内的个案；号码须完整。"""
    number = read_resident_id(body.id_number).number if body.id_number else None
    with desk.record.read() as work:
        return Found(cases=find_person(work, caller.scope, id_number=number, phone=body.phone))


def _shown(read: HouseholdPage | None, case: Case | None) -> People:
    page = or_not_found(read)
    present = {m.member_id for m in or_not_found(case).household.members if m.left_on is None}
    people = tuple(
        Person(
            member_id=p.member_id,
            name=p.name,
            id_number=p.id_number,
            phone=p.phone,
            present=p.member_id in present,
        )
        for p in page.persons
    )
    return People(case_id=page.case_id, community=page.community, whole=page.whole, people=people, address=page.address)
