"""What the forms of contacts, visits, services and follow-ups mean (联系、走访、服务、回访).

`hand` is None when the household is not the caller's any more: what was typed is read all the same, to be kept.
"""

from typing import Any

from casework.case_facts import ContactChannel
from console.doorstep.at_hand import AtHand
from console.doorstep.deliveries import DELIVERIES
from console.doorstep.typed import Act, Planned, Typed, without_empty
from console.forms import Form

CHANNELS = (("phone", "电话"), ("visit", "上门"), ("sms", "短信"), ("letter", "书面通知"))

RESULTS = (
    ("reached", "接通了、见到了"),
    ("failed", "没人接、没人在"),
    ("off", "关机、停机"),
    ("wrong_number", "空号、不是本户号码"),
    ("returned", "信件退回"),
)
CALL_RESULTS = (("reached", "接通了"), *RESULTS[1:4])

OFF = "关机或停机。"

OTHERS = (("minor", "家里的小孩"), ("other", "不是家里人"))
"""Who may answer beside the grown-ups of the household; neither counts as reached."""

KINDS_OF_SERVICE = (("guidance", "职业指导"), ("training_info", "技能培训信息"))


def contact(form: Form, hand: AtHand | None) -> Planned:
    """An attempt to reach the household; who answered only matters when somebody did."""
    typed = Typed(form)
    channel = typed.one_of("channel", dict(CHANNELS), "请选择用什么方式联系的")
    result = typed.one_of("result", dict(RESULTS), "请选择联系的结果")
    note = typed.text("note")
    if result == "off":
        result, note = "failed", OFF + (note or "")
    values = {
        "on": typed.day("on"),
        "channel": channel,
        "outcome": result,
        "number_verified": typed.yes("number_verified"),
        "by_household": typed.yes("by_household"),
        "note": note,
    }
    if result == "reached":
        values |= _answered(typed, hand)
    return typed.planned(Act("record_contact", without_empty(values)))


def _answered(typed: Typed, hand: AtHand | None) -> dict[str, str | None]:
    who = typed.text("who")
    if who in dict(OTHERS):
        return {"answered": who, "sought": typed.text("sought")}
    if who is None or (hand is not None and who not in dict(hand.adults)):
        typed.wrong("who", "联系上的，请选择是谁接的")
    return {"answered_by": who, "sought": typed.text("sought")}


def visit(form: Form, hand: AtHand | None) -> Planned:
    """A visit with its three deliveries, and at the same time the attempt to reach the household that it was."""
    typed = Typed(form)
    met, nobody, on = list(typed.form.many("met")), typed.yes("nobody"), typed.day("visited_on")
    if not met and not nobody:
        typed.wrong("met", "请选择见到了谁；没有见到人的，选“没有见到人”")
    if met and nobody:
        typed.wrong("met", "选了见到的人，又选了“没有见到人”，请核对")
    values: dict[str, Any] = {"visited_on": on, "met": met, "note": typed.text("note")}
    values |= {name: typed.yes(name) for name, _ in DELIVERIES}
    if nobody and any(values[name] for name, _ in DELIVERIES):
        typed.wrong("policies", "没有见到人的，三送不能算送到，请去掉或核对")
    acts = [Act("record_visit", without_empty(values))]
    if typed.yes("as_contact") and (hand is None or "record_contact" in hand.allowed):
        acts.append(Act("record_contact", _as_contact(met, hand) | {"on": on}))
    return typed.planned(*acts)


def _as_contact(met: list[str], hand: AtHand | None) -> dict[str, object]:
    grown = [member for member in met if hand is None or member in dict(hand.adults)]
    attempt: dict[str, object] = {"channel": ContactChannel.VISIT.value}
    if grown:
        return attempt | {"outcome": "reached", "answered_by": grown[0]}
    return attempt | ({"outcome": "reached", "answered": "minor"} if met else {"outcome": "failed"})


def service(form: Form, hand: AtHand | None) -> Planned:
    """Guidance or training information for one member."""
    typed = Typed(form)
    values = {
        "member": typed.one_of("member", _base(hand, form), "请选择是哪位成员"),
        "kind": typed.one_of("kind", dict(KINDS_OF_SERVICE), "请选择是哪一种服务"),
        "on": typed.day("on"),
        "note": typed.text("note"),
    }
    return typed.planned(Act("record_service", without_empty(values)))


def follow_up(form: Form) -> Planned:
    """The follow-up of a month; whoever has lost the job again is another step."""
    typed = Typed(form)
    on = typed.day("on")
    month = typed.text("month")
    if month is None or len(month) != 7 or not month.replace("-", "").isdigit():
        typed.wrong("month", "请填写回访的月份，写作 2026-11")
    still = typed.one_of("still_employed", ("yes", "no"), "请选择是否仍在岗")
    if still == "no":
        typed.wrong("still_employed", "已经离岗的，请改办“登记重新失业”，帮扶随即恢复")
    values = {
        "month": month,
        "on": on,
        "channel": typed.one_of("channel", dict(CHANNELS), "请选择怎样回访的"),
        "still_employed": still == "yes",
        "insured": typed.yes("insured"),
        "note": typed.text("note"),
    }
    return typed.planned(Act("record_follow_up", without_empty(values)))


def _base(hand: AtHand | None, form: Form) -> tuple[str, ...]:
    return tuple(dict(hand.base)) if hand is not None else tuple(form.many("member"))
