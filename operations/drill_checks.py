"""What a drill may expect of a step (期望), and the difference in Chinese when it is otherwise.

Each expectation is one word with one check.  Checks see only what every backend gives: the view of the case, the
receipts since the step before, and the "no" if the step was refused.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from casework.errors import CaseworkError
from casework.events import Receipt
from casework.times import SHANGHAI
from operations.drill_view import CaseView


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step led to: deadlines that fell due before it, its own receipt or "no", and the case after it."""

    fallen_due: tuple[Receipt, ...]
    receipts: tuple[Receipt, ...]
    said_no: CaseworkError | None
    view: CaseView | None

    @property
    def all(self) -> tuple[Receipt, ...]:
        return (*self.fallen_due, *self.receipts)


PLAN_STEP = "contingency_step"
"""Steps of the contingency plan start by themselves and stand beside the tasks that a drill is about."""

Check = Callable[[Any, Outcome], str | None]
"""Returns None when it holds, else what was found."""


def _same(found: Any, wanted: Any) -> str | None:
    if isinstance(wanted, list):
        wanted, found = sorted(wanted, key=str), sorted(found, key=str)
    if wanted is False and found is None:
        return None
    return None if found == wanted else _shown(found)


def _shown(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "是", False: "否", None: "无"}[value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return "、".join(_shown(v) for v in value) or "无"
    if isinstance(value, dict):
        return "、".join(f"{k}={_shown(v)}" for k, v in value.items()) or "无"
    return str(value)


def _contains(found: Iterable[str], wanted: Any) -> str | None:
    have = list(found)
    for item in [wanted] if isinstance(wanted, str) else wanted:
        if item not in have:
            return _shown(have)
        have.remove(item)
    return None


def _seen(read: Callable[[CaseView], Any]) -> Check:
    return lambda wanted, outcome: "还没有个案" if outcome.view is None else _same(read(outcome.view), wanted)


def _each(read: Callable[[CaseView], dict[str, Any]]) -> Check:
    def check(wanted: Any, outcome: Outcome) -> str | None:
        if outcome.view is None:
            return "还没有个案"
        if not isinstance(wanted, dict):
            return "写法应为 { 名称 = 值 }"
        found = read(outcome.view)
        wrong = {k: found.get(k) for k, v in wanted.items() if _same(found.get(k), v) is not None}
        return _shown(wrong) if wrong else None

    return check


def _by_name(rows: Iterable[Any], read: Callable[[Any], Any]) -> dict[str, Any]:
    named: dict[str, Any] = {}
    for row in rows:
        named[f"{row.kind}:{row.about}"] = read(row)
        named.setdefault(row.kind, read(row))
    return named


def _refused(wanted: Any, outcome: Outcome) -> str | None:
    return _same(outcome.said_no.code if outcome.said_no else "已办理", wanted)


def _field(wanted: Any, outcome: Outcome) -> str | None:
    return _same(outcome.said_no.field if outcome.said_no else "已办理", wanted)


def _why(wanted: Any, outcome: Outcome) -> str | None:
    if outcome.said_no is not None:
        text = f"{outcome.said_no.message} 依据：{outcome.said_no.clause or ''}"
    else:
        text = " ".join(
            f"{r.why.says} {'，'.join(f'{f.label}{f.value}' for f in r.why.facts)} 依据：{r.why.clause}"
            for r in (outcome.receipts or outcome.all)
        )
    missing = [w for w in ([wanted] if isinstance(wanted, str) else wanted) if w not in text]
    return f"说明中没有“{'”“'.join(missing)}”，说明是：{text}" if missing else None


def _events(wanted: Any, outcome: Outcome) -> str | None:
    found = [(r.trigger, r.at.astimezone(SHANGHAI)) for r in outcome.fallen_due]
    at = 0
    for item in [wanted] if isinstance(wanted, str) else wanted:
        trigger, _, when = item.partition(" ")
        while at < len(found) and not (found[at][0] == trigger and _at(found[at][1]).startswith(when)):
            at += 1
        if at == len(found):
            return _shown([f"{t} {_at(d)}" for t, d in found])
        at += 1
    return None


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _none_of(read: Callable[[Receipt], Iterable[str]]) -> Check:
    def check(wanted: Any, outcome: Outcome) -> str | None:
        found = {name for r in outcome.all for name in read(r)}
        here = found & set([wanted] if isinstance(wanted, str) else wanted)
        return _shown(sorted(here)) if here else None

    return check


def _notices(receipt: Receipt) -> Iterable[str]:
    return receipt.notices


EXPECTATIONS: dict[str, tuple[str, Check]] = {
    "state": ("状态", _seen(lambda v: v.state)),
    "refused": ("不予办理的代码", _refused),
    "field": ("不予办理所指的项目", _field),
    "why": ("说明或答复中的话", _why),
    "opened": ("新开的待办", lambda w, o: _contains((t.kind for r in o.all for t in r.opened), w)),
    "closed": ("办结或取消的待办", lambda w, o: _contains((t.kind for r in o.all for t in r.closed), w)),
    "tasks": ("全部未办结的待办", _seen(lambda v: [t.kind for t in v.tasks if t.kind != PLAN_STEP])),
    "due": ("待办的期限", _each(lambda v: _by_name(v.tasks, lambda t: t.due_on))),
    "overdue": ("超期的待办", _seen(lambda v: [t.kind for t in v.tasks if t.overdue])),
    "notices": ("发出的通知", lambda w, o: _contains((n for r in o.all for n in r.notices), w)),
    "no_notices": ("不应发出的通知", _none_of(_notices)),
    "events": ("届满的时限", _events),
    "no_events": ("不应届满的时限", _none_of(lambda r: (r.trigger,))),
    "clocks": ("时限的届满日", _each(lambda v: _by_name(v.clocks, lambda c: c.due_on))),
    "provisional": ("时限是否暂定", _each(lambda v: _by_name(v.clocks, lambda c: c.provisional))),
    "promise": ("承诺", _each(lambda v: v.promise)),
    "services": ("服务次数（指导/培训/推荐）", _each(lambda v: dict(v.services))),
    "refusals": ("一个窗口内拒绝次数", _each(lambda v: dict(v.refusals))),
    "contacts": ("连续未联系上的次数", _seen(lambda v: v.contacts)),
    "objections": ("未处理的异议数", _seen(lambda v: v.open_objections)),
    "proposal": ("退出建议", _seen(lambda v: v.proposal)),
    "respond_by": ("陈述申辩期限", _seen(lambda v: v.respond_by)),
    "decided": ("已决定而未生效的退出", _seen(lambda v: v.decided)),
    "appeal_by": ("申诉期限", _seen(lambda v: v.appeal_by)),
    "eliminated_on": ("消除日期", _seen(lambda v: v.eliminated_on)),
    "double_employment": ("双就业", _seen(lambda v: v.double_employment)),
    "exit": ("退出原因", _seen(lambda v: v.exit)),
    "helper": ("帮扶责任人", _seen(lambda v: v.helper)),
    "in_charge": ("当日实际负责的人", _seen(lambda v: v.in_charge)),
    "base": ("基数成员", _seen(lambda v: list(v.base))),
    "counted": ("计入家庭的成员", _seen(lambda v: list(v.counted))),
    "outcome": ("条件判断", _seen(lambda v: v.outcome)),
    "reason": ("条件判断的原因", _seen(lambda v: v.reason)),
}
"""The word in the file → what it is called in a difference, and its check."""


def differences(expect: dict[str, Any], outcome: Outcome) -> tuple[str, ...]:
    """Return one Chinese line for each expectation that does not hold; a refusal nobody expected is one too."""
    lines = []
    if outcome.said_no is not None and "refused" not in expect:
        lines.append(f"本应办理，却不予办理（{outcome.said_no.code}）：{outcome.said_no.message}")
    for word, wanted in expect.items():
        name, check = EXPECTATIONS[word]
        found = check(wanted, outcome)
        if found is not None:
            lines.append(f"{name}（{word}）：期望 {_shown(wanted)}，实际 {found}")
    return tuple(lines)
