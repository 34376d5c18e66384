"""Overdue survey rounds (超期的走访), told on the day after their last: to who has visits left, to who opened it,
and to whoever stands in for one of them.

A repeat of a day tells nobody twice: a notice is kept under the round and the account.
"""

from datetime import date, datetime

from records.accounts import account_of
from records.engine import Record
from records.inbox import put_line
from records.responsible import responsible_for
from records.survey_rounds import overdue_rounds
from records.survey_visits import SETTLED, coverage

TITLE = "摸底走访已超期"


def tell_overdue_rounds(record: Record, day: date, now: datetime) -> None:
    """Tell of every round that should be over on a day and is not."""
    with record.read() as work:
        rounds = overdue_rounds(work, day)
        covered = coverage(work, [one.round_id for one in rounds])
    for one in rounds:
        left: dict[str, int] = {}
        for part in covered.get(one.round_id, ()):
            if part.state not in SETTLED:
                left[part.assignee] = left.get(part.assignee, 0) + part.visits
        told = {who: f"“{one.title}”您还有{visits}户没有走访，请尽快走访并登记结果。" for who, visits in left.items()}
        if one.opened_by not in told:
            told[one.opened_by] = f"“{one.title}”已过最后一日，还有{sum(left.values())}户没有走访；走访完的请结束本轮。"
        with record.write() as work:
            for who, text in told.items():
                for hand in {who, responsible_for(work, who, day)}:
                    account = account_of(work, hand)
                    if account is not None and not account.disabled:
                        said = text if hand == who else f"{text}（{who}请假，由您代办）"
                        key = f"round-{one.round_id}-{who}" + ("" if hand == who else f"-{hand}")
                        put_line(work, key, hand, account.role, TITLE, said, now)
