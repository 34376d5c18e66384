"""The last place of a vacancy: held for one request, taken over by its event, given back by a refusal or by silence."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from threading import Barrier

import pytest

from casework.errors import CaseworkError, Conflict, SaidNo
from desk.referral_places import take_place
from records.engine import Record
from records.vacancies import set_vacancy, vacancies_in
from records.vacancy_places import HELD_FOR, free_place, offered_now
from tests.make import OFFICE, Life
from tests.records.test_vacancies import FULL, NOW, referred, taken, written

ASKED = {"vacancy": "V-1", "on": date(2026, 10, 12)}
ONE = replace(FULL, posts=1, reserved=0)


def ask(record: Record, command_id: str, now: datetime = NOW, **more: object) -> None:
    with record.write() as work:
        take_place(work, command_id, ASKED | more, now)


def test_the_last_place_is_held_until_its_request_is_answered(record: Record) -> None:
    with record.write() as work:
        set_vacancy(work, ONE)
    ask(record, "a:1")
    ask(record, "a:1")
    with pytest.raises(Conflict, match="招用1人，名额已满") as no:
        ask(record, "b:1")
    assert (no.value.code, no.value.field) == ("vacancy_full", "vacancy")
    with record.write() as work:
        free_place(work, "a:1")
    ask(record, "b:1")
    ask(record, "c:1", NOW + HELD_FOR)  # nothing more was heard of b


def test_an_event_takes_its_place_over_and_an_unlucky_end_gives_it_back(record: Record) -> None:
    with record.write() as work:
        set_vacancy(work, replace(ONE, open_from=None))
    life = Life()
    life.assisted()
    referral = referred(life, "V-1")
    command_id = life.events[-1].command_id
    ask(record, command_id)
    written(record, life)
    with record.write() as work:
        offered = offered_now(work, "V-1", "another", NOW)
    assert offered is not None
    assert (offered.taken, taken(record)) == (1, 1), "held and taken is one place, not two"
    with pytest.raises(Conflict, match="名额已满"):
        ask(record, "b:1")
    with record.read() as work:
        assert vacancies_in(work, OFFICE, date(2026, 10, 12)) == (), "what is full is not offered in a form"
    life.do(
        "2026-09-22", "record_referral_outcome", referral=referral, outcome="employer_rejected", on=date(2026, 9, 22)
    )
    written(record, life)
    ask(record, "b:1")


def test_closed_and_past_vacancies_say_why(record: Record) -> None:
    with record.write() as work:
        set_vacancy(work, replace(FULL, closed_on=date(2026, 10, 10)))
        set_vacancy(work, replace(FULL, vacancy_id="V-2", open_until=date(2026, 10, 11)))
    for vacancy, code in (("V-1", "vacancy_closed"), ("V-2", "vacancy_expired")):
        with pytest.raises(SaidNo) as no:
            ask(record, "a:1", vacancy=vacancy)
        assert (no.value.code, no.value.field) == (code, "vacancy")
    ask(record, "a:1", vacancy="not-in-the-pool")


def test_of_many_who_ask_at_once_as_many_get_a_place_as_there_are(record: Record) -> None:
    with record.write() as work:
        set_vacancy(work, FULL)
    together = Barrier(6)

    def one(number: int) -> str:
        together.wait()
        try:
            ask(record, f"a{number}:1", NOW)
        except CaseworkError as no:
            return no.code
        return "held"

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(one, range(6))) == ["held"] * 2 + ["vacancy_full"] * 4
