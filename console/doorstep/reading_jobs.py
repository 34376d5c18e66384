"""What the forms of jobs mean (推荐岗位、家庭的答复): the referral and its answer in one sitting, or the answer later.

An answer is a step of its own; which one depends on what was said.  Only a suitable job that reached the member can be
refused: the rules say so, and the referral stands all the same.
"""

from datetime import date
from typing import Any

from casework.case_facts import Referral
from console.doorstep.at_hand import AtHand
from console.doorstep.typed import NEW, Act, NewPost, Planned, Typed, without_empty
from console.forms import Form
from policies.term_words import VALUES

FITS = (
    ("yes", "合适"),
    ("health", "身体吃不消"),
    ("skill", "技能不够"),
    ("distance", "离家太远"),
    ("unlawful_or_unsafe", "不合法、不安全"),
)
COMMUTES = (("15", "15分钟"), ("30", "半小时"), ("60", "1小时"), ("90", "1个半小时"), ("120", "2小时以上"))

AT_ONCE = (
    ("thinking", "收到了，还要想想"),
    ("willing", "愿意去，等单位答复"),
    ("hired", "当场录用了"),
    ("refused", "不愿意去"),
    ("absent", "本人还没收到"),
)
"""What a household may say when the job is put to it; only `absent` leaves the referral undelivered."""

LATER = (
    ("delivered", "收到了，还没答复"),
    ("hired", "单位录用了"),
    ("employer_rejected", "单位没录用"),
    ("refused", "不愿意去"),
    ("no_show", "没按约去面试、上岗"),
)

NOT_SAID = "unsaid"


def reasons(hand: AtHand) -> tuple[tuple[str, str], ...]:
    """Return the reasons the locality lists, with "none given" first."""
    listed = hand.terms.policy.refusal.justified_reasons.value
    return ((NOT_SAID, "没有说理由"), *((code, str(VALUES.get(code, code))) for code in listed))


def later(referral: Referral) -> tuple[tuple[str, str], ...]:
    """Return what may be said of a referral that was made before."""
    return LATER if not referral.delivered else LATER[1:]


def referral(form: Form, hand: AtHand | None) -> Planned:
    """A job put to a member, with what the household said to it."""
    typed = Typed(form)
    known = {v.vacancy_id: v for v in hand.vacancies} if hand is not None else {}
    chosen = known.get(typed.text("vacancy") or "")
    post = None if chosen or (hand is None and typed.text("vacancy")) else _new_post(typed)
    pay = chosen.pay_fen if chosen and not typed.text("pay") else typed.fen("pay", "请填写月工资，单位：元，例如 2600")
    fits = typed.one_of("fits", dict(FITS), "请选择这个岗位是否合适")
    minutes = typed.text("commute")
    on, member = typed.day("on"), typed.one_of("member", _base(hand, form), "请选择推荐给哪位成员")
    answer = typed.one_of("answer", dict(AT_ONCE), "请选择本人怎样答复")
    values: dict[str, Any] = {
        "member": member,
        "vacancy": typed.text("vacancy") or (f"{post.employer} {post.title}"[:60] if post else None),
        "on": on,
        "pay_fen": pay,
        "matches_plan": fits == "yes",
        "acknowledged": answer not in (None, "absent"),
        "unsuitable_for": fits if fits != "yes" else None,
        "commute_minutes": int(minutes) if minutes in dict(COMMUTES) else None,
    }
    acts = [Act("record_referral", without_empty(values))]
    acts += _said(typed, answer or "", NEW, member or "", on)
    return typed.planned(*acts, post=post)


def answer_to(form: Form, hand: AtHand | None, referral_id: str) -> Planned:
    """The answer to a referral that was made before."""
    typed = Typed(form)
    made = _made(hand, referral_id)
    choices = later(made) if made else LATER
    answer = typed.one_of("answer", dict(choices), "请选择家庭或单位怎样答复")
    on = typed.day("on")
    acts: list[Act] = []
    if made is not None and not made.delivered and answer != "no_show":
        acts.append(Act("acknowledge_referral", {"referral": referral_id, "on": on}))
    acts += _said(typed, answer or "", referral_id, made.member if made else (typed.text("member") or ""), on)
    return typed.planned(*acts)


def _made(hand: AtHand | None, referral_id: str) -> Referral | None:
    if hand is None:
        return None
    return next((r for r in hand.case.referrals if r.referral_id == referral_id), None)


def _said(typed: Typed, answer: str, referral_id: str, member: str, on: date | None) -> list[Act]:
    """Return the step an answer is, if it is one."""
    if answer in ("hired", "employer_rejected"):
        return [Act("record_referral_outcome", {"referral": referral_id, "outcome": answer, "on": on})]
    if answer not in ("refused", "no_show"):
        return []
    code, statement = typed.text("reason_code"), typed.text("statement")
    values = {
        "referral": referral_id,
        "member": member,
        "on": on,
        "reason_code": code if code != NOT_SAID else None,
        "no_show": answer == "no_show",
        "statement": statement,
    }
    return [Act("record_refusal", without_empty(values))]


def _new_post(typed: Typed) -> NewPost | None:
    employer, title = typed.text("employer"), typed.text("post")
    if employer is None:
        typed.wrong("employer", "请选择一个岗位，或填写用人单位")
    if title is None:
        typed.wrong("post", "请填写做什么工作，例如 保洁")
    return NewPost(employer[:80], title[:80]) if employer and title else None


def _base(hand: AtHand | None, form: Form) -> tuple[str, ...]:
    return tuple(dict(hand.base)) if hand is not None else tuple(form.many("member"))
