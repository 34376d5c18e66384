"""The words of notices about lives that go on (变更、转移、监控、消除撤销); see `notice_words.py`."""

from collections.abc import Callable, Mapping

from casework.case import Case
from casework.ruling import Ruling, Setting

Words = Mapping[str, str]

LIVES_WORDS: dict[str, Callable[[Case | None, Ruling, Setting], Words]] = {
    "household_changed": lambda b, r, s: {"changed_on": s.today.isoformat()},
    "household_changed_staff": lambda b, r, s: {"changed_on": s.today.isoformat()},
}
