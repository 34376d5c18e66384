"""The daily reminder of subsidies that end soon (补贴到期提醒): office and helper are told once, days ahead."""

from datetime import date, datetime

from casework.times import month_in_words
from records.case_names import masked_people
from records.engine import Record
from records.subsidy_ends import Ending, tell_of_end, untold_ends
from register.subsidies import kind_words
from register.subsidy_months import month_of, number

TITLE = "补贴即将到期"


def remind_of_ends(record: Record, day: date, now: datetime) -> None:
    """Tell of every approved monthly subsidy that ends within the days of its pack and has not been told of."""
    this = number(month_of(day))
    while True:
        with record.read() as work:
            found = untold_ends(work, day)
            who = masked_people(work, [each.case_id for each in found])
        if not found:
            return
        with record.write() as work:
            for each in found:
                name = who.get((each.case_id, each.member), each.member)
                tell_of_end(work, each, TITLE, words_of(each, name, number(each.last_month) - this), now)


def words_of(ending: Ending, name: str, months_left: int) -> str:
    """Say whose subsidy ends when, and what to do."""
    left = f"还剩{months_left}个月" if months_left else "本月是最后一个月"
    return (
        f"{name}的{kind_words(ending.kind)}享受到{month_in_words(ending.last_month)}为止（{left}）。"
        "请看能否续期，能续的受理续期申请；不能续的，请提前告诉家庭和用人单位。"
    )
