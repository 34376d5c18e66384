"""Recheck and certification (复核与认定): everything the seal stands on, on one page, and the steps that decide.

What is there and what is missing is said by the rules (`casework/evidence.py`); who may decide, by the same rules asked
beforehand.  The steps themselves are taken on their own forms.
"""

from dataclasses import dataclass, replace
from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import CaseId, Now, OurDesk
from casework.application import judged
from casework.evidence import Item, checklist, complete
from casework.explanation import Fact
from casework.household import Member
from casework.review_facts import Comparison, Source
from casework.states import Role
from casework.times import in_words
from casework.working_days import add_months
from console.asking import Reviewer, for_roles
from console.county.reading import Choice, Looked, choices, for_others, look
from console.rendering import page
from desk.step_checks import unread_words

router = APIRouter()

Wanted = list[tuple[str, str, dict[str, object]]]

DECIDING: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("pass_recheck", "复核通过", {}),
    ("certify", "加盖印章认定", {}),
    ("return_to_office", "退回街道", {}),
    ("decline_recheck", "不予认定", {}),
)
BEFORE = (
    *("accept_application", "pass_first_review", "post_publicity", "take_down_publicity", "report_up"),
    *("pass_recheck", "return_to_office", "certify", "withdraw", "decline_recheck", "decline_first_review"),
)
"""The steps whose history is told on the page."""


@dataclass(frozen=True, slots=True)
class MemberShown:
    """One member of the household, and why it counts or does not."""

    who: str
    member: Member
    age: int
    counts: bool
    why: str
    clause: str
    base: bool | None
    base_why: str
    base_facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """What one source said of one member, with the finding on a hit."""

    who: str
    source: str
    result: str
    tone: str
    on: date | None
    valid_until: date | None
    reference: str | None
    finding: str
    texts: tuple[str, ...]


@router.get("/county/{case_id}/review", **for_roles((Role.REVIEWER,)))
def review(request: Request, desk: OurDesk, now: Now, caller: Reviewer, case_id: CaseId) -> Response:
    looked, foresight = look(desk, caller, case_id, now, names=True)
    first = next(iter(looked.of("pass_first_review")), None)
    items = _with_unread(looked, checklist(looked.case, looked.setting, first.why if first else None))
    task = looked.task("county_recheck", "seal")
    special = looked.task("decide_special_situation")
    offered = choices(looked, foresight, DECIDING, task)
    if special is not None:
        for_special: Wanted = [("decide_special_situation", "书面决定特殊情形", {"eligible": True})]
        offered = (*choices(looked, foresight, for_special, special), *offered)
    return page(
        request,
        "county/review.html",
        title=f"复核认定 {case_id}",
        looked=looked,
        task=task or special,
        items=items,
        complete=complete(items),
        offered=tuple(choice for choice in offered if _open(choice)),
        not_mine=for_others(offered),
        members=_members(looked),
        standing=judged(looked.case, looked.setting).why,
        compared=_compared(looked),
        written=looked.of("decide_special_situation", "decide_member"),
        visits=_visits(looked),
        objections=looked.of("raise_objection", "dismiss_objection", "uphold_objection", "correct_objection"),
        papers=looked.of("ask_supplement", "record_supplement", "supplement_lapsed"),
        history=looked.of(*BEFORE),
        returned=len(looked.of("return_to_office")),
    )


def _with_unread(looked: Looked, items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The rules know only objections that were registered: say what waits at the desk too, as the step would."""
    if not looked.unread:
        return items
    words, says = unread_words(looked.unread), f"有{len(looked.unread)}件群众异议没有登记。"
    return tuple(
        replace(item, says=says, missing=f"{item.missing or ''}{words}") if item.code == "objections" else item
        for item in items
    )


def _open(choice: Choice) -> bool:
    """Leave out what is done already or not in the table now; what is only for others stays, with its words."""
    return choice.foreseen.no is None or choice.foreseen.no.code not in ("step_not_allowed", "recheck_done")


def _members(looked: Looked) -> tuple[MemberShown, ...]:
    case, today = looked.case, looked.today
    judgement = judged(case, looked.setting)
    counted = {each.member_id: each.why for each in judgement.counted_why}
    left_out = {each.member_id: each.why for each in judgement.not_counted_why}
    base = {each.member_id: each.why for each in judgement.base_why}
    not_base = {each.member_id: each.why for each in judgement.not_base_why}
    found = []
    for member in case.household.members:
        why = counted.get(member.member_id) or left_out[member.member_id]
        of_base = base.get(member.member_id) or not_base.get(member.member_id)
        found.append(
            MemberShown(
                who=looked.who(member.member_id),
                member=member,
                age=_age(member.birth_date, today),
                counts=member.member_id in counted,
                why=why.says,
                clause=why.clause,
                base=(member.member_id in base) if of_base else None,
                base_why=of_base.says if of_base else "不计入家庭，不看基数",
                base_facts=of_base.facts if of_base else (),
            )
        )
    return tuple(found)


def _age(born: date, on: date) -> int:
    years = on.year - born.year
    return years if add_months(born, years * 12) <= on else years - 1


def _compared(looked: Looked) -> tuple[Compared, ...]:
    """Every source for every member, also those never asked; nothing where the locality compares by hand."""
    case = looked.case
    if not case.comparisons and looked.setting.policy.verification.comparison.value != "connected":
        return ()
    have = {c.key: c for c in case.comparisons}
    sources = [Source(name) for name in looked.setting.policy.verification.sources.value]
    members = [m.member_id for m in case.household.members if m.left_on is None]
    judgements = looked.of("judge_comparison_hit")
    rows = []
    for member in members:
        for source in sources:
            found = have.get(f"{source.value}-{member}")
            texts = next((s.texts for s in judgements if found and s.about == found.key and found.judged_on), ())
            rows.append(_one(looked, member, source, found, texts))
    return tuple(rows)


def _one(looked: Looked, member: str, source: Source, found: Comparison | None, texts: tuple[str, ...]) -> Compared:
    who = looked.who(member)
    if found is None:
        return Compared(who, source.words, "未比对", "calm", None, None, None, "", ())
    finding, tone = "", {"clear": "good", "hit": "warn", "unavailable": "calm"}[found.result.value]
    if found.result.value == "hit":
        finding = "尚未查明" if found.affects is None else ("影响认定" if found.affects else "不影响认定")
        finding += f"（账号{found.judged_by}，{in_words(found.judged_on)}）" if found.judged_on else ""
        tone = "bad" if found.affects is not False else "warn"
    return Compared(
        who=who,
        source=source.words,
        result=found.result.words,
        tone=tone,
        on=found.looked_on,
        valid_until=found.valid_until,
        reference=found.reference,
        finding=finding,
        texts=texts,
    )


def _visits(looked: Looked) -> tuple[tuple[str, str, str, tuple[str, ...]], ...]:
    """Return each visit: the day, whom it met, by whom, and what was noted."""
    notes = {said.about: said.texts for said in looked.of("record_visit")}
    return tuple(
        (
            in_words(visit.visited_on),
            "、".join(looked.who(member) for member in visit.met) or "没有见到人",
            visit.by,
            notes.get(visit.visit_id, ()),
        )
        for visit in reversed(looked.case.visits)
    )
