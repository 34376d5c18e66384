"""What people type when a member joins a household (增加家庭成员): the person as at intake, and why.

The command carries facts under a member id; who the person is, goes to the record before it (`filled_steps.py`).
"""

from typing import Literal

from pydantic import ConfigDict, Field

from casework.commands.household import AddMember
from casework.household import Member
from casework.resident_id import ResidentId
from desk.bodies import Body, Day, Text
from desk.intake_form import FORM_EXAMPLE, MemberForm

EXAMPLE = {
    "cause": "marriage",
    "happened_on": "2026-10-01",
    "reason": "附结婚证。",
    "person": FORM_EXAMPLE["members"][1],
}


class AddMemberBody(Body):
    """增加家庭成员."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    cause: Literal["birth", "marriage", "returned", "correction", "other"] = Field(
        description="birth 出生；marriage 结婚；returned 回迁或返家；correction 更正漏报或误减；other 其他",
        examples=["marriage"],
    )
    happened_on: Day = Field(description="发生日期（北京时间），可以早于申请日期", examples=["2026-10-01"])
    reason: Text = Field(description="事由和证明", examples=["附结婚证。"])
    person: MemberForm = Field(description="成员情况，与申请表相同")


def member_of(form: MemberForm, person: ResidentId, member_id: str) -> Member:
    """Return the member as the rules see him or her: facts under an id, and nothing that tells who it is."""
    facts = form.model_dump(exclude={"name", "id_number", "phone"})
    return Member(member_id=member_id, sex=person.sex, birth_date=person.birth_date, **facts)


OWN_BODIES: dict[str, type[Body]] = {AddMember.trigger: AddMemberBody}
"""Steps whose body people type otherwise than their command."""
