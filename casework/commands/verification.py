"""Commands of verification and supplements (核查、补正), of decided members and of the proof of a posting."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from casework.case_facts import TextId
from casework.commands.assistance import MemberId
from casework.commands.request import Command
from casework.commands.review import On
from casework.household import Facts
from casework.review_facts import ComparisonOutcome, Source

Reference = Annotated[str, Field(pattern=r"^[0-9A-Za-z._:/-]{1,80}$")]
Paper = Literal[
    "booklet",
    "identity_card",
    "marriage_paper",
    "unemployment_paper",
    "income_paper",
    "disability_paper",
    "school_paper",
    "retirement_paper",
    "signed_form",
    "other",
]
SOURCE_WORDS = "register 户籍；social_insurance 社会保险；business 工商登记；tax 税务"


class ComparisonResult(Facts):
    """What one source said of one member."""

    source: Source = Field(description=SOURCE_WORDS, examples=["business"])
    member: MemberId
    result: ComparisonOutcome = Field(
        description="clear 未发现；hit 有记录；unavailable 来源不可用", examples=["clear"]
    )
    valid_until: date | None = Field(
        default=None, description="来源给出的有效期末日；不填按办法规定", examples=["2026-10-20"]
    )
    reference: Reference | None = Field(default=None, description="来源的查询编号", examples=["GS-20260928-0007"])


class RecordComparison(Command):
    """线上比对: results by source and member; a hit has to be judged by a person (J5)."""

    trigger: ClassVar[str] = "record_comparison"
    title: ClassVar[str] = "登记线上比对结果"
    on: On | None = Field(default=None, description="比对日期，不填为当天", examples=["2026-09-28"])
    results: Annotated[tuple[ComparisonResult, ...], Field(min_length=1, max_length=120)] = Field(
        description="各来源对各成员的比对结果",
        examples=[[{"source": "business", "member": "M1", "result": "clear"}]],
    )


class JudgeComparisonHit(Command):
    """A person says, in writing, what a hit means; no hit passes by itself (J5)."""

    trigger: ClassVar[str] = "judge_comparison_hit"
    title: ClassVar[str] = "认定比对有记录的情况"
    source: Source = Field(description=SOURCE_WORDS, examples=["business"])
    member: MemberId
    affects: bool = Field(description="查明的情况是否影响认定", examples=[False])
    finding: TextId = Field(description="查明的情况", examples=["企业登记已于2023年注销，未取得经营收入。"])


class RecordVisit(Command):
    """入户走访 with the three deliveries (J5, N9), before the review or at any later time."""

    trigger: ClassVar[str] = "record_visit"
    title: ClassVar[str] = "登记入户走访"
    visited_on: On = Field(description="入户走访日期", examples=["2026-09-28"])
    met: Annotated[tuple[MemberId, ...], Field(max_length=30)] = Field(
        default=(), description="见到的家庭成员编号；没有见到人不填", examples=[["M1"]]
    )
    policies: bool = Field(default=False, description="是否送政策", examples=[True])
    posts: bool = Field(default=False, description="是否送岗位", examples=[True])
    services: bool = Field(default=False, description="是否送服务", examples=[True])
    note: TextId | None = Field(default=None, description="走访情况", examples=["夫妻均在家，愿意参加家政培训。"])


class AskSupplement(Command):
    """一次性告知须补正的材料; the internal limits wait for them (A29)."""

    trigger: ClassVar[str] = "ask_supplement"
    title: ClassVar[str] = "要求补正材料"
    items: Annotated[tuple[Paper, ...], Field(min_length=1, max_length=10)] = Field(
        description="booklet 户口簿；identity_card 身份证；marriage_paper 婚姻证明；unemployment_paper 失业登记材料；"
        "income_paper 收入证明；disability_paper 健康证明；school_paper 在校证明；"
        "retirement_paper 待遇证明；signed_form 签字的表格；other 其他材料",
        examples=[["booklet", "income_paper"]],
    )
    what: TextId = Field(description="缺什么、为什么需要", examples=["户口簿首页不清晰，请带原件重新拍照。"])


class RecordSupplement(Command):
    """The papers came; the limits go on, with the working days that were lost (A29)."""

    trigger: ClassVar[str] = "record_supplement"
    title: ClassVar[str] = "收到补正材料"
    on: On = Field(description="收到日期", examples=["2026-10-12"])
    note: TextId | None = Field(default=None, description="收到的材料", examples=["户口簿首页原件已核对。"])


class DecideMember(Command):
    """A reviewer includes or excludes a person by a written reason (J3)."""

    trigger: ClassVar[str] = "decide_member"
    title: ClassVar[str] = "书面决定是否计入家庭成员"
    member: MemberId
    decision: Literal["include", "exclude", "by_rule"] = Field(
        description="include 计入家庭；exclude 不计入家庭；by_rule 撤销原决定，按办法判断", examples=["include"]
    )
    reason: TextId = Field(description="书面理由", examples=["祖母户口在外，长期由本户赡养、共同生活。"])


class RecordPublicityProof(Command):
    """A photograph proves that the notice hung (A8)."""

    trigger: ClassVar[str] = "record_publicity_proof"
    title: ClassVar[str] = "登记公示张贴证明"
    on: On = Field(description="拍照日期", examples=["2026-09-30"])
    proof: TextId = Field(description="照片存放处和说明", examples=["社区公示栏全景、近景各一张，存档案袋第3页。"])
