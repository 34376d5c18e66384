"""What stands in each paper (文书内容): facts of the case and its people, as text ready to be set.  Pure.

Wording that is the same for everybody is in the forms.  Values go into JSON as they are: nothing here quotes anything.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from casework.case import Case
from casework.case_facts import Contact, Refusal
from casework.exit_decision import takes_effect_at_once
from casework.exits import ground, reason_words
from casework.explanation import Why
from casework.household import Member, Relation
from casework.masking import mask_name
from casework.states import ExitReason
from casework.times import dated, in_words
from documents.offers import Offer
from documents.paper_kinds import PaperKind
from policies.citations import cited
from policies.schema import Policy

Data = dict[str, Any]
_CALLED = re.compile(f"({'|'.join(relation.value for relation in Relation)})（(M\\d+)）")


@dataclass(frozen=True, slots=True)
class Person:
    """Who a member is."""

    name: str = field(repr=False)
    id_number: str = field(repr=False)
    phone: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Post:
    """The job of a referral: where to go, whom to ask, until when; "" where nobody said."""

    employer: str
    title: str
    place: str = ""
    hours: str = ""
    contact: str = field(default="", repr=False)
    open_until: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """An office with its phone."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class CaseTold:
    """All that papers of a case are made from.  `decision` is why the step behind it was taken, `reason` its words.

    `refusals` and `attempts` are those that were counted when an exit was decided, and no others.
    """

    case: Case
    policy: Policy
    people: Mapping[str, Person] = field(repr=False)
    address: str = field(repr=False)
    community: str
    office: Place
    issuer: Place
    decision: Why | None = None
    reason: str = field(default="", repr=False)
    posts: Mapping[str, Post] = field(default_factory=dict)
    staff: Mapping[str, str] = field(default_factory=dict)
    note: str = field(default="", repr=False)
    refusals: tuple[Refusal, ...] = ()
    attempts: tuple[Contact, ...] = ()


def contents(offer: Offer, told: CaseTold, on: date) -> Data:
    """Return what is set into the form of a paper, dated `on`."""
    case = told.case
    about_all: Data = {
        "issuer": told.issuer.name,
        "phone": told.issuer.phone,
        "date": in_words(on),
        "title": offer.kind.words,
        "household_word": told.policy.terms.household.value,
        "policy": {"citation": _titled(told.policy.citation)},
        "office": {"name": told.office.name, "phone": told.office.phone},
    }
    if offer.kind is not PaperKind.PUBLICITY:
        about_all |= {"case_id": case.case_id, "applied_on": in_words(case.opened_on), "applicant": _applicant(told)}
    return about_all | _OF_KIND[offer.kind](offer, told)


def _titled(citation: str) -> str:
    """Return a document as papers cite it: 《关于……的通知》（吉人社函〔2021〕102号）; 《……》 stays as it is."""
    title, opens, rest = citation.partition("（")
    return citation if citation.startswith("《") else f"《{title}》{opens}{rest}"


def _applicant(told: CaseTold) -> Data:
    person = told.people[told.case.household.applicant.member_id]
    return {"name": person.name, "id_number": person.id_number, "phone": person.phone or "未登记"}


def _member(told: CaseTold, member: Member) -> Data:
    person = told.people.get(member.member_id, Person("", ""))
    return {
        "member_id": member.member_id,
        "name": person.name,
        "id_number": person.id_number,
        "relation": member.relation.value,
        "sex": member.sex.value,
        "hukou": member.hukou.value,
        "status": member.status.value,
        "capacity": member.capacity.value,
        "wish": "有" if member.willing else "无",
    }


def _members(told: CaseTold) -> list[Data]:
    return [_member(told, member) for member in told.case.household.members if member.left_on is None]


def _application(_: Offer, told: CaseTold) -> Data:
    return {
        "address": told.address,
        "community": told.community,
        "members": _members(told),
        "opinions": [["受理机构初审意见", ""], ["公示情况", ""], ["县级复核认定意见", ""]],
        "sealed": False,
    }


def _sealed_application(offer: Offer, told: CaseTold) -> Data:
    reviews, notice = told.case.reviews, told.case.publicity
    first = f"初审通过，{in_words(reviews.first_on)}。" if reviews.first_on else "初审通过。"
    shown = "—"
    if notice is not None:
        shown = f"{in_words(notice.posted_on)}至{in_words(notice.ends_on)}公示，无未处理的异议。"
    assert reviews.certified_on is not None
    word = told.policy.terms.household.value
    last = f"复核通过，自{in_words(reviews.certified_on)}起认定为{word}。"
    opinions = [["受理机构初审意见", first], ["公示情况", shown], ["县级复核认定意见", last]]
    return _application(offer, told) | {"opinions": opinions, "sealed": True}


def _certified(_: Offer, told: CaseTold) -> Data:
    case = told.case
    assert case.reviews.certified_on is not None
    names = {member_id: person.name for member_id, person in told.people.items()}
    return {
        "certified_on": in_words(case.reviews.certified_on),
        "address": told.address,
        "members": _members(told),
        "helped": [names.get(member_id, member_id) for member_id in case.standing.base],
        "promise_due": in_words(case.promise.due_on) if case.promise else None,
        "promise_provisional": case.promise.provisional if case.promise else False,
    }


