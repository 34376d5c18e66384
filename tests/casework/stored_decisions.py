"""The decisions of this release, kept to be compared: what random lives and the drills came to, and in which words.

`decisions/lives.txt` has one line for each life: its seed and a digest of all its events.  `decisions/answers.txt` has
one example of everything the rules were heard to say, in reading order, with digits as they came.  A change of a rule
or of a sentence shows there as a change of text, to be looked at.  Store anew after a wanted change:
`python -m tests.casework.stored_decisions`.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from casework.case_story import coming, standing
from casework.clock_history import lives_of
from casework.clock_sentences import sentences
from casework.clock_story import story_of
from casework.commands import COMMANDS
from casework.events import CaseEvent
from operations.random_lives import RandomLife, random_life
from policies.calendars import load_calendar
from policies.packs import load_pack

DECISIONS = Path(__file__).with_name("decisions")
LIVES, ANSWERS = DECISIONS / "lives.txt", DECISIONS / "answers.txt"
PACKS = ("jilin-2021", "liaoning-2006", "national-2007", "test-anzhou")
SEEDS = range(500, 600)
START = date(2026, 7, 1)


def lives() -> Iterator[RandomLife]:
    """Yield the lives, always the same ones."""
    for seed in SEEDS:
        yield random_life(
            seed,
            load_pack(PACKS[seed % len(PACKS)]),
            load_calendar(),
            start=START,
            steps=90,
            calendars=0.05,
            policies=0.04,
        )


def digest(life: RandomLife) -> str:
    """Return a digest of everything that happened and of every no, with its words."""
    hashed = hashlib.sha256()
    for event in life.events:
        hashed.update(event.model_dump_json().encode())
    for no in refusals(life):
        hashed.update(repr(no).encode())
    for line in told(life):
        hashed.update(line.encode())
    return hashed.hexdigest()[:16]


def told(life: RandomLife) -> list[str]:
    """Return what somebody at a telephone is told of a life: where it stands, what comes, each clock's story."""
    assert life.case is not None
    lines = [*standing(life.case, life.events[-1], life.policy), *coming(life.case)]
    for clock in lives_of(life.events, life.case):
        lines += sentences(story_of(clock, life.case, life.calendar))
    return lines


def refusals(life: RandomLife) -> list[tuple[str, str]]:
    """Return code and words of each no of a life."""
    return [(tried.no, tried.message) for tried in life.tried if tried.no is not None]


def answers(played: list[RandomLife]) -> list[str]:
    """Return one example of each sentence, as lines of text."""
    said: dict[str, str] = {}
    for life in played:
        for event in life.events:
            said.setdefault(_shape(_told(event)), _told(event))
        for code, message in refusals(life):
            line = f"不 {code} | {message}"
            said.setdefault(_shape(line), line)
    return sorted(said.values())


def _told(event: CaseEvent) -> str:
    facts = "；".join(f"{fact.label}：{fact.value}" for fact in event.why.facts)
    notices = "；".join(f"{n.name}→{n.role.value if n.role else '家庭'}{dict(n.words)}" for n in event.notices)
    title = COMMANDS[event.trigger].title
    return f"是 {event.why.rule} | {title} | {event.why.says} | {facts} | {event.why.clause} | {notices}"


def _shape(line: str) -> str:
    """Return a line without its numbers and without how many of a thing it lists: the same sentence, once."""
    plain = re.sub(r"[0-9]+", "#", line)
    plain = re.sub(r"(#-#-#（[^）]*）、?)+|(#-#-#、?)+|(#年#月#日、?)+", "日", plain)
    return re.sub(r"(\w+（M#）、?)+", "成员", plain)


def store() -> None:
    """Write both files."""
    played = list(lives())
    DECISIONS.mkdir(exist_ok=True)
    LIVES.write_text("".join(f"{seed} {digest(life)}\n" for seed, life in zip(SEEDS, played, strict=True)), "utf-8")
    ANSWERS.write_text("\n".join(answers(played)) + "\n", "utf-8")


if __name__ == "__main__":
    store()
