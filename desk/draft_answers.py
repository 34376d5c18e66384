"""What is typed into a draft of an application (草稿的内容): pages of answers, as typed, with who saved each when.

Pages are named `home` (address and dates), `person/m1` and `work/m1` (who somebody is; work and income) and whatever
else an owner asks.  `m1` is the applicant; the order of the people is that in which they were added.  Nothing is judged
here: a wrong value is kept like any other, and `console/questions/reading.py` says what is wrong with it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from casework.errors import Conflict, SaidNo

APPLICANT = "m1"
HOME = "home"
SENT = "sent"
"""Not asked: when the draft was handed in, while nobody knows the answer (`handing_in.py`)."""

SENDING = timedelta(minutes=1)
"""How long a click may be under way before the draft may be changed again."""

MOST_PEOPLE = 30
MOST_FIELDS = 60
LONGEST = 2000

_PERSON = re.compile(r"person/(m[1-9][0-9]{0,3})")


def person_page(key: str) -> str:
    """Return the page on which it is said who somebody is."""
    return f"person/{key}"


def work_page(key: str) -> str:
    """Return the page of somebody's work and income."""
    return f"work/{key}"


LAST = 2**53
"""The order of a page that was sent by its button: nothing of the same opening comes after it."""


@dataclass(frozen=True, slots=True)
class Opening:
    """One opening of a page in a browser, which may save it several times by itself before the button is pressed.

    On a slow line its own requests overtake each other; `order` (any number that grows) says which is the latest.
    """

    name: str
    order: int = LAST


@dataclass(frozen=True, slots=True)
class Stamp:
    """How often a page was saved, who saved it last, and from which opening of it."""

    saves: int = 0
    by: str = ""
    at: str = ""
    opening: str = ""
    order: int = 0

    @property
    def when(self) -> datetime | None:
        return datetime.fromisoformat(self.at) if self.at else None


class PageChanged(Conflict):
    """Somebody (or another tab) saved this page since it was opened; `stored` is what stands there now."""

    def __init__(self, stored: Mapping[str, str], stamp: Stamp) -> None:
        super().__init__("draft_page_changed", "这一页在您打开之后又保存过一次，您填的内容还没有保存。")
        self.stored = stored
        self.stamp = stamp


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything typed so far.  The stamp of a page that was removed stays, so that its name is never used again."""

    pages: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    stamps: Mapping[str, Stamp] = field(default_factory=dict)

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> "Answers":
        stamps = {name: Stamp(*stamp) for name, stamp in content.get("stamps", {}).items()}
        return cls(content.get("pages", {}), stamps)

    @property
    def content(self) -> dict[str, Any]:
        """What the record keeps."""
        stamps = {name: [s.saves, s.by, s.at, s.opening, s.order] for name, s in self.stamps.items()}
        return {"pages": {name: dict(fields) for name, fields in self.pages.items()}, "stamps": stamps}

    def page(self, name: str) -> Mapping[str, str]:
        """Return what was typed on a page; nothing when it was never saved."""
        return self.pages.get(name, {})

    def stamp(self, name: str) -> Stamp:
        return self.stamps.get(name, Stamp())

    @property
    def people(self) -> tuple[str, ...]:
        """The keys of the people, the applicant first."""
        found = (_PERSON.fullmatch(name) for name in self.pages)
        others = [match[1] for match in found if match and match[1] != APPLICANT]
        return (APPLICANT, *others)

    @property
    def applicant_number(self) -> str | None:
        """The applicant's ID number as typed."""
        return self.page(person_page(APPLICANT)).get("id_number", "").strip() or None

    def being_sent(self, now: datetime) -> bool:
        """Say whether a click on "hand in" is under way just now."""
        at = self.page(SENT).get("at")
        return at is not None and now - datetime.fromisoformat(at) < SENDING

    @property
    def next_person(self) -> str:
        """The key of the next person to be added: one that nobody ever had."""
        found = (_PERSON.fullmatch(name) for name in (*self.stamps, *self.pages, person_page(APPLICANT)))
        return f"m{1 + max(int(match[1][1:]) for match in found if match)}"

    def saved(
        self,
        name: str,
        fields: Mapping[str, str],
        *,
        by: str,
        now: datetime,
        seen: int | None = None,
        opening: Opening | None = None,
    ) -> "Answers":
        """Return the answers with a page saved.

        `seen` is how often the page had been saved when it was opened (`stamp(name).saves`), `opening` which opening of
        it this is, where pages save themselves.  Raises `PageChanged` when somebody or something else saved it since
        and it is not the same, `SaidNo` (draft_too_large) for more than a form can hold.
        """
        stamp, stored = self.stamp(name), self.page(name)
        ours = opening is not None and opening.name != "" and opening.name == stamp.opening
        late = ours and opening is not None and opening.order < stamp.order
        if late or (seen is not None and seen != stamp.saves and not ours and dict(stored) != dict(fields)):
            raise PageChanged(stored, stamp)
        if len(fields) > MOST_FIELDS or any(len(value) > LONGEST for value in fields.values()):
            raise SaidNo("draft_too_large", f"有一项超过了{LONGEST}个字符，没有保存，请删减。")
        if name.startswith("person/") and name not in self.pages and len(self.people) >= MOST_PEOPLE:
            raise SaidNo("too_many_members", f"家庭成员最多{MOST_PEOPLE}人。")
        fresh = Stamp(stamp.saves + 1, by, now.isoformat(), *((opening.name, opening.order) if opening else ()))
        return Answers({**self.pages, name: dict(fields)}, {**self.stamps, name: fresh})

    def without_person(self, key: str, *, by: str, now: datetime) -> "Answers":
        """Return the answers without somebody; the applicant stays."""
        gone = (person_page(key), work_page(key))
        if key == APPLICANT or gone[0] not in self.pages:
            return self
        pages = {name: fields for name, fields in self.pages.items() if name not in gone}
        stamps = {name: Stamp(self.stamp(name).saves + 1, by, now.isoformat()) for name in gone}
        return Answers(pages, {**self.stamps, **stamps})
