"""Dates that people state (所填日期): which may lie before the application, which ahead of today, and how far.

Every step is checked here; what a date means beside others (a last day before its first) is its own rule's.
"""

from datetime import date

from casework.case import Case
from casework.commands import Command
from casework.errors import SaidNo
from casework.times import in_words
from casework.working_days import add_months
from policies.terms import INTERNAL

BEFORE_THE_CASE = frozenset(
    {
        "applied_on",
        "discovered_on",
        "visited_on",
        "registered_on",
        "effective_on",
        "happened_on",
        "since",
        "relocated_on",
    }
)
"""Dates that may lie before the application."""

EARLIEST_YEAR = 1990
"""No act of this trade is older; an earlier year is a slip of the pen."""

FURTHEST_MONTHS = 12
"""How far ahead a date may be stated (内部规定): what is later is not known yet, or a slip of the pen."""

AHEAD = {
    "effective_on": ("effective_too_far", "请到时再登记"),
    "alert_on": ("date_too_far", "请核对年份"),
    "until": ("date_too_far", "请核对年份；末日更晚或尚不知道的，到时再登记恢复"),
}
"""Dates from which something will hold, or until which it is expected to: the code of a no, and what to do instead."""

DATE_WORDS = {
    "on": "发生日期",
    "applied_on": "申请日期",
    "discovered_on": "发现日期",
    "visited_on": "入户走访日期",
    "posted_on": "张贴日期",
    "signed_on": "签订日期",
    "registered_on": "登记日期",
    "started_on": "上岗日期",
    "effective_on": "生效日期",
    "alert_on": "离岗日期",
    "happened_on": "发生日期",
    "since": "暂停首日",
    "until": "暂停末日",
    "relocated_on": "回迁日期",
}


def said(field: str) -> str:
    """Return a date field as messages call it."""
    return DATE_WORDS[field]


def check_dates(case: Case | None, command: Command, today: date) -> None:
    """Refuse a date that lies ahead and may not, or too far; one of another age; one before the case it belongs to."""
    furthest = add_months(today, FURTHEST_MONTHS)
    for name in type(command).model_fields:
        value = getattr(command, name)
        if not isinstance(value, date):
            continue
        if value > today and name not in AHEAD:
            raise SaidNo(
                "date_in_future", f"“{said(name)}”{in_words(value)}晚于今天（{in_words(today)}），请核对。", field=name
            )
        if value > furthest:
            code, instead = AHEAD[name]
            raise SaidNo(code, f"“{said(name)}”{in_words(value)}晚于一年以后，{instead}。", field=name, clause=INTERNAL)
        if value.year < EARLIEST_YEAR:
            raise SaidNo(
                "date_too_early",
                f"“{said(name)}”{in_words(value)}过早，应在{EARLIEST_YEAR}年以后，请核对年份。",
                field=name,
            )
        if case is not None and name not in BEFORE_THE_CASE and value < case.opened_on:
            raise SaidNo(
                "date_before_case",
                f"“{said(name)}”{in_words(value)}早于申请日期（{in_words(case.opened_on)}），请核对。",
                field=name,
            )
