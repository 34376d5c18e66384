"""`wanjia explain CASE`: where a case stands and why each date is what it is, to be read aloud to somebody at a phone.

Reads the record alone, so it works while all services are away, and for exited cases; it says nothing of persons.
Exit codes: 0 told, 2 no such case or clock, or wrong usage.
"""

import sys
from typing import Annotated

import typer

from casework.case_story import coming, standing
from casework.clock_history import ClockLife, lives_of
from casework.clock_sentences import sentences
from casework.clock_story import story_of
from casework.errors import CaseworkError
from casework.starting import CLOCK_WORDS
from operations.settings import load_settings
from policies.citations import cited
from records.calendars import calendar_of, newest_for
from records.case_files import last_event
from records.crypto import load_keys
from records.engine import Reading, Record
from records.policies import policy_of
from records.timeline import events_of

TITLES = ("目前", "接下来", "时限")


def explain(
    case_id: Annotated[str, typer.Argument(metavar="CASE", help="个案编号，如 220302004-2026-00001。")],
    clock: Annotated[str | None, typer.Option("--clock", metavar="时限", help="只说这一个时限，如 promise。")] = None,
    every: Annotated[bool, typer.Option("--all", help="连同已结束的时限。")] = False,
) -> int:
    """用通俗的话说明一户个案：现在到哪一步、接下来谁办什么、每个日期怎样算出来。可以照着念给来电的人听。"""
    settings = load_settings()
    record = Record(settings.record_url, load_keys(settings.key_path))
    try:
        with record.read() as work:
            lines = [cited(line) for line in explained(work, case_id.strip(), clock, every=every)]
    finally:
        record.close()
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 0


def explained(work: Reading, case_id: str, clock: str | None = None, *, every: bool = False) -> tuple[str, ...]:
    """Return the lines; raises `CaseworkError` (`case_unknown`, `clock_unknown`) that says what to do."""
    last = last_event(work, case_id)
    if last is None:
        raise CaseworkError(
            "case_unknown",
            f"档案里没有个案 {case_id}。编号由机构代码、年份和序号组成，如 220302004-2026-00001，请核对后再试。",
        )
    case, events = last.case, events_of(work, case_id)
    calendar = calendar_of(work, case) or newest_for(work, case.office)
    lives = lives_of(events, case)
    told = lives if every or clock else tuple(life for life in lives if life.ended is None)
    if clock is not None:
        told = _named(lives, clock)
    clocks = [line for life in told for line in (*sentences(story_of(life, case, calendar)), "")]
    if clock is not None:
        return tuple(clocks[:-1])
    parts = (standing(case, last, policy_of(work, case)), coming(case), tuple(clocks[:-1]))
    shown = [("", f"【{title}】", *part) for title, part in zip(TITLES, parts, strict=True) if part]
    return tuple(line for part in shown for line in part)[1:]


def _named(lives: tuple[ClockLife, ...], wanted: str) -> tuple[ClockLife, ...]:
    """Return the clocks of a kind, by its code or its Chinese name."""
    found = tuple(life for life in lives if wanted in (life.clock.kind, life.clock.key, CLOCK_WORDS[life.clock.kind]))
    if not found:
        known = dict.fromkeys(f"{life.clock.kind}（{CLOCK_WORDS[life.clock.kind]}）" for life in lives)
        there = f"本户有过的时限：{'、'.join(known)}" if known else "本户没有过任何时限"
        raise CaseworkError("clock_unknown", f"本户没有名为 {wanted} 的时限。{there}。")
    return found
