"""What `wanjia calendar` prints: the days that change, the cases touched, what became of a run, how things stand."""

from datetime import date

from casework.calendar_diff import ChangedDay
from casework.times import in_words
from desk.calendar_runs import Moved
from desk.calendars import Change, Touched
from policies.calendar_model import RegionalSchedule, WorkCalendar
from policies.calendars import is_alert, missing_next_year
from records.calendars import Issue

SHOWN = 30
"""How many cases are listed one by one."""


def change_lines(change: Change) -> tuple[str, ...]:
    """Say what an import puts into force, day by day."""
    schedule = change.schedule
    area = f"（仅地区 {schedule.area}）" if isinstance(schedule, RegionalSchedule) else ""
    lines = [f"{schedule.year}年放假安排{area}：{schedule.source}，{in_words(schedule.issued)}发布。"]
    lines.append(f"取代：{change.replaces}。" if change.replaces else "这一年此前没有安排，与暂定的日期对照。")
    off = [day for day in change.days if day.after is not None]
    work = [day for day in change.days if day.after is None]
    lines += _days("新增放假", off)
    lines += _days("改为上班", work)
    if not change.days:
        lines.append("没有一天的上班、放假有变化。")
    return (*lines, *(f"请留意：{remark}" for remark in change.remarks))


def _days(title: str, days: list[ChangedDay]) -> list[str]:
    return [f"{title}{len(days)}天：", *(f"  {day.words}" for day in days)] if days else []


def touched_lines(found: tuple[Touched, ...], *, dry_run: bool) -> tuple[str, ...]:
    """Say which open cases move, and how."""
    if not found:
        return ("没有未结束的个案因此改期。",)
    lines = [f"{len(found)}户未结束的个案{'会' if dry_run else '将'}因此改期："]
    lines += [f"  {each.case_id}　{'；'.join(each.moves)}" for each in found[:SHOWN]]
    if len(found) > SHOWN:
        lines.append(f"  …… 另有{len(found) - SHOWN}户")
    return tuple(lines)


def moved_lines(outcome: Moved) -> tuple[str, ...]:
    """Say what became of a run."""
    lines = [f"已更新{outcome.moved}户，没有更新{len(outcome.failed)}户。"]
    lines += [f"  {case_id}　{why}" for case_id, why in list(outcome.failed.items())[:SHOWN]]
    if len(outcome.failed) > SHOWN:
        lines.append(f"  …… 另有{len(outcome.failed) - SHOWN}户")
    if outcome.failed:
        lines.append("系统恢复后用 wanjia calendar resume 接着更新，已更新的会跳过。")
    return tuple(lines)


def status_lines(
    calendar: WorkCalendar, known: tuple[Issue, ...], waiting: tuple[str, ...], files: WorkCalendar, today: date
) -> tuple[str, ...]:
    """Say how the calendar stands on a day."""
    number = f"第{calendar.issue}号" if calendar.issue else "随软件发布，尚未导入过"
    years = "、".join(str(year) for year in sorted(calendar.published))
    lines = [f"现行工作日历：{number}，{calendar.version}。", f"已公布放假安排的年份：{years}。"]
    lines += [f"地方放假：地区 {s.area}，{s.year}年，{s.source}。" for s in calendar.overlays]
    lines += [f"  第{i.number}号　{i.kept_at:%Y-%m-%d}　{i.kept_by} 导入　{i.source}" for i in known]
    if calendar.issue and (new := sorted(files.published - calendar.published)):
        missing = "、".join(f"policies/holidays/{year}.toml" for year in new)
        lines.append(f"本版软件自带而现行日历没有：{missing}，请用 wanjia calendar import 导入。")
    if waiting:
        lines.append(f"还有{len(waiting)}户未结束的个案没有更新，请用 wanjia calendar resume。")
    if (year := missing_next_year(calendar, today)) is not None:
        told = "，已到公布的时候，请尽快导入" if is_alert(today) else "，一般11月公布"
        lines.append(f"{year}年放假安排尚未导入{told}；在此之前涉及该年的日期都是暂定的。")
    return tuple(lines)
