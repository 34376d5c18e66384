"""Previews of notices at the desk (通知预览): with sample words, or with those of a case, masked as always."""

from dataclasses import dataclass

from notifications.catalog import NOTICES, Notice, notice_named
from notifications.previews import Preview, preview
from notifications.sample_words import sample_words
from records.engine import Reading
from records.looked_up import looked_up
from records.timeline import events_of

SAMPLE_WORDS = "样例用词"


@dataclass(frozen=True, slots=True)
class Previewed:
    """A preview, whose words it shows (`样例用词`, or which event of which case), and whom that event told."""

    preview: Preview
    words_of: str
    told: tuple[str, ...] = ()


def previews(sign: str = "") -> tuple[Previewed, ...]:
    """Return every notice with sample words, in the order of the catalogue."""
    return tuple(Previewed(preview(notice, sign=sign), SAMPLE_WORDS) for notice in NOTICES.values())


def previewed(name: str, work: Reading | None = None, case_id: str | None = None, sign: str = "") -> Previewed:
    """Return one notice; with a case, in the words of its last event that sent it, else partly in sample words.

    The caller has made sure that the case may be seen.  Raises `NoticeUnknown`.
    """
    notice = notice_named(name)
    if work is None or case_id is None:
        return Previewed(preview(notice, sign=sign), SAMPLE_WORDS)
    words, words_of, told = _of_case(work, case_id, notice)
    return Previewed(preview(notice, words, sign), words_of, told)


def _of_case(work: Reading, case_id: str, notice: Notice) -> tuple[dict[str, str], str, tuple[str, ...]]:
    words = sample_words(notice)
    for name in notice.looked_up_words:
        words[name] = looked_up(work, name, case_id) or words[name]
    for event in reversed(events_of(work, case_id)):
        mine = [n for n in event.notices if n.name == notice.name]
        if mine and set(mine[0].words) == notice.event_words:
            told = tuple(f"{n.role.words if n.role else '申请人'} {n.recipient}" for n in mine)
            return words | mine[0].words, f"个案 {case_id} 第{event.seq}号事件的用词", told
    return words, f"个案 {case_id} 的户名、电话，其余为样例用词（本案还没有发过这条通知）", ()
