"""The words (用词) of notices of the review: papers asked for, and waited for in vain (see `notice_words.py`)."""

from collections.abc import Callable, Mapping

from casework.case import Case
from casework.ruling import Ruling, Setting
from casework.supplements import awaited, papers

Words = Mapping[str, str]


def _supplement_asked(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    """What to bring in general words, and until when; why it is needed stays on record (A29)."""
    waiting = awaited(ruling.case)
    assert waiting is not None
    return {"papers": papers(waiting), "until": waiting.until.isoformat()}


REVIEW_WORDS: dict[str, Callable[[Case | None, Ruling, Setting], Words]] = {
    "supplement_asked": _supplement_asked,
    "supplement_lapsed": lambda b, r, s: {"papers": papers(r.case.supplements[-1])},
}
