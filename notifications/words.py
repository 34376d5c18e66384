"""The words (用词) of each notice: what they share, how they are filled, strictly, and how spoken.

The words of each notice are in `words_for_households.py` and `words_for_staff.py`; the texts are in `templates/`.
A word is either told by the event (dates, counts, reasons, clauses: no personal data, so it may wait in the record), or
looked up when the notice is sent (`LOOKED_UP`: the household's masked label, the helper's name, the office's phone,
because these may have changed since).  No word is ever a whole ID number, a household's phone, an address or health.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

from casework.errors import CaseworkError
from policies.citations import cited

LOOKED_UP = frozenset({"case_no", "household", "helper", "office_phone"})
"""Words that the record looks up at the moment of sending; all others come with the event."""

LONGEST_WORD = 60


class WordsWrong(CaseworkError):
    """The words given are not exactly the notice's words; the message names the word, never its content."""


IN_FULL = {"in_full": True}
"""Marks a date that is written with its year, because a household may keep the message as a proof."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one notice."""


@dataclass(frozen=True, slots=True)
class NoticeWords(Words):
    """Words every notice about something has: the case number and the office's phone."""

    case_no: str
    office_phone: str


W = TypeVar("W", bound=Words)


def words_from(kind: type[W], given: Mapping[str, str]) -> W:
    """Return the words of one notice from text by name; dates are ISO dates, counts are digits.

    Raises `WordsWrong` with code `word_missing`, `word_unknown` or `word_malformed`.
    """
    wanted = {f.name: f.type for f in fields(kind)}
    for name in wanted:
        if name not in given:
            raise WordsWrong("word_missing", f"通知缺少用词 {name}。", field=name)
    for name in given:
        if name not in wanted:
            raise WordsWrong("word_unknown", f"通知没有用词 {name}。", field=name)
    read: dict[str, Any] = {name: _read(name, wanted[name], text) for name, text in given.items()}
    return kind(**read)


def spoken(words: Words) -> dict[str, str]:
    """Return the words as a message says them: dates in Chinese, text in one line without control characters."""
    said: dict[str, str] = {}
    for f in fields(words):
        value = getattr(words, f.name)
        if isinstance(value, date):
            day = f"{value.month}月{value.day}日"
            said[f.name] = f"{value.year}年{day}" if f.metadata.get("in_full") else day
        elif isinstance(value, int):
            said[f.name] = str(value)
        else:
            said[f.name] = one_line(_SAID_AS.get(f.name, str)(value))
    return said


def _plainly(text: str) -> str:
    """Return 本人（M1） as 本人 where no two members are called alike."""
    called = re.findall(r"([\u4e00-\u9fff]+)（M\d+）", text)
    return re.sub(r"（M\d+）", "", text) if len(set(called)) == len(called) else text


def _in_quotes(text: str) -> str:
    """Return what stands between quotation marks of the message: marks of its own become single."""
    return text.replace("“", "‘").replace("”", "’")


_SAID_AS: Mapping[str, Callable[[str], str]] = {
    "clause": cited,
    "missing": _plainly,
    "member": _plainly,
    "task": _in_quotes,
}


def one_line(text: str) -> str:
    """Return `text` without line breaks, control, format (zero-width, direction) and unassigned characters.

    Letters beyond the basic plane and the dots of minority names stay as they are.
    """
    spaced = "".join(" " if c in "\r\n\t\v\f\x85\u2028\u2029" else c for c in text)
    return " ".join("".join(c for c in spaced if not unicodedata.category(c).startswith("C")).split())


def _read(name: str, kind: object, text: str) -> object:
    if not isinstance(text, str) or not one_line(text) or len(text) > LONGEST_WORD:
        raise WordsWrong("word_malformed", f"通知用词 {name} 应为1至{LONGEST_WORD}个字的文字。", field=name)
    if kind is str:
        return text
    try:
        return date.fromisoformat(text) if kind is date else _count(text)
    except ValueError:
        expected = "日期（如2026-10-22）" if kind is date else "整数"
        raise WordsWrong("word_malformed", f"通知用词 {name} 应为{expected}。", field=name) from None


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError("not a count")
    return int(text)
