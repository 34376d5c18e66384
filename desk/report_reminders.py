"""Who is told of the monthly report (调度表的提醒): that it is due or overdue, and that somebody's step is next.

A county's reviewers are told of their own report; supervisors get one line for all counties and roll-ups of theirs.
Each line has a key, so nobody is told twice, however often or late the round runs; days are named, never "today".
Lines go to the inbox, where a substitute sees those of an absent colleague: messages by SMS belong to cases.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from casework.states import Role
from casework.times import in_words, month_in_words
from casework.working_days import working_days_between
from desk.report_parts import above
from records import monthly_reports as kept
from records.addressees import reviewers_of, supervisors_above
from records.calendars import newest_for
from records.engine import Reading, Record, Writing
from records.figure_rows import known_areas
from records.inbox import put_line
from records.scope import COUNTY
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
        told = {area: supervisors_above(work, area) for area in {each.area for each, _ in staged}}
    for begun in range(0, len(staged), A_TRANSACTION):
        with record.write() as work:
            for each, stage in staged[begun : begun + A_TRANSACTION]:
                if len(each.area) == COUNTY:
                    _remind_county(work, each, stage, names.get(each.area, each.area), now)
    with record.write() as work:
        _remind_above(work, staged, told, names, now)


def _remind_county(work: Writing, each: kept.Unsubmitted, stage: str, name: str, now: datetime) -> None:
    due = _WORDS[stage].format(due=in_words(each.due_on))
    text = f"{name}{month_in_words(each.month)}调度表{due}，现在等待{STEPS[each.standing]}。请在“调度表”页办理。"
    _tell(work, f"report/{each.area}/{each.month}/{stage}", reviewers_of(work, each.area), Role.REVIEWER, text, now)


def _remind_above(
    work: Writing,
    staged: Sequence[tuple[kept.Unsubmitted, str]],
    told: Mapping[str, tuple[str, ...]],
    names: Mapping[str, str],
    now: datetime,
) -> None:
    """Each supervisor gets one line for a month, a due day and a stage: which counties, which roll-ups it is about."""
    late: dict[tuple[str, str, date, str], list[str]] = {}
    for each, stage in sorted(staged, key=lambda one: -len(one[0].area)):
        for account in told[each.area]:
            late.setdefault((account, each.month, each.due_on, stage), []).append(said(names, each.area))
    for (account, month, due_on, stage), these in late.items():
        more = f"等{len(these)}个地区" if len(these) > NAMED else ""
        due = _WORDS[stage].format(due=in_words(due_on))
        text = f"{month_in_words(month)}调度表{due}：{'、'.join(these[:NAMED])}{more}。请在“调度表”页办理或督促。"
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
    begun = f"{said(known_areas(work, (report.area,)), report.area)}{month_in_words(report.month)}调度表"
    next_ = {
        "reviewed": "已审核，等待另一人签发",
        "signed": "已签发，等待上报",
        "submitted": "已上报，等待接收",
        "returned": f"被退回更正：{words}。已生成新的一版，请重新审核",
    }
    if act in next_:
        key = f"report/{report.area}/{report.month}/{report.version}/{act}"
        accounts, role = _next(work, report.area, act, by)
        _tell(work, key, accounts, role, f"{begun}{next_[act]}。请在“调度表”页办理。", now)


def tell_of_ready(work: Writing, area: str, month: str, now: datetime) -> None:
    """Tell an area's supervisors that everything below is locked, so that their roll-up is next."""
    accounts, role = _next(work, area, "locked", None)
    text = f"{said(known_areas(work, (area,)), area)}{month_in_words(month)}调度表：下级已全部上报并锁定，可以审核。"
    _tell(work, f"report/{area}/{month}/ready", accounts, role, f"{text}请在“调度表”页办理。", now)


def said(names: Mapping[str, str], area: str) -> str:
    """Return an area's name; a city's or province's says that its report is a roll-up."""
    return names.get(area, area) + ("（汇总）" if len(area) < COUNTY else "")


def _next(work: Writing, area: str, act: str, by: str | None) -> tuple[Iterable[str], Role]:
    """Return whose step comes after an act: those of the area; after submission, those above, if there are any."""
    if len(area) == COUNTY and act != "submitted":
        return [each for each in reviewers_of(work, area) if each != by], Role.REVIEWER
    every, whole = supervisors_above(work, area), above(area)
    higher = set(supervisors_above(work, whole)) if whole else set()
    wanted = higher if act == "submitted" else set(every) - higher
    return [each for each in every if each in (wanted or set(every)) and each != by], Role.SUPERVISOR


def _tell(work: Writing, key: str, accounts: Iterable[str], role: Role, text: str, now: datetime) -> None:
    for account in accounts:
        put_line(work, f"{key}/{account}", account, role, TITLE, text, now)
