"""Guards of the rows of lives that go on (变更、转移、监控、消除撤销); see `guards.py`."""

from casework.amending import nobody_left as everybody_gone
from casework.case import Case
from casework.eligibility import Outcome
from casework.monitoring import better
from casework.ruling import Ruling, Setting
from casework.states import State


def amendment_waits(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The change takes effect on a later day."""
    return any(a.amendment_id == ruling.about and a.pending for a in ruling.case.amendments)


def nobody_left(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The last member has died before anything was certified."""
    return everybody_gone(ruling.case)


def special_again(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The county has to decide a special situation in writing, and has not been asked yet."""
    standing = ruling.case.standing
    undecided = standing.outcome == Outcome.SPECIAL_REVIEW and standing.special_decision is None
    reviewing = ruling.case.state in (State.UNDER_REVIEW, State.IN_PUBLICITY)
    return undecided and reviewing and not ruling.case.tasks_of("decide_special_situation")


def review_again(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The first review had passed and has to be done again."""
    return before is not None and before.reviews.first_on is not None and ruling.case.reviews.first_on is None


def promise_reopened(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The promise that was thought met never was."""
    was, now = before.promise if before else None, ruling.case.promise
    return was is not None and was.met_on is not None and now is not None and now.met_on is None


def helper_left_behind(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The helper does not answer for the new office's households."""
    return before is not None and before.helper is not None and ruling.case.helper is None


def still_monitored(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """Another member of the monitored household still works."""
    return ruling.case.monitored


def monitoring_better(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """Nothing is low or unstable any more."""
    return better(ruling.case, setting)


LIVES_GUARDS = (
    amendment_waits,
    nobody_left,
    special_again,
    review_again,
    promise_reopened,
    helper_left_behind,
    still_monitored,
    monitoring_better,
)

LIVES_GUARD_WORDS = {
    "amendment_waits": "以后才生效",
    "nobody_left": "家庭成员均已去世",
    "special_again": "成为特殊情形",
    "review_again": "初审须重新办理",
    "promise_reopened": "承诺未曾实现",
    "still_monitored": "家中另有成员在岗",
    "monitoring_better": "收入不低且工作稳定",
    "helper_left_behind": "帮扶责任人不在接收机构范围内",
}
