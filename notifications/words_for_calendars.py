"""The words (用词) of notices that a changed working calendar sends; how they are filled and spoken: `words.py`."""

from dataclasses import dataclass
from datetime import date

from notifications.words import NoticeWords


@dataclass(frozen=True, slots=True)
class DatesMoved(NoticeWords):
    """`moved` names the household's own time and both days: 公示期由2026年10月10日改为2026年10月12日."""

    moved: str
    because: str


@dataclass(frozen=True, slots=True)
class PromiseMoved(NoticeWords):
    """To the helper: until when somebody of the household was to be at work, and until when now."""

    household: str
    was: date
    promise_due: date
    because: str
