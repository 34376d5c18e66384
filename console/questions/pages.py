"""The questions of an application (申请表的问题), page by page: what is asked, in which words, what may be left open.

Both doors ask these: the counter (`console/intake`) and the public's own application.  A page's template is
`templates/questions/<kind>.html`; it takes a `Form` and the mistakes, like every form.  What is typed is read in
`reading.py`.  The names of the questions are those of `desk/intake_form.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from casework.household import Capacity, Hukou, Marital, Relation, Track, WorkStatus
from console.forms import Form
from desk.draft_answers import APPLICANT, HOME, Answers, person_page, work_page


class Kind(StrEnum):
    """How an answer is read."""

    LINE = "line"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    DAY = "day"
    CHOICE = "choice"
    YES_NO = "yes_no"
    TICK = "tick"
    YUAN = "yuan"


@dataclass(frozen=True, slots=True)
class Question:
    """One question.  `usual` is what a new page begins with."""

    name: str
    label: str
    kind: Kind = Kind.LINE
    required: bool = True
    options: tuple[tuple[str, str], ...] = ()
    usual: str = ""

    @property
    def missing(self) -> str:
        """What to say when it was left open."""
        return f"请{'选择' if self.kind in (Kind.CHOICE, Kind.YES_NO) else '填写'}{self.label}"


YES, NO = "yes", "no"
YES_NO = ((YES, "是"), (NO, "否"))
SAME_BOOKLET = "A"
BOOKLETS = (
    (SAME_BOOKLET, "与申请人同一本户口簿"),
    ("B", "另一本户口簿"),
    ("C", "第三本户口簿"),
    ("D", "第四本户口簿"),
    ("E", "第五本户口簿"),
    ("F", "第六本户口簿"),
)
RELATIONS = tuple((r.value, r.value) for r in Relation if r is not Relation.APPLICANT)
STATUSES = tuple((s.value, s.value) for s in WorkStatus)
TRACKS = (
    (Track.WORKER.value, "工人岗位（50岁档）"),
    (Track.CADRE.value, "干部或管理、技术岗位（55岁档）"),
    ("", "还没有查明"),
)
AT_WORK = (WorkStatus.EMPLOYED_BY_UNIT.value, WorkStatus.SELF_EMPLOYED.value, WorkStatus.FLEXIBLE.value)

HOME_QUESTIONS = (
    Question("community", "社区（村）名称"),
    Question("address", "住址", required=False),
    Question("applied_on", "申请日期", Kind.DAY),
    Question("discovered_on", "发现日期", Kind.DAY, required=False),
    Question("relocated_on", "棚改回迁日期", Kind.DAY, required=False),
    Question("office", "受理机构代码", required=False),
)

PERSON_QUESTIONS = (
    Question("name", "姓名"),
    Question("id_number", "公民身份号码", Kind.ID_NUMBER),
    Question("phone", "手机号", Kind.PHONE, required=False),
    Question("relation", "与申请人关系", Kind.CHOICE, options=RELATIONS),
    Question("booklet", "户口簿", Kind.CHOICE, options=BOOKLETS, usual=SAME_BOOKLET),
    Question(
        "hukou", "户口性质", Kind.CHOICE, options=tuple((h.value, h.value) for h in Hukou), usual=Hukou.URBAN.value
    ),
    Question("marital", "婚姻状况", Kind.CHOICE, options=tuple((m.value, m.value) for m in Marital)),
    Question("cohabiting", "是否共同生活", Kind.YES_NO, options=YES_NO, usual=YES),
)

WORK_QUESTIONS = (
    Question("status", "就业失业状态", Kind.CHOICE, options=STATUSES),
    Question(
        "capacity",
        "劳动能力",
        Kind.CHOICE,
        options=tuple((c.value, c.value) for c in Capacity),
        usual=Capacity.FULL.value,
    ),
    Question("willing", "有无就业愿望", Kind.YES_NO, options=((YES, "有"), (NO, "无，已签字声明")), usual=YES),
    Question("track", "职工类型", Kind.CHOICE, required=False, options=TRACKS),
    Question("wage_fen", "月工资收入", Kind.YUAN, required=False),
    Question("business_income_fen", "月经营性收入", Kind.YUAN, required=False),
    Question("investment_income_fen", "月投资性收入", Kind.YUAN, required=False),
    Question("dibao", "享受低保", Kind.TICK, required=False),
    Question("unemployment_insurance", "享受失业保险", Kind.TICK, required=False),
)

NOT_OF_THE_APPLICANT = ("relation", "booklet", "cohabiting")
"""The applicant is 本人, on the own booklet, and lives with him- or herself."""

BY_KIND: Mapping[str, tuple[Question, ...]] = {
    "home": HOME_QUESTIONS,
    "person": PERSON_QUESTIONS,
    "work": WORK_QUESTIONS,
}


def questions_of(page: str) -> tuple[Question, ...]:
    """Return the questions of a page of the draft (`home`, `person/m2`, `work/m2`), in their order."""
    asked = BY_KIND.get(page.partition("/")[0], ())
    return tuple(q for q in asked if q.name not in NOT_OF_THE_APPLICANT) if page == person_page(APPLICANT) else asked


def fields_of(page: str, form: Form, extra: tuple[str, ...] = ()) -> dict[str, str]:
    """Return what was posted for a page, as typed: what the draft keeps.  `extra` are questions of the owner's own."""
    names = (*(q.name for q in questions_of(page)), *extra)
    return {name: form.typed(name) for name in names if form.typed(name)}


def form_of(page: str, answers: Answers, *, usual: bool = True, **more: str) -> Form:
    """Return the form that shows a page as it was left.  A page never saved begins with what is usual."""
    if page in answers.pages:
        return Form.with_values(answers.page(page))
    begun = {q.name: q.usual for q in questions_of(page) if q.usual} if usual else {}
    return Form.with_values(begun | more)


def pages_of(answers: Answers) -> tuple[str, ...]:
    """Return the pages of an application in the order in which they are asked."""
    people = ((person_page(key), work_page(key)) for key in answers.people)
    mine, *others = people
    return (*mine, HOME, *(page for pair in others for page in pair))


def by_name(page: str) -> dict[str, Question]:
    """Return the questions of a page by name, as the macros of `components/questions.html` take them."""
    return {question.name: question for question in questions_of(page)}
