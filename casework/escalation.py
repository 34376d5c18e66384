"""The ladder of a missed promise (逐级督办): helper, supervisor, county, city, each rung once.  C7, J19, N18.

It starts when the promise is missed and stops when it is met, put right, or the case exits.  Which levels are told is
remembered with the promise, so that no restart, chapter or calendar tells the same level twice.
"""

from datetime import date

from casework.case import Case
from casework.case_facts import Promise
from casework.clocks import Pause
from casework.commands.promise import PromiseEscalated
from casework.errors import SaidNo
from casework.explanation import Fact, Why
from casework.lost_days import count_over
from casework.ruling import Ruling, Setting
from casework.times import in_words
from casework.working_days import Counted
from policies.groups_promise import LEVELS
from policies.terms import Length

LEVEL_WORDS = {"helper": "帮扶责任人", "supervisor": "本机构督导人员", "county": "县级", "city": "市级"}


def climbing(promise: Promise | None) -> bool:
    """Say whether a promise is missed and still not met."""
    return promise is not None and promise.overdue_on is not None and promise.met_on is None


def rungs_left(
    promise: Promise, since: date, setting: Setting, pauses: tuple[Pause, ...] = ()
) -> tuple[tuple[str, Counted | None], ...]:
    """Return the levels still to be told with the count to their day, None at once; what was told is left out."""
    return tuple(
        (rung.level, _day(rung.after, since, setting, pauses) if rung.after else None)
        for rung in setting.policy.escalation.rungs.value
        if rung.level not in promise.told
    )


def _day(after: Length, since: date, setting: Setting, pauses: tuple[Pause, ...]) -> Counted:
    return count_over(setting.calendar, since, after, roll=True, pauses=pauses).counted


def promise_escalated(case: Case, command: PromiseEscalated, setting: Setting) -> Ruling:
    """One level is told that the promise was missed and is still not met."""
    promise, level = case.promise, command.label
    if promise is None or not climbing(promise) or level not in LEVELS or level in promise.told:
        raise SaidNo("nothing_to_escalate", "承诺没有超期、已经实现，或已告知这一级。")
    assert promise.overdue_on is not None
    told = promise.model_copy(update={"told": (*promise.told, level)})
    why = Why(
        rule="promise.escalated",
        says=f"承诺超期仍未实现，报{LEVEL_WORDS[level]}督办。",
        facts=(
            Fact(label="到期日", value=in_words(promise.due_on)),
            Fact(label="超期日", value=in_words(promise.overdue_on)),
            Fact(label="已告知", value="、".join(LEVEL_WORDS[name] for name in told.told)),
        ),
        clause=setting.policy.escalation.rungs.basis,
    )
    return Ruling(case.model_copy(update={"promise": told}), why, about=level)
