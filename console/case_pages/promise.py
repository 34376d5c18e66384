"""The promise of a case in words (安置承诺): until when, how it stands, what moved it, why it was missed.

Also that of a relocated household (棚改回迁), which runs beside the main one.
"""

from dataclasses import dataclass
from datetime import date

from casework.breach import CAUSE_WORDS
from casework.case import Case
from casework.case_facts import Promise
from casework.escalation import LEVEL_WORDS
from casework.states import State
from casework.times import in_words
from console.case_pages.said import People
from console.words import Due, due
from policies.calendar_model import WorkCalendar


@dataclass(frozen=True, slots=True)
class PromiseSaid:
    """A promise ready to be shown: `due` for the eye, `lines` for what there is to know."""

    heading: str
    due: Due
    day: date
    lines: tuple[str, ...]


def promises_of(case: Case, today: date, calendar: WorkCalendar, people: People) -> tuple[PromiseSaid, ...]:
    """Return the promises of a case, the main one first."""
    found = []
    if case.promise is not None:
        again = f"（第{case.promise.number}次认定）" if case.promise.number > 1 else ""
        found.append(_said(f"安置承诺{again}", case.promise, case, today, calendar, people))
    if case.relocation is not None:
        moved = case.relocation.promise
        found.append(_said("棚改回迁安置承诺", moved, case, today, calendar, people))
    return tuple(found)


def _said(
    heading: str, promise: Promise, case: Case, today: date, calendar: WorkCalendar, people: People
) -> PromiseSaid:
    limit = _due(promise, case, today, calendar)
    return PromiseSaid(heading, limit, promise.due_on, tuple(_lines(promise, people)))


def _due(promise: Promise, case: Case, today: date, calendar: WorkCalendar) -> Due:
    if promise.met_on is not None:
        late = "，超期后兑现" if promise.overdue_on is not None else ""
        return Due(f"已于{in_words(promise.met_on)}兑现{late}", "overdue" if late else "calm", "")
    missed = promise.overdue_on is not None
    if case.state is State.EXITED:
        return Due("已超期，个案已退出" if missed else "个案已退出，不再计算", "overdue" if missed else "none", "")
    return due(promise.due_on, today, calendar, overdue=missed, paused=promise.paused)


def _lines(promise: Promise, people: People) -> list[str]:
    lines = [f"自{in_words(promise.started_on)}起算，当日不计；{in_words(promise.due_on)}24时止。"]
    if promise.provisional:
        lines.append("到期日跨入放假安排尚未公布的年份，是暂定的。")
    if promise.target_on is not None and promise.met_on is None:
        lines.append(f"内部目标：{in_words(promise.target_on)}前办成。")
    for pause in promise.pauses:
        until = f"至{in_words(pause.last)}" if pause.last else "起，尚未恢复"
        lines.append(f"{in_words(pause.first)}{until}暂停计算：{pause.why}。")
    for move in promise.moves:
        lines.append(f"{in_words(move.on)}由{in_words(move.was)}改为{in_words(move.now)}：{move.why}。")
    if promise.overdue_on is not None:
        lines.append(f"{in_words(promise.overdue_on)}记为超期。")
        lines.append(_cause(promise, people))
    if promise.told and promise.met_on is None:
        lines.append(f"已逐级报告：{'、'.join(LEVEL_WORDS.get(level, level) for level in promise.told)}。")
    return lines


def _cause(promise: Promise, people: People) -> str:
    words = CAUSE_WORDS.get(promise.cause or "", "尚未拟定")
    if promise.cause_confirmed_by is None:
        return f"超期原因（系统按服务次数和拒绝记录拟定，待督导人员确认）：{words}。"
    return f"超期原因：{words}，由{people.account(promise.cause_confirmed_by)}确认。"
