"""A clock's story in short Chinese sentences, fit to be read aloud at a phone (时限说明的文字).  Pure."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from casework.clock_story import ClockStory, SkippedDay
from casework.times import SHANGHAI, end_of, in_words

DAYS = frozenset({"member_date_reached", "follow_up_month_began", "stability_reached", "amendment_took_effect"})
"""Rings at the beginning of a day that was waited for."""

FROM_BIRTH = frozenset({"member_date"})
"""Clocks whose beginning is a person's birth, which is not said."""


def sentences(story: ClockStory) -> tuple[str, ...]:
    """Return the story, the most asked first: until when, since when and why, which days, what moved, what comes."""
    return tuple(_said(story))


def _said(story: ClockStory) -> Iterator[str]:
    name = story.words + (f"（{story.about_words}）" if story.about_words else "")
    day = in_words(story.due_on)
    if story.ended_on is not None:
        yield f"{name}已于{in_words(story.ended_on)}结束，因为：{story.ended_by}；期限曾算到{day}。"
    elif story.paused:
        yield f"{name}正在暂停，恢复后补足损失的日子；暂停前算到{day}。"
    else:
        yield f"{name}：{day}。" if _is_a_day(story) else f"{name}到{day}24时止。"
    yield from _beginning(story)
    yield from _days(story)
    yield from _changes(story)
    if story.provisional:
        yield "所涉年份的放假安排尚未公布，这个日期是暂定的，公布后重新计算。"
    for ring in story.rings:
        what = f"，届时可能产生待办：{'、'.join(ring.opens)}" if ring.opens else ""
        whom = f"，通知{'、'.join(ring.told)}" if ring.told else ""
        yield f"{_moment(ring.at, story)}：{ring.title}{what}{whom}。"


def _is_a_day(story: ClockStory) -> bool:
    """Say whether the clock only waits for a day to begin, as a birthday or a month does."""
    return any(ring.at < end_of(story.due_on) and ring.trigger in DAYS for ring in story.rings)


def _moment(at: datetime, story: ClockStory) -> str:
    """Return an instant as people say it: the end of a last day is its 24:00, not the next day's 0:00."""
    if at == end_of(story.due_on):
        return f"{in_words(story.due_on)}24时"
    local = at.astimezone(SHANGHAI)
    return f"{in_words(local.date())}{local.hour}时" + (f"{local.minute}分" if local.minute else "")


def _beginning(story: ClockStory) -> Iterator[str]:
    if story.kind in FROM_BIRTH:
        yield "按该成员的年龄计算。"
    else:
        yield f"自{in_words(story.started_on)}起算，当日不计，长度{story.length_words}。"
    if story.started_by:
        yield f"由“{story.started_by}”引起（经过第{story.started_seq}件）。"
    yield f"依据：{story.basis.rstrip('。')}。"
    if story.internal:
        yield "这是内部时限，不是文件规定。"


def _days(story: ClockStory) -> Iterator[str]:
    if story.counted and story.length.endswith("wd"):
        yield f"计入{len(story.counted)}天：{'、'.join(spans(story.counted))}。"
    if story.skipped:
        yield f"不计：{'；'.join(reasons(story.skipped))}。"
    if story.internal_target:
        yield f"内部目标：{in_words(story.internal_target)}前办成，即休息日之前的最后一个工作日。"
    if story.kept:
        yield f"按现行日历正好算到{in_words(story.kept)}；已定的日期不因此变动，仍为{in_words(story.due_on)}。"


def _changes(story: ClockStory) -> Iterator[str]:
    for pause in story.pauses:
        until = f"至{in_words(pause.last)}" if pause.last else "起，尚未恢复"
        yield f"{in_words(pause.first)}{until}暂停，原因：{pause.why}。"
    if story.made_good:
        yield f"暂停损失的{story.made_good}天已补足。"
    if story.moves:
        yield f"最初到{in_words(story.first_due_on)}。"
    for move in story.moves:
        yield f"{in_words(move.on)}由{in_words(move.was)}改为{in_words(move.now)}，原因：{move.why}。"


def spans(days: tuple[date, ...]) -> list[str]:
    """Return days in words, those in a row as one span: 10月8日至10日."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return [_span(run[0], run[-1]) for run in runs]


def reasons(skipped: tuple[SkippedDay, ...]) -> list[str]:
    """Return the skipped days, those in a row for one reason together: 10月1日至7日国庆节放假."""
    runs: list[tuple[str, list[date]]] = []
    for each in skipped:
        if runs and runs[-1][0] == each.reason and each.day - runs[-1][1][-1] == timedelta(days=1):
            runs[-1][1].append(each.day)
        else:
            runs.append((each.reason, [each.day]))
    return [f"{_span(days[0], days[-1])}{reason}" for reason, days in runs]


def _span(first: date, last: date) -> str:
    if first == last:
        return f"{first.month}月{first.day}日"
    if first.month == last.month:
        return f"{first.month}月{first.day}日至{last.day}日"
    return f"{first.month}月{first.day}日至{last.month}月{last.day}日"
