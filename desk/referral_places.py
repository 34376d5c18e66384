"""A place for a referral (占用岗位名额): before a case is asked, a vacancy of the pool must be open and have one left.

Whether the job suits the member stays the case's own rule.  A vacancy that is not in the pool has no places to count.
"""

from datetime import datetime
from typing import Any

from casework.errors import Conflict, SaidNo
from records.engine import Writing
from records.vacancy_places import hold_place, offered_now

REFERRING = frozenset({"record_referral", "arrange_guaranteed_post"})
CLAUSE = "内部规定：岗位按招用人数、招用期推荐，占满或停止招用的不再推荐"


def take_place(work: Writing, command_id: str, values: dict[str, Any], now: datetime) -> None:
    """Hold a place for this request until its event is on record.

    Raises `SaidNo` (`vacancy_closed`, `vacancy_expired`, `vacancy_not_open`) or `Conflict` (`vacancy_full`): of two who
    ask for the last place at once, one gets it.
    """
    offered = offered_now(work, str(values["vacancy"]), command_id, now)
    if offered is None:
        return
    no = offered.no_to_referral(values["on"])
    if no is not None:
        code, words = no
        said = Conflict if code == "vacancy_full" else SaidNo
        raise said(code, words, field="on" if code == "vacancy_not_open" else "vacancy", clause=CLAUSE)
    if offered.vacancy.posts is not None:
        hold_place(work, offered.vacancy.vacancy_id, command_id, now)
