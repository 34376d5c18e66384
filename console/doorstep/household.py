"""One household on one screen (一户一屏): who, the three deliveries, the counters, jobs, contacts, tasks."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import Now, OurDesk
from casework.case_facts import ContactOutcome, ReferralOutcome, RefusalStatus
from casework.contacts import CHANNEL_WORDS
from casework.services import owed_services, service_counts
from casework.suitability import UNSUITABLE
from console import words
from console.asking import Helper, for_roles
from console.doorstep.at_hand import AtHand, at_hand
from console.doorstep.deliveries import deliveries_of
from console.doorstep.kinds import KINDS
from console.doorstep.today import HELPERS
from console.doorstep.wants import wants
from console.rendering import page
from desk.desk import Caller, Desk
from records.applicants import staff_names
from records.texts import texts_of
from records.timeline import timeline

router = APIRouter()

LAST = 5
OUTCOMES = {
    ContactOutcome.REACHED: "联系上",
    ContactOutcome.FAILED: "未联系上",
    ContactOutcome.WRONG_NUMBER: "号码有误",
    ContactOutcome.RETURNED: "信件退回",
}
ANSWERS = {
    ReferralOutcome.EMPLOYER_REJECTED: "单位未录用",
    ReferralOutcome.HIRED: "已录用",
}
REFUSED = {
    RefusalStatus.PENDING: "不愿意去，待认定理由",
    RefusalStatus.JUSTIFIED: "不愿意去，有正当理由",
    RefusalStatus.UNJUSTIFIED: "不愿意去，无正当理由",
}


@dataclass(frozen=True, slots=True)
class Counter:
    """What one member was given of what is owed: guidance, training information, different jobs."""

    who: str
    parts: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Job:
    """One referral: what, to whom, when, how it stands; `open` while an answer is awaited."""

    referral_id: str
    words: str
    who: str
    on: str
    state: str
    open: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One thing of the past: the day and the words."""

    day: str
    words: str


@router.get("/doorstep/{case_id}", **for_roles(HELPERS))
def household(request: Request, case_id: str, desk: OurDesk, caller: Helper, now: Now, saved: str = "") -> Response:
    """Show one household; `saved` names what was recorded just before."""
    hand = at_hand(desk, caller, case_id, now)
    plan, stands_for = _read(desk, caller, hand)
    return page(
        request,
        "doorstep/household.html",
        title="帮扶户",
        hand=hand,
        saved=KINDS[saved].saved if saved in KINDS else "",
        wants=wants(hand.case, [t for t in hand.tasks if t.claimed_by in _mine(caller, hand)], hand.terms, hand.today),
        deliveries=deliveries_of(hand.case),
        counters=_counters(hand),
        jobs=_jobs(hand),
        past=_past(hand),
        plan=plan,
        stands_for=stands_for,
    )


def _mine(caller: Caller, hand: AtHand) -> tuple[str | None, ...]:
    return (None, caller.account, hand.acting_for)


def _counters(hand: AtHand) -> tuple[Counter, ...]:
    owed, whole = owed_services(hand.case, hand.terms.policy), hand.terms.policy.services.per.value != "member"
    members = hand.case.standing.base[:1] if whole else hand.case.standing.base
    found = []
    for member in members:
        have = service_counts(hand.case, None if whole else member)
        parts = (
            ("职业指导", have["guidance"], owed.guidance.value),
            ("培训信息", have["training_info"], owed.training_info.value),
            ("推荐岗位", have["referrals"], owed.referrals.value),
        )
        found.append(Counter("全家" if whole else hand.called(member), parts))
    return tuple(found)


def _jobs(hand: AtHand) -> tuple[Job, ...]:
    """Return the referrals, those that wait for an answer first, then the latest."""
    known = {v.vacancy_id: f"{v.employer} · {v.title}" for v in hand.vacancies}
    refused = {refusal.referral: REFUSED[refusal.status] for refusal in hand.case.refusals}
    found = []
    for r in reversed(hand.case.referrals):
        waits = "等待答复" if r.delivered else "还没有送到本人"
        state = refused.get(r.referral_id) or ANSWERS.get(r.outcome) or waits
        if not r.suitable:
            state += f"（{UNSUITABLE.get(r.unsuitable or '', '不合适')}，不计次）"
        job = f"{known.get(r.vacancy, f'岗位 {r.vacancy}')} · {words.yuan(r.pay_fen)}"
        is_open = r.outcome is ReferralOutcome.OPEN
        found.append(Job(r.referral_id, job, hand.called(r.member), words.short_day(r.on), state, is_open))
    return tuple(sorted(found, key=lambda job: not job.open))


def _past(hand: AtHand) -> tuple[Step, ...]:
    """Return the last contacts, visits and services, the latest first."""
    case = hand.case
    found = [
        (c.on, f"{CHANNEL_WORDS[c.channel]}{'（家庭主动）' if c.by_household else ''}：{OUTCOMES[c.outcome]}")
        for c in case.contacts
    ]
    found += [(v.visited_on, f"走访：{'、'.join(map(hand.called, v.met)) or '没有见到人'}") for v in case.visits]
    kinds = {"guidance": "职业指导", "training_info": "技能培训信息"}
    found += [(s.on, f"{kinds[s.kind.value]}：{hand.called(s.member)}") for s in case.services]
    found += [(f.on, f"按月回访（{f.month}）") for f in case.follow_ups]
    latest = sorted(found, key=lambda step: step[0], reverse=True)[:LAST]
    return tuple(Step(words.short_day(day), told) for day, told in latest)


def _read(desk: Desk, caller: Caller, hand: AtHand) -> tuple[str, str]:
    """Return the text of the plan in force, and in whose stead the caller would act."""
    with desk.record.read() as work:
        events = timeline(work, caller.scope, hand.case.case_id) or ()
        signed = [event for event in events if event.trigger == "sign_plan"]
        texts = texts_of(work, caller.scope, hand.case.case_id) if signed else {}
        names = staff_names(work, [hand.acting_for] if hand.acting_for else [])
    plan = "\n".join(texts.get(text_id, "") for text_id in signed[-1].text_ids) if signed else ""
    return plan, names.get(hand.acting_for or "") or hand.acting_for or ""
