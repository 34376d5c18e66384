"""The in-app inbox at the desk (站内通知): what the caller has been told, in words, and what it has read."""

from dataclasses import dataclass
from datetime import date, datetime

from casework.errors import CaseworkError, NotYourStep
from casework.times import local_date
from desk.desk import Caller, Desk
from notifications.catalog import NOTICES, notice_named
from notifications.rendering import render
from notifications.words import words_from
from records import inbox
from records.inbox import ALERT_LINK, ALERT_TEXT, InboxLine

UNREADABLE = "这条通知的内容无法显示，请打开个案查看。"


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the inbox with its title and text."""

    line: InboxLine
    title: str
    text: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class ToldPage:
    """A page of the inbox."""

    told: tuple[Told, ...]
    unread: int
    total: int


def my_notices(
    desk: Desk, caller: Caller, now: datetime, *, as_of: date | None, unread_only: bool, offset: int, limit: int
) -> ToldPage:
    """Return what the caller has been told; a colleague who is away is stood in for on `as_of` (default today)."""
    with desk.record.read() as work:
        page = inbox.my_lines(
            work,
            caller.scope,
            _day(desk, now, as_of),
            looked_up_words,
            unread_only=unread_only,
            offset=offset,
            limit=limit,
        )
    return ToldPage(tuple(_told(line) for line in page.lines), page.unread, page.total)


def unread(desk: Desk, caller: Caller, now: datetime) -> int:
    """Return how many lines the caller has not read, as of today."""
    with desk.record.read() as work:
        return inbox.unread(work, caller.scope, local_date(now))


def mark_read(desk: Desk, caller: Caller, keys: tuple[str, ...] | None, now: datetime, as_of: date | None) -> int:
    """Mark lines (None: all) as read by the caller; return how many were unread."""
    with desk.record.write() as work:
        return inbox.mark_read(work, caller.scope, _day(desk, now, as_of), keys, now)


def looked_up_words(name: str) -> frozenset[str]:
    """Return the words that a notice wants as of now; none of a notice that no release knows any more."""
    return NOTICES[name].looked_up_words if name in NOTICES else frozenset()


def _day(desk: Desk, now: datetime, as_of: date | None) -> date:
    """Nobody reads a colleague's lines by the day of an absence to come; only drills live on other days."""
    today = local_date(now)
    if as_of is not None and as_of != today and not desk.drill:
        raise NotYourStep("drill_only", "只能按当日的代办查看站内通知，请去掉 as_of。", field="as_of")
    return as_of or today


def _told(line: InboxLine) -> Told:
    if line.case_id is None or ALERT_TEXT in line.words:
        return Told(line, line.notice, line.words.get(ALERT_TEXT, ""), line.words.get(ALERT_LINK))
    try:
        notice = notice_named(line.notice)
        return Told(line, notice.title, render(notice, words_from(notice.words, line.words)))
    except CaseworkError:  # an older release's words: the list is still shown
        return Told(line, line.notice, UNREADABLE)
