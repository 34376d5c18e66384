"""What an imported sheet may say (导入的列): the fields of a survey sheet and of an old ledger, and their columns.

A sheet names its columns as it likes: exact names first, then what the office chose the last time, then known other
names.  Three fields may be typed once for the whole sheet instead.  Reading the cells is `sheet_survey.py` and
`sheet_ledger.py`.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from register.survey_cells import Cell
from register.survey_columns import COLUMNS, HOUSEHOLD, NAME, OFFICE, OPTIONAL, RELATION, RESIDENT_ID, SURVEYED_ON

Kind = Literal["survey", "ledger"]
COMMUNITY, ADDRESS = "社区", "住址"
CERTIFIED_ON, STATE, HELPER, CHANNEL, EMPLOYER, EXITED_ON, REMARK = (
    *("认定日期", "状态", "帮扶责任人", "就业方式"),
    *("就业单位", "退出日期", "备注"),
)
REASONS = "错误原因"
"""The column that is added to the sheet of bad lines; it is passed over when that is imported again."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a sheet says.  `whole` may be typed once for the whole sheet; `hint` stands beside its choice."""

    name: str
    required: bool = True
    whole: bool = False
    hint: str = ""


SURVEY: tuple[Field, ...] = (
    *(Field(name, name not in OPTIONAL, name in (OFFICE, SURVEYED_ON)) for name in COLUMNS),
    Field(COMMUNITY, whole=True, hint="只写到社区（村），公示时公开"),
    Field(ADDRESS, required=False),
)
LEDGER: tuple[Field, ...] = (
    Field(HOUSEHOLD),
    Field(OFFICE, whole=True),
    Field(NAME),
    Field(RELATION, whole=True, hint="每户只有申请人一行的，填“本人”"),
    Field(RESIDENT_ID),
    Field(COMMUNITY, whole=True),
    *(Field(name, required=False) for name in (CERTIFIED_ON, STATE, HELPER, CHANNEL, EMPLOYER, EXITED_ON, REMARK)),
    *(Field(name, required=False) for name in ("手机", "户口簿号", ADDRESS)),
)
FIELDS: Mapping[Kind, tuple[Field, ...]] = {"survey": SURVEY, "ledger": LEDGER}

OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    HOUSEHOLD: ("户号", "家庭编号", "编号", "户籍编号", "家庭户编号"),
    OFFICE: ("机构", "机构代码", "受理机构代码", "街道代码", "所属街道代码"),
    SURVEYED_ON: ("摸底日期", "排查日期", "入户日期", "走访日期", "调查时间", "摸底时间"),
    "户口簿号": ("户口本号", "户口簿编号", "户口号", "户口簿号码", "户口本号码"),
    NAME: ("家庭成员姓名", "成员姓名", "人员姓名"),
    RELATION: (
        *("与户主关系", "与户主的关系", "户主关系", "与申请人的关系"),
        *("关系", "家庭关系", "与本人关系", "成员关系"),
    ),
    RESIDENT_ID: ("身份证号码", "公民身份号码", "身份证", "居民身份证号码", "证件号码"),
    "户口性质": ("户籍性质", "户口类型", "户口类别"),
    "婚姻状况": ("婚姻", "婚姻情况", "婚否"),
    "共同生活": ("是否共同生活", "共同居住", "是否共同居住"),
    "劳动能力": ("劳动能力情况", "有无劳动能力"),
    "就业愿望": ("有无就业愿望", "就业意愿", "有无就业意愿"),
    "就业失业状态": ("就业状态", "就业状况", "就业失业状况", "就业情况"),
    "职工类型": ("职工类别", "岗位类型", "身份类型"),
    "月收入": ("工资收入", "月工资", "月工资收入", "工资性收入"),
    "经营性收入": ("经营收入", "月经营性收入"),
    "投资性收入": ("投资收入", "月投资性收入", "财产性收入"),
    "享受低保": ("是否享受低保", "低保", "是否低保"),
    "享受失业保险": ("是否享受失业保险", "失业保险", "领取失业保险金"),
    "手机": ("手机号", "手机号码", "联系电话", "电话", "联系方式"),
    COMMUNITY: ("社区名称", "所属社区", "社区(村)", "村", "社区村", "居委会"),
    ADDRESS: ("家庭住址", "居住地址", "现住址", "地址", "详细地址"),
    CERTIFIED_ON: ("认定时间", "审批日期", "批准日期", "确认日期"),
    STATE: ("援助状态", "目前状态", "家庭状态", "现状"),
    HELPER: ("责任人", "包保责任人", "帮扶人", "包保人"),
    CHANNEL: ("就业渠道", "就业形式", "安置方式", "就业去向"),
    EMPLOYER: ("用人单位", "工作单位", "单位名称"),
    EXITED_ON: ("退出时间", "消除日期", "动态消除日期", "销号日期"),
    REMARK: ("说明",),
}


def plain_name(title: str) -> str:
    """Return a column's name as names are compared: without blanks, marks and what stands in brackets."""
    name = re.sub(r"[\s*:：]", "", unicodedata.normalize("NFKC", title))
    return re.sub(r"\(.*?\)$", "", name) or name


def known_names(kind: Kind) -> frozenset[str]:
    """Return all names under which the fields of a kind are known."""
    fields = [field.name for field in FIELDS[kind]]
    return frozenset({*fields, *(plain_name(name) for field in fields for name in OTHER_NAMES.get(field, ()))})


def score(kind: Kind, row: Iterable[Cell]) -> int:
    """Say how many cells of a line are names of columns."""
    names = known_names(kind)
    return len({name for cell in row if (name := plain_name(cell.text)) in names})


def suggested(kind: Kind, titles: tuple[str, ...], remembered: Mapping[str, str]) -> dict[str, int]:
    """Return which column (by its place) says which field; `remembered` are an office's own titles, by field."""
    plain = [plain_name(title) for title in titles]
    found: dict[str, int] = {}

    def take(field: str, name: str) -> None:
        if field not in found and name and plain.count(name) == 1 and (place := plain.index(name)) not in taken():
            found[field] = place

    def taken() -> set[int]:
        return set(found.values())

    for field in FIELDS[kind]:
        take(field.name, field.name)
    for field in FIELDS[kind]:
        take(field.name, plain_name(remembered.get(field.name, "")))
    for field in FIELDS[kind]:
        for other in OTHER_NAMES.get(field.name, ()):
            take(field.name, plain_name(other))
    return found


@dataclass(frozen=True, slots=True)
class Mapped:
    """Which column says which field, and what is said once for the whole sheet."""

    titles: tuple[str, ...]
    places: Mapping[str, int]
    whole: Mapping[str, str]

    def missing(self, kind: Kind) -> tuple[Field, ...]:
        """Return the required fields that nothing says."""
        said = {*self.places, *(name for name, value in self.whole.items() if value)}
        return tuple(field for field in FIELDS[kind] if field.required and field.name not in said)

    def twice(self) -> tuple[int, ...]:
        """Return the places that are to say two things."""
        places = list(self.places.values())
        return tuple(sorted({place for place in places if places.count(place) > 1}))
