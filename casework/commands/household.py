"""Commands of a household that changes (家庭情况变更): facts amended, members who come and go (A39, A40)."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from casework.case_facts import TextId
from casework.commands.assistance import MemberId
from casework.commands.request import Command, Deadline
from casework.commands.review import On
from casework.household import Capacity, Facts, Hukou, Marital, Member, Relation, Track, WorkStatus

Fen = Annotated[int, Field(ge=0, le=100_000_000_00)]


class AmendHousehold(Command):
    """Facts of one member are other than on file, since a day that may be past or still to come; None is unchanged."""

    trigger: ClassVar[str] = "amend_household"
    title: ClassVar[str] = "变更家庭成员情况"
    member: MemberId
    effective_on: date = Field(
        description="从哪一天起（北京时间），可以是以前，也可以是一年之内的以后", examples=["2026-10-01"]
    )
    reason: TextId = Field(description="变更事由和证明", examples=["已办理弹性提前退休，附养老金核定表。"])
    status: WorkStatus | None = Field(default=None, description="就业失业状态", examples=["已退休"])
    capacity: Capacity | None = Field(default=None, description="劳动能力")
    willing: bool | None = Field(default=None, description="有无就业愿望；改为无须有本人签字声明")
    declaration_signed: bool = Field(default=False, description="无就业愿望的，是否有本人签字声明")
    track: Track | None = Field(default=None, description="职工类型")
    hukou: Hukou | None = Field(default=None, description="户口性质")
    marital: Marital | None = Field(default=None, description="婚姻状况")
    booklet: str | None = Field(default=None, min_length=1, max_length=40, description="户口簿代号")
    cohabiting: bool | None = Field(default=None, description="是否共同生活")
    wage_fen: Fen | None = Field(default=None, description="月工资收入，单位：分")
    business_income_fen: Fen | None = Field(default=None, description="月经营性收入，单位：分")
    investment_income_fen: Fen | None = Field(default=None, description="月投资性收入，单位：分")
    dibao: bool | None = Field(default=None, description="是否享受低保")
    unemployment_insurance: bool | None = Field(default=None, description="是否享受失业保险")


class AddMember(Command):
    """A person joins the household.  Who it is, the record knows before: the command carries facts only."""

    trigger: ClassVar[str] = "add_member"
    title: ClassVar[str] = "增加家庭成员"
    cause: Literal["birth", "marriage", "returned", "correction", "other"] = Field(
        description="birth 出生；marriage 结婚；returned 回迁或返家；correction 更正漏报或误减；other 其他",
        examples=["birth"],
    )
    happened_on: On = Field(description="发生日期（北京时间），可以早于申请日期", examples=["2026-10-01"])
    reason: TextId = Field(description="事由和证明", examples=["附出生医学证明。"])
    person: Member = Field(description="成员情况，与申请表相同")


class RelationTo(Facts):
    """与新申请人的关系."""

    member: MemberId
    relation: Relation = Field(description="与新申请人关系", examples=["儿子"])


class RemoveMember(Command):
    """A person leaves the household; when it is the applicant, another takes that place and relations are restated."""

    trigger: ClassVar[str] = "remove_member"
    title: ClassVar[str] = "减少家庭成员"
    member: MemberId
    cause: Literal["death", "divorce", "moved_out", "correction"] = Field(
        description="death 去世；divorce 离婚；moved_out 迁出或分户；correction 更正误登", examples=["death"]
    )
    happened_on: On = Field(description="发生日期（北京时间），可以早于申请日期", examples=["2026-10-01"])
    reason: TextId = Field(description="事由和证明", examples=["附死亡医学证明。"])
    new_applicant: MemberId | None = Field(
        default=None, description="减少的是申请人时：由谁担任申请人", examples=["M2"]
    )
    relations: tuple[RelationTo, ...] = Field(default=(), description="减少的是申请人时：其余成员与新申请人的关系")


class AmendmentTookEffect(Deadline):
    trigger: ClassVar[str] = "amendment_took_effect"
    title: ClassVar[str] = "家庭情况变更生效"
