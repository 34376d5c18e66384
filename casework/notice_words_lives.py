"""The words of notices about lives that go on (变更、转移、监控、消除撤销); see `notice_words.py`."""

from collections.abc import Callable, Mapping

from casework.case import Case
from casework.ruling import Ruling, Setting
from casework.times import end_of, in_words

Words = Mapping[str, str]


def _next(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    """What follows from a withdrawn elimination; the household's own obligation is in the template."""
    case = ruling.case
    if case.eliminated_on is not None:
        return {"then": f"消除日期改为{in_words(case.eliminated_on)}" if case.active_employments else "待县级恢复认定"}
    if case.active_employments:
        return {"then": "另一成员的就业待县级核准"}
    day = in_words(case.promise.due_on) if case.promise else ""
    over = case.promise is not None and end_of(case.promise.due_on) <= setting.now
    return {"then": f"原承诺已于{day}到期" if over else f"原承诺{day}到期，继续计算"}


LIVES_WORDS: dict[str, Callable[[Case | None, Ruling, Setting], Words]] = {
    "household_changed": lambda b, r, s: {"changed_on": s.today.isoformat()},
    "monitoring_opened": lambda b, r, s: {"opened_on": s.today.isoformat()},
    "monitoring_ended": lambda b, r, s: {"ended_on": s.today.isoformat()},
    "assistance_opened": lambda b, r, s: {"opened_on": s.today.isoformat()},
    "assistance_opened_staff": lambda b, r, s: {"opened_on": s.today.isoformat()},
    "case_transferred": lambda b, r, s: {"moved_on": s.today.isoformat()},
    "case_transferred_staff": lambda b, r, s: {"moved_on": s.today.isoformat()},
    "case_transferred_away": lambda b, r, s: {"moved_on": s.today.isoformat(), "to_office": r.case.office},
    "elimination_withdrawn": lambda b, r, s: {"withdrawn_on": s.today.isoformat()},
    "elimination_withdrawn_staff": _next,
    "household_changed_staff": lambda b, r, s: {"changed_on": s.today.isoformat()},
}
