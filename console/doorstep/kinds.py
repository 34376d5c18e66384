"""What a helper can record of a household (登记的种类): each one's page, first step and how its form is read.

The forms stand in `templates/doorstep/`; what they mean in `reading.py` and `reading_jobs.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from casework.times import month_in_words
from console.doorstep import reading, reading_jobs
from console.doorstep.at_hand import AtHand
from console.doorstep.typed import Planned
from console.forms import Form

Read = Callable[[Form, AtHand | None, str], Planned]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record.  `saved` is said on the household's page afterwards, a mistake links to one of `fields`."""

    name: str
    title: str
    trigger: str
    saved: str
    read: Read
    fields: tuple[str, ...]
    day: str = "on"
    """The field of the day on which it happened."""


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "contact",
            "登记联系情况",
            "record_contact",
            "联系情况已登记。",
            lambda form, hand, _: reading.contact(form, hand),
            ("on", "channel", "result", "who", "note"),
        ),
        Kind(
            "visit",
            "登记走访",
            "record_visit",
            "走访已登记。",
            lambda form, hand, _: reading.visit(form, hand),
            ("visited_on", "met", "policies", "note"),
            day="visited_on",
        ),
        Kind(
            "service",
            "登记服务",
            "record_service",
            "服务已登记。",
            lambda form, hand, _: reading.service(form, hand),
            ("member", "kind", "on", "note"),
        ),
        Kind(
            "referral",
            "推荐岗位",
            "record_referral",
            "岗位推荐和答复已登记。",
            lambda form, hand, _: reading_jobs.referral(form, hand),
            ("member", "vacancy", "employer", "post", "pay", "fits", "on", "answer", "reason_code", "statement"),
        ),
        Kind(
            "answer",
            "登记推荐的答复",
            "record_referral_outcome",
            "答复已登记。",
            reading_jobs.answer_to,
            ("answer", "on", "reason_code", "statement"),
        ),
        Kind(
            "follow-up",
            "登记按月回访",
            "record_follow_up",
            "回访已登记。",
            lambda form, _hand, _: reading.follow_up(form),
            ("month", "on", "channel", "still_employed", "note"),
        ),
    )
}

COMMAND_FIELDS = {"pay_fen": "pay", "outcome": "result", "answered_by": "who", "matches_plan": "fits"}
"""A field of a step → the field of the form in which it was tapped."""


def opened(kind: Kind, hand: AtHand) -> Form:
    """Return the form as it is opened: today, and whatever there is only one of."""
    values: dict[str, Any] = {kind.day: hand.today.isoformat()}
    if len(hand.base) == 1:
        values["member"] = hand.base[0][0]
    if len(hand.adults) == 1:
        values["who"] = hand.adults[0][0]
    match kind.name:
        case "contact":
            values["channel"] = "phone"
        case "visit":
            values |= {"as_contact": "yes"}
        case "referral":
            values |= {"fits": "yes"}
        case "follow-up":
            owed = [task.about for task in hand.case.tasks_of("follow_up") if task.about]
            values |= {"channel": "phone", "month": min(owed, default=hand.today.isoformat()[:7])}
            values |= {"still_employed": "yes"}
    return Form.with_values(values)


def choices(kind: Kind, hand: AtHand, referral_id: str) -> dict[str, Any]:
    """Return what the form of a kind offers, beside what the household itself says."""
    match kind.name:
        case "contact":
            return {"channels": reading.CHANNELS, "results": reading.RESULTS, "others": reading.OTHERS}
        case "service":
            return {"kinds": reading.KINDS_OF_SERVICE}
        case "follow-up":
            months = sorted({t.about for t in hand.case.tasks_of("follow_up") if t.about} | {f"{hand.today:%Y-%m}"})
            return {"channels": reading.CHANNELS, "months": [(m, month_in_words(m)) for m in months]}
        case "referral":
            offered = [(v.vacancy_id, f"{v.employer} · {v.title} · {v.pay_fen // 100}元") for v in hand.vacancies]
            answers = reading_jobs.AT_ONCE
            same = {"fits": reading_jobs.FITS, "commutes": reading_jobs.COMMUTES, "vacancies": offered}
            return same | {"answers": answers, "reasons": reading_jobs.reasons(hand)}
        case "answer":
            made = next(r for r in hand.case.referrals if r.referral_id == referral_id)
            job = next((v for v in hand.vacancies if v.vacancy_id == made.vacancy), None)
            same = {"answers": reading_jobs.later(made), "reasons": reading_jobs.reasons(hand)}
            return same | {"made": made, "job": job, "who": hand.called(made.member)}
        case _:
            return {}
