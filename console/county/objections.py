"""Objections and the review of a certification (异议和认定复查): what was said, by when, how it was dealt with.

Before the seal the office decides, and the county where an objection is about the office's own people; after it the
county reviews.  Who has to keep away is said before anybody tries.
"""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import CaseId, Now, OurDesk
from casework.case_facts import Objection, ObjectionStatus
from casework.states import Role
from console import words
from console.asking import Reviewer, for_roles
from console.county.reading import Choice, Looked, Said, choices, for_others, look
from console.rendering import page
from desk.foresight import Foresight

router = APIRouter()

STATUS = {
    ObjectionStatus.OPEN: ("正在调查处理", "warn"),
    ObjectionStatus.NOT_BLOCKING: ("登记备查，不影响办理", "calm"),
    ObjectionStatus.DISMISSED: ("不成立", "good"),
    ObjectionStatus.UPHELD: ("属实", "bad"),
    ObjectionStatus.CORRECTED: ("部分属实，已更正", "info"),
}
DEALT = ("dismiss_objection", "uphold_objection", "correct_objection", "conclude_review")


@dataclass(frozen=True, slots=True)
class Shown:
    """One objection: what was said, where it stands, its limit, and the steps that end it."""

    objection: Objection
    status: str
    tone: str
    raised: Said | None
    dealt: Said | None
    due: words.Due | None
    held_by: str | None
    offered: tuple[Choice, ...]


@router.get("/county/{case_id}/objections", **for_roles((Role.REVIEWER,)))
def objections(request: Request, desk: OurDesk, now: Now, caller: Reviewer, case_id: CaseId) -> Response:
    looked, foresight = look(desk, caller, case_id, now, names=True)
    shown = tuple(_shown(looked, foresight, each) for each in reversed(looked.case.objections))
    return page(
        request,
        "county/objections.html",
        title=f"异议 {case_id}",
        looked=looked,
        shown=shown,
        not_mine=for_others(choice for each in shown for choice in each.offered),
    )


def _shown(looked: Looked, foresight: Foresight, objection: Objection) -> Shown:
    number = objection.objection_id
    kind = "review_certification" if objection.after_seal else "decide_objection"
    task = next((t for t in looked.tasks if t.kind == kind and t.about == number), None)
    status, tone = STATUS[objection.status]
    setting = looked.setting
    offered: tuple[Choice, ...] = ()
    if objection.status is ObjectionStatus.OPEN:
        offered = choices(looked, foresight, _steps(objection), task)
    return Shown(
        objection=objection,
        status=status,
        tone=tone,
        raised=next((s for s in looked.of("raise_objection") if s.about == number), None),
        dealt=next((s for s in looked.of(*DEALT) if s.about == number), None),
        due=words.due(task.due_on, setting.today, setting.calendar, overdue=task.overdue, paused=bool(task.paused))
        if task
        else None,
        held_by=task.claimed_by if task else None,
        offered=offered,
    )


def _steps(objection: Objection) -> tuple[tuple[str, str, dict[str, object]], ...]:
    given: dict[str, object] = {"objection": objection.objection_id}
    if objection.after_seal:
        return (("conclude_review", "作出复查结论", {**given, "outcome": "stands"}),)
    return (
        ("dismiss_objection", "异议不成立", given),
        ("correct_objection", "属实，更正后重新公示", given),
        ("uphold_objection", "成立，不予认定", given),
    )
