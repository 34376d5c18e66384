"""The rule of a changed working calendar (放假安排公布或调整): open clocks are counted anew, each move is told.

Which clocks, and which way each may move, is in `recounts.py` (A37, A38).
"""

from casework.case import Case
from casework.clocks import Clock
from casework.commands.calendar_change import AdoptCalendar
from casework.errors import SaidNo
from casework.explanation import Fact, Why
from casework.recount import RECOUNTED
from casework.recounts import RECOUNTS
from casework.ruling import Ruling, Setting
from policies.calendar_model import WorkCalendar


def adopt_calendar(case: Case, command: AdoptCalendar, setting: Setting) -> Ruling:
    """Count every open clock anew on the calendar that the command brings (A37, A38, scenarios 10, 89)."""
    _check(case, setting)
    old, new = case.calendar_version, setting.calendar.version
    clocks: list[Clock] = []
    said: list[str] = []
    facts = [Fact(label="工作日历", value=f"{old} → {new}"), *_documents(setting)]
    if command.ordered_by is not None:
        facts.append(Fact(label="更新人", value=command.ordered_by))
    for recount in RECOUNTS:
        done = recount(case, setting)
        case = done.case
        clocks += done.clocks
        said += done.said
        facts += done.facts
    why = Why(
        rule="calendar.adopted",
        says=f"工作日历由{old}更新为{new}，未届满的时限重新计算：{'；'.join(said) or '无变化'}。",
        facts=tuple(facts),
        clause=RECOUNTED,
    )
    update = {"calendar_version": new, "calendar_issue": setting.calendar.issue}
    return Ruling(case.model_copy(update=update), why, moved=tuple(clocks))


def _check(case: Case, setting: Setting) -> None:
    """The same calendar twice is nothing to do; an earlier issue, or one that knows fewer years, is an old one."""
    old, new = setting.replaced or setting.calendar, setting.calendar
    if new.version == case.calendar_version == old.version:
        raise SaidNo("calendar_unchanged", f"本户已按工作日历{new.version}计算，无需重复更新。", field="calendar")
    if new.issue < old.issue:
        raise SaidNo(
            "calendar_older",
            f"本户已按第{old.issue}号工作日历计算，送来的是更早的第{new.issue}号，不再采用。",
            field="calendar",
        )
    if gone := sorted(old.published - new.published):
        years = "、".join(str(year) for year in gone)
        raise SaidNo(
            "calendar_older",
            f"新的工作日历没有{years}年的放假安排，早于本户现行的工作日历，请核对版本后再更新。",
            field="calendar",
        )


def _documents(setting: Setting) -> tuple[Fact, ...]:
    """Return the holiday notices that the calendar before did not have, or had otherwise."""
    before = setting.replaced or WorkCalendar(years=(), fixed=(), statutory=())
    years = (s.source for s in setting.calendar.years if s not in before.years)
    regional = (s.source for s in setting.calendar.regional if s not in before.regional)
    return tuple(Fact(label="放假安排", value=source) for source in (*years, *regional))
