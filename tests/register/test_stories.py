"""No value of a case survives in its story (L8): over random lives, hostile names, and days in every form."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from random import Random

import pytest

from casework.events import CaseEvent
from operations.random_lives import random_lives
from policies.calendars import load_calendar
from policies.packs import load_pack
from register.story import CHANNELS, DIFFICULTIES, NOTE, OUTCOMES, Story, markdown
from register.story_check import Originals, found_in, written
from register.story_disguise import FAMILY_NAMES
from register.story_originals import InEvents, in_events, originals_of
from register.story_writing import write_story

LIVES = 45
NAMES = ("欧阳桂兰", "古丽·买买提", "张䶮", "诸葛二", "慕容", "Zoë")
HOSTILE = ("就业", "王", "人", "家庭", "老李", "小", "2026", "公示", "认定", "某公司", "甲社区", "天", "M1", "（")
COMMUNITY, ADDRESS = "北二社区", "铁西街道北二马路17号3单元"
EMPLOYER, OFFICE_NAME = "四平吉达物业服务有限公司", "铁西区地直街道"
STAFF = "赵经办"


@lru_cache(maxsize=1)
def lives() -> tuple[tuple[CaseEvent, ...], ...]:
    policies = [load_pack(name) for name in ("jilin-2021", "liaoning-2006", "national-2007")]
    drawn = random_lives(LIVES, policies, load_calendar(), steps=40)
    return tuple(tuple(life.events) for life in drawn if life.events)


@lru_cache(maxsize=LIVES)
def inside(place: int) -> InEvents:
    return in_events(lives()[place])


def known(events: Sequence[CaseEvent]) -> InEvents:
    """What a life's events hold is asked once."""
    place = next((n for n, life in enumerate(lives()) if life is events), None)
    return in_events(events) if place is None else inside(place)


def secrets(events: Sequence[CaseEvent], names: Sequence[str]) -> Originals:
    return originals_of(
        known(events),
        names=names,
        numbers=("22030219790417002X", "13904341234"),
        community=COMMUNITY,
        address=ADDRESS,
        offices=(OFFICE_NAME,),
        employers=(EMPLOYER,),
        staff=(STAFF,),
    )


def story(events: Sequence[CaseEvent], names: Sequence[str] = NAMES, secret: bytes = b"s" * 32) -> Story:
    return write_story(events, secrets(events, names), secret)


def test_no_original_value_survives_in_any_life() -> None:
    assert len(lives()) > 30
    for events in lives():
        originals = secrets(events, NAMES)
        text = markdown(write_story(events, originals, b"k" * 32))
        assert found_in(text, originals) == ()
        for value in (*NAMES, *originals.numbers, *originals.places, EMPLOYER, STAFF, *originals.codes):
            assert value not in text
        for part in ("桂兰", "买买提", "北二", "地直", "吉达", "尾号", "002X", "1979"):
            assert part not in text, part
        told = "\n".join(line for line in text.splitlines() if "依据：" not in line)
        for fen in originals.fen:
            exact = f"{fen // 100}元" if fen % 100 == 0 else f"{fen / 100:.2f}元"
            assert not re.search(rf"(?<![\d.]){re.escape(exact)}", told), exact
        for account in originals.accounts:
            assert account not in text
        for day in originals.days:
            for form in written(day):
                assert not re.search(rf"(?<!\d){re.escape(form)}(?!\d)", text), form
        assert not re.search(r"txt-|M\d|\d{6}", text)


def test_a_hostile_name_changes_nothing_but_what_is_left_out() -> None:
    """A name that is a common word cannot be told from the word: so the story must be the same without it."""
    for events in lives()[:8]:
        plain = story(events, ())
        for name in HOSTILE:
            other = story(events, (name,))
            assert other.told == plain.told or set(name) & set(FAMILY_NAMES)
            for mine, theirs in zip(other.moments, plain.moments, strict=True):
                assert mine.says in (theirs.says, None) or set(name) & set(FAMILY_NAMES)
                assert name not in (mine.says or "")


def test_nobody_keeps_the_family_name() -> None:
    for events in lives()[:10]:
        text = markdown(story(events, ("王芳", "李四", "张三")))
        assert not re.search("[老小][王李张]", text)


def test_recorded_reasons_with_originals_are_retold_or_left_out() -> None:
    events = lives()[0]
    told = f"由{events[0].by.account}于2026年9月18日（2026-09-18）登记，{NAMES[0]}（M1）住{COMMUNITY}。"
    kept = f"本人（M1）于{events[0].on.isoformat()}在{EMPLOYER}上岗，工资2150.37元，见R12、{events[0].case_id}。"
    for says, expected in ((told, False), (kept, True)):
        why = events[0].why.model_copy(update={"says": says})
        changed = (events[0].model_copy(update={"why": why}), *events[1:])
        moment = story(changed).moments[0]
        assert (moment.says is not None) is expected
        if moment.says:
            assert "某公司" in moment.says
            assert "约2200元" in moment.says
            assert not re.search(r"M1|R12|\d{6}|2150", moment.says)


def test_intervals_and_days_of_the_week_stay_and_nothing_else() -> None:
    for number, events in enumerate(lives()[:15]):
        made = story(events, secret=bytes([number]) * 32)
        first = events[0]
        shift = first.on - made.moments[0].on
        assert shift.days % 7 == 0
        assert shift.days >= 30 * 7
        told = [e for e in events if e.on - shift in {m.on for m in made.moments}]
        assert {m.on.weekday() for m in made.moments} == {(m.on + shift).weekday() for m in made.moments}
        assert told
        assert [m.day for m in made.moments] == sorted(m.day for m in made.moments)
        assert all((m.on - made.moments[0].on).days == m.day - made.moments[0].day for m in made.moments)


def test_the_secret_alone_decides_and_the_same_secret_tells_the_same() -> None:
    events = lives()[0]
    assert story(events) == story(events)
    drawn = {story(events, secret=Random(n).randbytes(32)).moments[0].on for n in range(12)}
    assert len(drawn) > 6


def test_days_are_found_in_every_form_and_not_within_others() -> None:
    originals = Originals(*(frozenset[str]() for _ in range(6)), days=frozenset({date(2026, 1, 1)}))
    for form in written(date(2026, 1, 1)):
        assert found_in(f"于{form}办理", originals)
    assert found_in("2026年1月11日", originals) == ()
    assert "22030219790417002X" not in repr(secrets(lives()[0], NAMES))


def test_tags_have_words_and_the_file_says_how_it_was_disguised() -> None:
    for events in lives():
        made = story(events)
        assert made.channel in CHANNELS
        assert made.outcome in OUTCOMES
        assert set(made.difficulties) <= set(DIFFICULTIES)
        assert NOTE in markdown(made)
        assert Story.model_validate_json(made.model_dump_json()) == made


@pytest.mark.parametrize("text", ["220302004", "13904341234", "在2203020042026的个案"])
def test_long_numbers_are_never_told(text: str) -> None:
    assert found_in(text, secrets(lives()[0], ()))
