"""What is said to hold a step back is never said of a step that can be taken, and it names the rule's own reason."""

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import ClassVar

import pytest

from casework.commands import OF_PEOPLE, OPENINGS, Command
from casework.held_back import held_back
from casework.ruling import Setting
from casework.states import Actor
from casework.times import at_local
from operations.random_lives import MORNING, RandomLife, Tried, a_pause
from policies.calendars import load_calendar
from policies.packs import load_pack, pack_ids
from tests.make import CLERK, COUNTY, HELPER, Life

CALENDAR = load_calendar()
CALENDAR_START = date(2026, 9, 1)


class Watched(RandomLife):
    """A life in which every step is asked about before it is tried."""

    seen: ClassVar[Counter[tuple[str, str]]] = Counter()

    def _try(self, command: Command, *, again: bool = False) -> Tried:
        before, asked = self.case, command.trigger in OF_PEOPLE and command.trigger not in OPENINGS
        no = None
        if before is not None and asked:
            setting = Setting(self.policy, self.calendar, self.now, former=before.former_terms)
            no = held_back(before, command.trigger, command.by, setting)
        done = super()._try(command, again=again)
        if asked and not again:
            self.seen["held" if no else "open", "taken" if done.event else "refused"] += 1
        assert done.event is None or no is None, (command.trigger, no.code if no else "", no.message if no else "")
        return done


@pytest.mark.parametrize("pack", sorted(pack_ids()))
def test_nothing_that_can_be_taken_is_said_to_be_held_back(pack: str) -> None:
    policy = load_pack(pack)
    Watched.seen = Counter()
    for seed in range(40):
        rng = Random(seed)
        life = Watched(rng, policy, CALENDAR, at_local(CALENDAR_START + timedelta(days=rng.randrange(120)), MORNING))
        life.apply()
        while len(life.tried) < 60 and not life.over and life.case is not None:
            life.wait(a_pause(rng))
            if not life.over:
                life.step()
    held, missed = Watched.seen["held", "refused"], Watched.seen["open", "refused"]
    assert held > missed, "most of what is refused is known beforehand"


def no_to(life: Life, trigger: str, by: Actor = CLERK) -> str:
    no = held_back(life.case, trigger, by, life.setting)
    return no.message if no else ""


def test_what_would_be_refused_whatever_is_typed_is_said_beforehand() -> None:
    life = Life()
    life.do("2026-09-18", "apply")
    assert "没有在岗记录" in no_to(life, "record_job_loss")
    assert "没有等待中的补正" in no_to(life, "record_supplement")
    assert "没有对棚改回迁家庭的单独承诺" in no_to(life, "flag_relocation")
    life.do("2026-09-18", "ask_supplement", items=("booklet",))
    assert no_to(life, "record_supplement") == ""

    life = Life().assisted()
    assert "没有正在进行的暂停" in no_to(life, "resume_promise", COUNTY)
    life.employed("2026-10-08", approved="2026-10-09")
    assert no_to(life, "record_job_loss", HELPER) == ""
