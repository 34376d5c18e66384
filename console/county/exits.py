"""A proposed exit, its decision and its appeal (退出建议、决定、申诉) on one page, for whoever decides each.

The reviewer decides the exit, a supervisor the appeal; a supervisor sees no names.  What is counted, and who has had a
hand in it before, is said by the rules.
"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from api.asking import CaseId, Now, OurDesk
from casework import exits
from casework.appeals import open_appeal
from casework.exit_evidence import tally
from casework.exit_facts import ExitDecided, ExitProposal
from casework.states import ExitReason, Role
from casework.times import in_words
from console import words
from console.asking import OpenTo, for_roles
from console.county.reading import Choice, Looked, choices, for_others, look
from console.rendering import page
from desk.desk import Caller
from desk.foresight import Foresight
from records.worklists import TaskRow

router = APIRouter()

DECIDERS = (Role.REVIEWER, Role.SUPERVISOR)
Decider = Annotated[Caller, Depends(OpenTo(DECIDERS))]

Wanted = tuple[tuple[str, str, dict[str, object]], ...]
ON_PROPOSAL: Wanted = (
    ("approve_exit", "批准退出", {"calendar_checked": True}),
    ("reject_exit", "不同意退出", {}),
)
ON_EFFECT: Wanted = (("confirm_exit_effect", "核对日历后确认退出生效", {"calendar_checked": True}),)
ON_APPEAL: Wanted = (
    ("uphold_appeal", "申诉成立，撤销退出决定", {}),
    ("dismiss_appeal", "申诉不成立，退出生效", {}),
)
TOLD = (
    *("propose_exit", "record_exit_response", "exit_response_ended", "approve_exit", "reject_exit"),
    *("raise_appeal", "uphold_appeal", "dismiss_appeal", "confirm_exit_effect", "exit_effective"),
    *("issue_warning", "conclude_review"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the household said to the proposal, and until when it may."""

    says: str
    due: words.Due
    texts: tuple[str, ...]


@router.get("/county/{case_id}/exit", **for_roles(DECIDERS))
def exit_page(request: Request, desk: OurDesk, now: Now, caller: Decider, case_id: CaseId) -> Response:
    looked, foresight = look(desk, caller, case_id, now, names=caller.role is Role.REVIEWER)
    case = looked.case
    proposal = case.exit_proposal or (case.exit_decided.proposal if case.exit_decided else None)
    offered, task = _offered(looked, foresight)
    return page(
        request,
        "county/exit.html",
        title=f"退出 {case_id}",
        looked=looked,
        task=task,
        proposal=proposal,
        reason=exits.reason_words(proposal.reason, looked.setting.policy) if proposal else "",
        ground=exits.ground(proposal.reason, looked.setting.policy) if proposal else "",
        tally=tally(case, proposal.reason, looked.setting) if proposal else None,
        answer=_answer(looked, proposal) if proposal else None,
        decided=case.exit_decided,
        standstill=_standstill(case.exit_decided) if case.exit_decided else "",
        appeal=open_appeal(case),
        appeals=case.appeals,
        offered=offered,
        not_mine=for_others(offered),
        history=looked.of(*TOLD),
        back=("/county", "复核认定") if caller.role is Role.REVIEWER else ("/supervision", "督导"),
    )


def _offered(looked: Looked, foresight: Foresight) -> tuple[tuple[Choice, ...], TaskRow | None]:
    """Return the steps of the one task that waits for somebody; what the caller's role may not take says so."""
    for kind, wanted in (
        ("decide_appeal", ON_APPEAL),
        ("confirm_exit_effect", ON_EFFECT),
        ("decide_exit", ON_PROPOSAL),
    ):
        if (task := looked.task(kind)) is not None:
            return choices(looked, foresight, wanted, task), task
    return (), None


def _answer(looked: Looked, proposal: ExitProposal) -> Answer:
    setting = looked.setting
    mine = next(iter(looked.of("record_exit_response")), None)
    due = words.due(proposal.respond_by, setting.today, setting.calendar)
    if proposal.reason is ExitReason.VOLUNTARY:
        return Answer("家庭已书面申请退出，不须等待陈述申辩。", words.Due("没有期限", "none", ""), ())
    if proposal.responded_on is not None:
        said = f"家庭已于{in_words(proposal.responded_on)}陈述申辩，决定前须审阅。"
        return Answer(said, words.Due("已答复", "calm", ""), mine.texts if mine else ())
    if proposal.response_ended:
        return Answer(
            f"家庭没有陈述申辩，期限{in_words(proposal.respond_by)}24时已届满，可以决定。",
            words.Due("期限已届满", "calm", words.day(proposal.respond_by)),
            (),
        )
    said = f"家庭可在{in_words(proposal.respond_by)}24时前陈述申辩，尚未收到。"
    return Answer(said + ("该日期为暂定。" if proposal.provisional else ""), due, ())


def _standstill(decided: ExitDecided) -> str:
    says = (
        f"县级已于{in_words(decided.decided_on)}决定退出（账号{decided.decided_by}），家庭可在"
        f"{in_words(decided.appeal_by)}24时前申诉；没有申诉的，{in_words(decided.takes_effect_on)}起生效。"
    )
    return says + "其间帮扶和各项时限暂停；决定撤销的，暂停的日子予以补足。"