def _why(told: CaseTold) -> Data:
    why = told.decision
    facts = [[fact.label, _by_name(told, dated(fact.value))] for fact in why.facts] if why else []
    return {"facts": facts or [["事实", "见理由"]], "clause": cited(why.clause) if why else ""}


def _by_name(told: CaseTold, text: str) -> str:
    """Return what a reason says of 本人（M1） with the member's name: 张某（本人）."""

    def name(found: re.Match[str]) -> str:
        person = told.people.get(found[2])
        return f"{person.name}（{found[1]}）" if person else found[1]

    return _CALLED.sub(name, text)


def _refused(_: Offer, told: CaseTold) -> Data:
    assert told.case.exit is not None
    said = _by_name(told, told.decision.says) if told.decision else ExitReason.NOT_RECOGNISED.words
    return _why(told) | {
        "decided_on": in_words(told.case.exit.decided_on or told.case.exit.on),
        "reason": told.reason or said,
        "remedy": "",
    }


def _exit(_: Offer, told: CaseTold) -> Data:
    case, policy = told.case, told.policy
    waits, over = case.exit_decided, case.exit
    if waits is not None:
        reason, decided, effective = waits.reason, waits.decided_on, waits.takes_effect_on
    else:
        assert over is not None
        reason, decided, effective = over.reason, over.decided_on or over.on, over.on
    assert case.reviews.certified_on is not None
    why = _why(told)
    return why | {
        "facts": [*_days_behind(told), *why["facts"]],
        "reason": reason_words(reason, policy) + (f"。{told.reason}" if told.reason else ""),
        "clause": cited(ground(reason, policy)),
        "decided_on": in_words(decided),
        "effective_on": in_words(effective),
        "certified_on": in_words(case.reviews.certified_on),
        "revoked": reason is ExitReason.REVOKED,
        "appeal_by": in_words(waits.appeal_by) if waits else None,
        "appeal_provisional": waits.provisional if waits else False,
        "at_once": takes_effect_at_once(reason, policy),
    }


def _days_behind(told: CaseTold) -> list[list[str]]:
    """Return the days that were counted for an exit: of each refusal, or of the attempts to reach the household."""
    days = sorted({contact.on for contact in told.attempts})
    rows = [["未能取得联系", "、".join(in_words(day) for day in days)]] if days else []
    return rows + [
        ["无正当理由拒绝推荐", f"{in_words(each.on)}，{_by_name(told, told.case.member_words(each.member))}"]
        for each in sorted(told.refusals, key=lambda refusal: refusal.on)
    ]


def _referral(offer: Offer, told: CaseTold) -> Data:
    referral = next(each for each in told.case.referrals if each.referral_id == offer.about)
    person = told.people[referral.member]
    member = told.case.household.member(referral.member)
    post = told.posts.get(referral.vacancy, Post("用人单位", referral.vacancy))
    return {
        "person": {
            "name": person.name,
            "id_number": person.id_number,
            "phone": person.phone or "未登记",
            "sex": member.sex.value if member else "",
        },
        "vacancy": {
            "employer": post.employer,
            "title": post.title,
            "place": post.place or "向用人单位或推荐机构询问",
            "hours": post.hours,
            "contact": post.contact or "向推荐机构询问",
            "until": in_words(post.open_until) if post.open_until else "",
        },
        "pay": f"{referral.pay_fen // 100:,}.{referral.pay_fen % 100:02d}",
        "referred_on": in_words(referral.on),
        "guaranteed": referral.guaranteed,
    }


def _publicity(_: Offer, told: CaseTold) -> Data:
    case, notice = told.case, told.case.publicity
    assert notice is not None
    applicant = told.people[case.household.applicant.member_id]
    return {
        "masked_name": mask_name(applicant.name),
        "community": told.community,
        "posted_on": in_words(notice.posted_on),
        "ends_on": in_words(notice.ends_on),
        "length": told.policy.publicity.length.value.words,
        "provisional": notice.provisional,
    }


def _visit(offer: Offer, told: CaseTold) -> Data:
    visit = next(each for each in told.case.visits if each.visit_id == offer.about)
    names = {member_id: person.name for member_id, person in told.people.items()}
    hands = [told.staff.get(hand, hand) for hand in visit.by.split("/")]
    return {
        "address": told.address,
        "visited_on": in_words(visit.visited_on),
        "visitor": "、".join(hands),
        "met": [names.get(member_id, member_id) for member_id in visit.met],
        "policies": visit.policies,
        "posts": visit.posts,
        "services": visit.services,
        "members": _members(told),
        "note": told.note,
    }


_OF_KIND: Mapping[PaperKind, Callable[[Offer, CaseTold], Data]] = {
    PaperKind.APPLICATION: _application,
    PaperKind.SEALED_APPLICATION: _sealed_application,
    PaperKind.REFERRAL: _referral,
    PaperKind.CERTIFIED: _certified,
    PaperKind.REFUSED: _refused,
    PaperKind.EXIT: _exit,
    PaperKind.PUBLICITY: _publicity,
    PaperKind.VISIT: _visit,
}
