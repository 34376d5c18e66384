"""Guards of the rows around the promise (承诺); see `guards.py` for what a guard is."""

from casework.case import Case
from casework.hardship import post_owed as is_owed
from casework.ruling import Ruling, Setting


def put_right(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The promise, or that of a relocated household, was called overdue and is not any more."""
    return before is not None and (
        (_missed(before) and not _missed(ruling.case)) or (_moved(before) and not _moved(ruling.case))
    )


def _missed(case: Case) -> bool:
    return case.promise is not None and case.promise.overdue_on is not None


def _moved(case: Case) -> bool:
    return case.relocation is not None and case.relocation.promise.overdue_on is not None


def kept_by_offer(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """The job just offered meets the promise, where the pack counts offers (A11)."""
    was = before.promise if before else None
    now = ruling.case.promise
    return was is not None and now is not None and was.met_on is None and now.met_on is not None


def reports_to_helper(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """This rung of the ladder is the helper's."""
    return ruling.about == "helper"


def reports_to_supervisor(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """This rung of the ladder is the office's supervisor's."""
    return ruling.about == "supervisor"


def reports_to_county(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """This rung of the ladder is the county's."""
    return ruling.about == "county"


def post_owed(before: Case | None, ruling: Ruling, setting: Setting) -> bool:
    """Nobody works, so the upper level owes a guaranteed post (N11)."""
    return is_owed(ruling.case)


OF_THE_PROMISE = (put_right, kept_by_offer, reports_to_helper, reports_to_supervisor, reports_to_county, post_owed)

PROMISE_GUARD_WORDS = {
    "put_right": "原记超期因此更正",
    "kept_by_offer": "按办法，提供合适岗位即实现承诺",
    "reports_to_helper": "轮到告知帮扶责任人",
    "reports_to_supervisor": "轮到报本机构督导人员",
    "reports_to_county": "轮到报县级",
    "post_owed": "家庭尚无人就业",
}
