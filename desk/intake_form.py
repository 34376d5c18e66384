"""The application form (申请表) as people type it; what becomes of it is in `applications.py`.

Birth date and sex are not asked: the resident ID number states them.  Money is fen a month.
"""

import re
import unicodedata
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Field, StrictBool, StrictInt, StringConstraints

from casework.household import Capacity, Hukou, Marital, Relation, Track, WorkStatus
from casework.place_names import ONLY_THE_COMMUNITY, community_name, names_a_door
from casework.written_names import person_name
from desk.bodies import Body, Day, Line

MOST_MEMBERS = 30
HIGHEST_FEN = 100_000_000_00
LONGEST_COMMUNITY = 60


def _a_community(value: str) -> str:
    """Look at the name as it is kept: ①号楼 is 1号楼, and ㍿ is four characters."""
    name = community_name(value)
    if names_a_door(name):
        raise ValueError(ONLY_THE_COMMUNITY)
    if len(name) > LONGEST_COMMUNITY:
        raise ValueError(f"最多{LONGEST_COMMUNITY}个字，请写简称")
    return name


def _a_name(value: str) -> str:
    """Digits and symbols are slips.  A character Python does not know yet may be a rare Han one, so it may stand."""
    kinds = [unicodedata.category(c) for c in value]
    symbols = any(kind[0] == "S" or kind == "Nd" for kind in kinds)
    letters = any(kind[0] == "L" or kind in ("Nl", "Co", "Cn") for kind in kinds)
    if symbols or not letters or "@" in value:
        raise ValueError("姓名中不能有数字或符号，请核对")
    return person_name(value)


def _a_mobile(value: str) -> str:
    """Take a number as people type it: in groups, in full width, with the country code in front."""
    digits = re.sub(r"[\s()-]", "", unicodedata.normalize("NFKC", value))
    found = re.fullmatch(r"(?:(?:\+|00)?86)?(1[3-9][0-9]{9})", digits)
    if found is None:
        raise ValueError("应为11位手机号，以1开头，请核对")
    return found[1]


Fen = Annotated[StrictInt, Field(ge=0, le=HIGHEST_FEN)]
Name = Annotated[Line, StringConstraints(max_length=50), AfterValidator(_a_name)]
Mobile = Annotated[str, StringConstraints(max_length=20), AfterValidator(_a_mobile)]


class MemberForm(Body):
    """家庭成员."""

    name: Name = Field(description="姓名", examples=["张三"], repr=False)
    id_number: str = Field(max_length=40, description="公民身份号码，18位", examples=["220000198503121013"], repr=False)
    relation: Relation = Field(description="与申请人关系；第一位为本人", examples=["本人"])
    booklet: Annotated[Line, StringConstraints(max_length=40, to_upper=True)] = Field(
        description="户口簿代号：同一户口簿的成员填同一代号", examples=["A"]
    )
    hukou: Hukou = Field(default=Hukou.URBAN, description="户口性质", examples=["城镇"])
    marital: Marital = Field(description="婚姻状况", examples=["已婚"])
    cohabiting: StrictBool = Field(default=True, description="是否共同生活", examples=[True])
    capacity: Capacity = Field(default=Capacity.FULL, description="劳动能力", examples=["有"])
    willing: StrictBool = Field(default=True, description="有无就业愿望（false 须有本人签字声明）", examples=[True])
    status: WorkStatus = Field(description="就业失业状态", examples=["登记失业"])
    track: Track | None = Field(default=None, description="职工类型，决定女性退休年龄", examples=["工人"])
    wage_fen: Fen = Field(default=0, description="月工资收入，单位：分", examples=[0])
    business_income_fen: Fen = Field(default=0, description="月经营性收入，单位：分", examples=[0])
    investment_income_fen: Fen = Field(default=0, description="月投资性收入，单位：分", examples=[0])
    dibao: StrictBool = Field(default=False, description="是否享受低保", examples=[False])
    unemployment_insurance: StrictBool = Field(default=False, description="是否享受失业保险", examples=[False])
    phone: Mobile | None = Field(default=None, description="手机号", examples=["19900000001"], repr=False)


FORM_EXAMPLE: dict[str, Any] = {
    "community": "向阳社区",
    "applied_on": "2026-09-18",
    "address": "向阳街12号楼3单元401室",
    "members": [
        {
            "name": "张三",
            "id_number": "220000198503121013",
            "relation": "本人",
            "booklet": "A",
            "marital": "已婚",
            "status": "登记失业",
            "phone": "19900000001",
        },
        {
            "name": "李四",
            "id_number": "220000198607211021",
            "relation": "配偶",
            "booklet": "A",
            "marital": "已婚",
            "status": "登记失业",
            "track": "工人",
        },
    ],
}


class ApplicationForm(Body):
    """零就业家庭认定申请."""

    model_config = ConfigDict(json_schema_extra={"examples": [FORM_EXAMPLE]})

    office: Annotated[str, StringConstraints(pattern=r"^[0-9]{6,12}$")] | None = Field(
        default=None, description="受理机构代码；不填为本人所在机构", examples=["220302004"]
    )
    community: Annotated[Line, StringConstraints(max_length=LONGEST_COMMUNITY), AfterValidator(_a_community)] = Field(
        description="社区（村）名称，公示时公开", examples=["向阳社区"]
    )
    address: Annotated[Line, StringConstraints(max_length=200)] | None = Field(
        default=None, description="住址，加密保存，不公开", examples=["向阳街12号楼3单元401室"], repr=False
    )
    applied_on: Day = Field(description="申请日期（北京时间），不得晚于今天", examples=["2026-09-18"])
    discovered_on: Day | None = Field(
        default=None, description="摸底或登记发现日期；不填为申请日期", examples=["2026-09-17"]
    )
    relocated_on: Day | None = Field(default=None, description="棚改回迁日期；不是棚改回迁家庭的不填", examples=[None])
    members: tuple[MemberForm, ...] = Field(
        min_length=1, max_length=MOST_MEMBERS, description="家庭成员，第一位为申请人本人"
    )
    clock_offset: StrictInt | None = Field(
        default=None,
        ge=-40 * 366 * 86400,
        le=40 * 366 * 86400,
        description="仅演练方式：个案时钟相对真实时间的偏移，单位：秒",
        examples=[0],
    )
    pack: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}(@[A-Za-z0-9.-]{1,20})?$")] | None = Field(
        default=None, description="仅演练方式：指定办法编号；平时按机构所在地选用", examples=["jilin-2021"]
    )

    @property
    def first_day(self) -> date:
        """The earlier of application and discovery."""
        return min(self.applied_on, self.discovered_on or self.applied_on)
