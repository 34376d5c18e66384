"""What each event did to the clocks of a case (时限的变化), in one sentence a change: the timeline shows it.  Pure."""

from collections.abc import Iterable

from casework.clock_history import Happened
from casework.clocks import Clock
from casework.starting import CLOCK_WORDS
from casework.times import in_words


def clock_changes(events: Iterable[Happened]) -> dict[int, tuple[str, ...]]:
    """Return by event number what began, moved, paused, went on and ended; events without effect are left out."""
    running: dict[str, Clock] = {}
    said: dict[int, tuple[str, ...]] = {}
    for event in events:
        lines = []
        for stopped in event.stopped:
            if (clock := running.pop(stopped.key, None)) is not None:
                lines.append(f"{_name(clock)}结束")
        for clock in event.started:
            lines += _changed(running.get(clock.key), clock)
            running[clock.key] = clock
        if lines:
            said[event.seq] = tuple(f"{line}。" for line in lines)
    return said


def _changed(before: Clock | None, clock: Clock) -> list[str]:
    name, day = _name(clock), in_words(clock.due_on)
    provisional = "（暂定）" if clock.provisional else ""
    if before is None or before.started_on != clock.started_on:
        return [f"{name}开始，到{day}{provisional}"]
    if clock.paused and not before.paused:
        return [f"{name}暂停：{clock.pauses[-1].why}"]
    lines = [f"{name}恢复"] if before.paused and not clock.paused else []
    if clock.due_on != before.due_on:
        why = f"：{clock.moves[-1].why}" if clock.moves else ""
        lines.append(f"{name}由{in_words(before.due_on)}改为{day}{provisional}{why}")
    elif before.provisional and not clock.provisional:
        lines.append(f"{name}{day}不变，不再是暂定")
    return lines


def _name(clock: Clock) -> str:
    words = CLOCK_WORDS.get(clock.kind, clock.kind)
    return f"{words}（{clock.about}）" if clock.about else words
