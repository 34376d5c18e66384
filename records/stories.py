"""Case stories (典型案例库): kept sealed, published by another person than who made them, found by tags and words.

The story names no case; which case it came from stays sealed, for those who decide on it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, or_, select, update

from records.engine import Reading, Writing
from records.scope import Scope, of_offices
from records.tables_inspections import stories
from records.upsert import insert_into
from register.story import Story

DRAFT, PUBLISHED, WITHDRAWN = "draft", "published", "withdrawn"


@dataclass(frozen=True, slots=True)
class KeptStory:
    """A story with its state; `case_id` and `reason` are for those who decide."""

    story_id: str
    state: str
    area: str
    made_by: str
    made_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    version: int
    story: Story = field(repr=False)
    case_id: str = field(repr=False)
    reason: str | None = field(repr=False)
    amended_by: tuple[str, ...] = ()

    @property
    def writers(self) -> frozenset[str]:
        """Everybody who wrote in it: who made it, and who changed it since."""
        return frozenset((self.made_by, *self.amended_by))


def keep_draft(
    work: Writing, story_id: str, story: Story, *, case_id: str, area: str, account: str, now: datetime
) -> None:
    """Keep a new story; one that is there already stays as it is."""
    row = {
        "story_id": story_id,
        "case_index": work.keys.blind_index("story case", case_id),
        "case_id": work.keys.seal_text(case_id, f"stories.case_id:{story_id}"),
        "area": area,
        "state": DRAFT,
        "made_by": account,
        "made_at": now,
        "version": 1,
        **_columns(work, story_id, story),
    }
    work.connection.execute(insert_into(work.connection, stories).on_conflict_do_nothing(), row)


def change(work: Writing, kept: KeptStory, story: Story, *, by: str) -> bool:
    """Write a draft anew; False when it was changed or decided since it was read."""
    at = (stories.c.story_id == kept.story_id, stories.c.version == kept.version, stories.c.state == DRAFT)
    hands = ",".join(sorted({*kept.amended_by, by}))
    values = {**_columns(work, kept.story_id, story), "version": kept.version + 1, "amended_by": hands}
    return work.connection.execute(update(stories).where(*at).values(values)).rowcount == 1


def decide(
    work: Writing, story_id: str, state: str, *, reason: str | None, account: str, now: datetime, version: int
) -> bool:
    """Publish or withdraw a story; False when it was changed meanwhile."""
    values = {
        "state": state,
        "reason": work.keys.seal_text(reason, f"stories.reason:{story_id}"),
        "decided_by": account,
        "decided_at": now,
        "version": version + 1,
    }
    at = (stories.c.story_id == story_id, stories.c.version == version)
    return work.connection.execute(update(stories).where(*at).values(values)).rowcount == 1


def get(work: Reading, scope: Scope, story_id: str) -> KeptStory | None:
    """Return a story: a published one to everybody, others to their maker and to the area that decides."""
    row = work.connection.execute(select(stories).where(stories.c.story_id == story_id, _seen_by(scope))).first()
    return _kept(work, row) if row else None


def library(
    work: Reading, *, channel: str | None = None, difficulty: str | None = None, outcome: str | None = None
) -> tuple[KeptStory, ...]:
    """Return the published stories with these tags, the newest first."""
    matching: list[ColumnElement[bool]] = [stories.c.state == PUBLISHED]
    if channel:
        matching.append(stories.c.channel == channel)
    if outcome:
        matching.append(stories.c.outcome == outcome)
    if difficulty:
        matching.append(stories.c.difficulty.contains(f",{difficulty},", autoescape=True))
    rows = select(stories).where(*matching).order_by(stories.c.decided_at.desc(), stories.c.story_id)
    return tuple(_kept(work, row) for row in work.connection.execute(rows))


def undecided(work: Reading, scope: Scope) -> tuple[KeptStory, ...]:
    """Return drafts and withdrawn stories that the caller sees, drafts first, the newest first."""
    rows = (
        select(stories)
        .where(stories.c.state != PUBLISHED, _of_the_desk(scope))
        .order_by(stories.c.state, stories.c.made_at.desc())
        .limit(200)
    )
    return tuple(_kept(work, row) for row in work.connection.execute(rows))


def _seen_by(scope: Scope) -> ColumnElement[bool]:
    return or_(stories.c.state == PUBLISHED, _of_the_desk(scope))


def _of_the_desk(scope: Scope) -> ColumnElement[bool]:
    """A helper's scope is no area: a helper sees its own."""
    mine = stories.c.made_by == scope.account
    return mine if scope.role.value == "helper" else or_(mine, of_offices(scope, stories.c.area))


def _columns(work: Writing, story_id: str, story: Story) -> dict[str, Any]:
    return {
        "channel": story.channel,
        "difficulty": f",{','.join(story.difficulties)}," if story.difficulties else "",
        "outcome": story.outcome,
        "body": work.keys.pack(story.model_dump_json().encode(), f"stories.body:{story_id}"),
    }


def _kept(work: Reading, row: Row[Any]) -> KeptStory:
    at = row.story_id
    names = ("story_id", "state", "area", "made_by", "made_at", "decided_by", "decided_at", "version")
    return KeptStory(
        **{name: getattr(row, name) for name in names},
        story=Story.model_validate_json(work.keys.unpack(row.body, f"stories.body:{at}")),
        case_id=work.keys.open_text(row.case_id, f"stories.case_id:{at}") or "",
        reason=work.keys.open_text(row.reason, f"stories.reason:{at}"),
        amended_by=tuple(filter(None, row.amended_by.split(","))),
    )
