"""Who is told of the monthly report (调度表的提醒): that it is due or overdue, and that somebody's step is next.

A county's reviewers are told of their own report; the supervisors above get one line for all their counties.  Each
line has a key, so nobody is told twice, however often or late the round runs; days are named, never "today".  Lines go
to the inbox, where a substitute sees those of an absent colleague: messages by SMS belong to cases.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from casework.states import Role
from casework.times import in_words, month_in_words
from casework.working_days import working_days_between
from records import monthly_reports as kept
from records.addressees import reviewers_of, supervisors_above
from records.calendars import newest_for
from records.engine import Reading, Record, Writing
from records.figure_rows import known_areas
from records.inbox import put_line
from register.dispatch import month_before

A_TRANSACTION = 100
TITLE = "调度表"
DAYS_BEFORE = 2
NAMED = 10
STEPS = {"drawn_up": "审核", "reviewed": "签发", "signed": "上报"}

_WORDS = {
    "soon": "{due}24时前须上报",
    "today": "{due}24时前须上报，这是最后一天",
    "overdue": "已于{due}24时到期，超期未报",
}


def remind_of_reports(record: Record, day: date, now: datetime) -> None:
    """Tell of every report of a month that is over and not submitted: two working days before, on the day, after it."""
    with record.read() as work:
        found = kept.unsubmitted(work, "", month_before(day))
        names = known_areas(work, tuple({each.area for each in found}))
        staged = [(each, stage) for each in found if (stage := _stage(work, each.area, each.due_on, day)) is not None]
        above = {area: supervisors_above(work, area) for area in {each.area for each, _ in staged}}
    for begun in range(0, len(staged), A_TRANSACTION):
        with record.write() as work:
            for each, stage in staged[begun : begun + A_TRANSACTION]:
                _remind_county(work, each, stage, names.get(each.area, each.area), now)
    with record.write() as work:
        _remind_above(work, staged, above, names, now)


def _remind_county(work: Writing, each: kept.Unsubmitted, stage: str, name: str, now: datetime) -> None:
    due = _WORDS[stage].format(due=in_words(each.due_on))
    text = f"{name}{month_in_words(each.month)}调度表{due}，现在等待{STEPS[each.standing]}。请在“调度表”页办理。"
    _tell(work, f"report/{each.area}/{each.month}/{stage}", reviewers_of(work, each.area), Role.REVIEWER, text, now)


def _remind_above(
    work: Writing,
    staged: Sequence[tuple[kept.Unsubmitted, str]],
    above: Mapping[str, tuple[str, ...]],
    names: Mapping[str, str],
    now: datetime,
) -> None:
    """Each supervisor gets one line for a month, a due day and a stage, with the counties it is about."""
    counties: dict[tuple[str, str, date, str], list[str]] = {}
    for each, stage in staged:
        for account in above[each.area]:
            counties.setdefault((account, each.month, each.due_on, stage), []).append(names.get(each.area, each.area))
    for (account, month, due_on, stage), these in counties.items():
        more = f"等{len(these)}个县（市、区）" if len(these) > NAMED else ""
        due = _WORDS[stage].format(due=in_words(due_on))
        text = f"{month_in_words(month)}调度表{due}：{'、'.join(these[:NAMED])}{more}。请在“调度表”页督促办理。"
        _tell(work, f"report/{month}/{due_on}/{stage}", [account], Role.SUPERVISOR, text, now)


def _stage(work: Reading, county: str, due_on: date, day: date) -> str | None:
    if day > due_on:
        return "overdue"
    if day == due_on:
        return "today"
    left = working_days_between(newest_for(work, county), day, due_on)
    return "soon" if left <= DAYS_BEFORE else None


def tell_of_act(work: Writing, report: kept.Report, act: str, words: str | None, by: str, now: datetime) -> None:
    """Tell whoever is next that a report was reviewed, signed off, submitted or returned; not who did it."""
    name = known_areas(work, (report.area,)).get(report.area, report.area)
    begun = f"{name}{month_in_words(report.month)}调度表"
    next_ = {
        "reviewed": "已审核，等待另一人签发",
        "signed": "已签发，等待上报",
        "submitted": "已上报，等待接收",
        "returned": f"被退回更正：{words}。已生成新的一版，请重新审核",
    }
    if act not in next_:
        return
    reviewers = reviewers_of(work, report.area)
    accounts, role = (
        (supervisors_above(work, report.area), Role.SUPERVISOR) if act == "submitted" else (reviewers, Role.REVIEWER)
    )
    key = f"report/{report.area}/{report.month}/{report.version}/{act}"
    others = [account for account in accounts if account != by]
    _tell(work, key, others, role, f"{begun}{next_[act]}。请在“调度表”页办理。", now)


def _tell(work: Writing, key: str, accounts: Iterable[str], role: Role, text: str, now: datetime) -> None:
    for account in accounts:
        put_line(work, f"{key}/{account}", account, role, TITLE, text, now)
