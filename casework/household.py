"""The facts of a household that the rules look at (家庭、家庭成员).

Facts carry member ids (M1, M2 …), never names, ID numbers, phones or addresses; those live in `records/people.py`.
"""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Facts(BaseModel):
    """Frozen data that refuses unknown fields; errors do not repeat what was refused, for logs keep them."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Relation(StrEnum):
    """与申请人关系.  The applicant's own row is 本人."""

    APPLICANT = "本人"
    SPOUSE = "配偶"
    FATHER = "父亲"
    MOTHER = "母亲"
    SON = "儿子"
    DAUGHTER = "女儿"
    BROTHER = "兄弟"
    SISTER = "姐妹"
    PATERNAL_GRANDFATHER = "祖父"
    PATERNAL_GRANDMOTHER = "祖母"
    MATERNAL_GRANDFATHER = "外祖父"
    MATERNAL_GRANDMOTHER = "外祖母"
    SONS_SON = "孙子"
    SONS_DAUGHTER = "孙女"
    DAUGHTERS_SON = "外孙子"
    DAUGHTERS_DAUGHTER = "外孙女"


class Sex(StrEnum):
    MALE = "男"
    FEMALE = "女"


class Hukou(StrEnum):
    """户口性质."""

    URBAN = "城镇"
    RURAL = "农业"


class Marital(StrEnum):
    """婚姻状况."""

    SINGLE = "未婚"
    MARRIED = "已婚"
    DIVORCED = "离异"
    WIDOWED = "丧偶"


class Capacity(StrEnum):
    """劳动能力."""

    FULL = "有"
    PARTIAL = "部分丧失"
    NONE = "完全丧失"


class WorkStatus(StrEnum):
    """就业失业状态 as the survey sheet words it."""

    REGISTERED_UNEMPLOYED = "登记失业"
    UNREGISTERED_UNEMPLOYED = "失业未登记"
    EMPLOYED_BY_UNIT = "单位就业"
    SELF_EMPLOYED = "个体经营"
    FLEXIBLE = "灵活就业"
    STUDENT = "在校学生"
    SERVICE = "服兵役"
    PRISON = "服刑"
    INTERNAL_RETIREMENT = "内部退养"
    RETIRED = "已退休"


class Track(StrEnum):
    """职工类型: which retirement track a woman is on (干部 also 管理技术岗: 55; 工人: 50)."""

    CADRE = "干部"
    WORKER = "工人"


class Member(Facts):
    """One person of the household as the rules see them.

    Money is fen a month.  `booklet` is an opaque label: two members share a 户口簿 when their labels are equal.
    `willing=False` stands for a signed declaration (A23).  A deceased or absent parent has no row and blocks nothing
    (A25).
    """

    member_id: str = Field(pattern=r"^M[1-9][0-9]?$")
    relation: Relation
    sex: Sex
    birth_date: date
    booklet: str = Field(max_length=40)
    hukou: Hukou = Hukou.URBAN
    marital: Marital
    cohabiting: bool = True
    capacity: Capacity = Capacity.FULL
    willing: bool = True
    status: WorkStatus
    track: Track | None = None
    wage_fen: int = Field(default=0, ge=0)
    business_income_fen: int = Field(default=0, ge=0)
    investment_income_fen: int = Field(default=0, ge=0)
    dibao: bool = False
    unemployment_insurance: bool = False
    left_on: date | None = None
    """Set only for the last member, who has died: a household is never empty, but nobody of it is left."""


class Household(Facts):
    """The members in the order of the sheet or form; the first is the applicant (申请人)."""

    members: tuple[Member, ...] = Field(min_length=1, max_length=30)

    @property
    def applicant(self) -> Member:
        return self.members[0]

    def member(self, member_id: str) -> Member | None:
        """Return the member with this id, or None."""
        return next((m for m in self.members if m.member_id == member_id), None)
