"""Connectors (比对接口): a file and a real HTTP server; what goes wrong is `SourceUnavailable`, never clear."""

import json
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from casework.review_facts import ComparisonOutcome, Source
from connectors.configured import ConnectorsWrong, read_connectors
from connectors.file_source import FileSource
from connectors.http_source import HttpSettings, HttpSource
from connectors.port import PersonAsked, SourceUnavailable, unavailable
from tests.connectors.office_stub import OtherOffice

AT = datetime(2026, 9, 28, 2, tzinfo=UTC)
NUMBERS = ("22000019850312001X", "220000198207090028")
PEOPLE = tuple(PersonAsked(f"M{n}", number) for n, number in enumerate(NUMBERS, 1))
HIT, CLEAR = ComparisonOutcome.HIT, ComparisonOutcome.CLEAR


@pytest.fixture
def office() -> Iterator[OtherOffice]:
    stub = OtherOffice("secret-token", on_record=(NUMBERS[1],))
    yield stub
    stub.stop()


Asking = Callable[..., HttpSource]


@pytest.fixture
def source_at(request: pytest.FixtureRequest) -> Iterator[Asking]:
    """Make clients of an office, impatient only where it does not answer, and close them after the test."""
    patience = 1.2 if "slow" in request.node.name else 20
    made: list[HttpSource] = []

    def make(url: str, waits: list[float] | None = None, **more: Any) -> HttpSource:
        settings = HttpSettings(**{"url": url, "token": "secret-token", "timeout": patience, **more})
        made.append(HttpSource(Source.BUSINESS, settings, wait=(waits if waits is not None else []).append))
        return made[-1]

    yield make
    for source in made:
        source.close()


def code(source: HttpSource | FileSource) -> str:
    with pytest.raises(SourceUnavailable) as away:
        source.ask(PEOPLE, AT)
    assert not [n for n in NUMBERS if n in str(away.value)]
    return away.value.code


def test_a_household_is_asked_at_once_and_answered_by_member(office: OtherOffice, source_at: Asking) -> None:
    answers = source_at(office.url).ask(PEOPLE, AT)

    assert [(a.member, a.result, a.valid_until, a.reference) for a in answers] == [
        ("M1", CLEAR, date(2026, 10, 20), None),
        ("M2", HIT, date(2026, 10, 20), "GS-0007"),
    ]
    assert "存续" in answers[1].raw
    assert len(office.asked) == 1
    assert office.paths == ["/compare"]


def test_what_did_not_arrive_is_asked_again(office: OtherOffice, source_at: Asking) -> None:
    office.modes = ["503", "hang_up", "ok"]
    waits: list[float] = []

    assert len(source_at(office.url, waits).ask(PEOPLE, AT)) == 2
    assert waits == [0.5, 1.0]


@pytest.mark.parametrize(
    ("mode", "said", "tries"),
    [
        ("500", "http_500", 3),
        ("429", "http_429", 3),
        ("slow", "timed_out", 3),
        ("hang_up", "RemoteProtocolError", 3),
        ("403", "http_403", 1),
        ("302", "http_302", 1),
        ("nonsense", "answer_malformed", 1),
        ("fewer", "answer_for_other_people", 1),
    ],
)
def test_no_good_answer_is_no_answer(office: OtherOffice, mode: str, said: str, tries: int, source_at: Asking) -> None:
    office.modes = [mode]

    assert code(source_at(office.url)) == said
    assert len(office.asked) == tries


def test_an_answer_that_has_expired_already_is_none(office: OtherOffice, source_at: Asking) -> None:
    office.valid_until = "2026-09-27"

    answers = source_at(office.url).ask(PEOPLE, AT)

    assert [(a.result, a.valid_until, a.raw) for a in answers] == [
        (ComparisonOutcome.UNAVAILABLE, None, "answer_expired")
    ] * 2


def test_a_wrong_token_and_a_closed_door_are_typed(office: OtherOffice, source_at: Asking) -> None:
    assert code(source_at(office.url, token="other")) == "http_401"
    assert code(source_at("http://127.0.0.1:1/", tries=1)) == "ConnectError"


def test_numbers_are_in_no_log_and_no_repr(
    office: OtherOffice, caplog: pytest.LogCaptureFixture, source_at: Asking
) -> None:
    caplog.set_level(logging.DEBUG)
    office.modes = ["500", "ok"]
    answers = source_at(office.url).ask(PEOPLE, AT)

    told = caplog.text + repr(PEOPLE) + repr(answers) + repr(HttpSettings(url="u", token="secret-token"))
    assert not [word for word in (*NUMBERS, "存续", "secret-token") if word in told]


def extract(path: Path, **more: object) -> FileSource:
    row = {"id_number": NUMBERS[0].lower(), "reference": "HJ-1", "detail": {"status": "迁出"}}
    whole = {"source": "register", "as_of": "2026-09-25", "valid_until": "2026-10-05", "records": [row]}
    path.write_text(json.dumps(whole | more), encoding="utf-8")
    return FileSource(Source.REGISTER, path)


def test_an_extract_knows_who_is_on_record_and_everybody_else_is_clear(tmp_path: Path) -> None:
    answers = extract(tmp_path / "register.json").ask(PEOPLE, AT)

    assert [(a.member, a.result, a.reference) for a in answers] == [("M1", HIT, "HJ-1"), ("M2", CLEAR, None)]
    assert {a.valid_until for a in answers} == {date(2026, 10, 5)}
    assert "迁出" in answers[0].raw


def test_an_old_register_that_still_holds_numbers_of_15_digits_is_a_hit(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    found = {"id_number": NUMBERS[0][:6] + NUMBERS[0][8:17]}
    extract = {"source": "business", "as_of": "2026-09-28", "valid_until": "2026-10-05", "records": [found]}
    path.write_text(json.dumps(extract), encoding="utf-8")

    assert [a.result for a in FileSource(Source.BUSINESS, path).ask(PEOPLE, AT)] == [HIT, CLEAR]


def test_an_extract_that_is_old_foreign_broken_or_not_there_is_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    assert code(extract(path, valid_until="2026-09-27")) == "file_expired"
    assert code(extract(path, as_of="2026-09-29")) == "file_from_the_future"
    assert code(extract(path, source="tax")) == "file_of_another_source"
    assert code(extract(path, records="none")) == "file_malformed"
    path.write_bytes(b'{"source": "register", "as_of"')
    assert code(FileSource(Source.REGISTER, path)) == "file_malformed"
    assert code(FileSource(Source.REGISTER, tmp_path / "nothing.json")) == "file_missing"
    assert extract(path, valid_until="2026-09-28").ask(PEOPLE, AT)


def test_an_unavailable_source_is_unavailable_for_everybody() -> None:
    answers = unavailable(PEOPLE, AT, "timed_out")

    assert [(a.member, a.result, a.raw) for a in answers] == [
        ("M1", ComparisonOutcome.UNAVAILABLE, "timed_out"),
        ("M2", ComparisonOutcome.UNAVAILABLE, "timed_out"),
    ]


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_the_configuration_names_each_source_once(tmp_path: Path, office: OtherOffice) -> None:
    token = written(tmp_path / "token", "secret-token\n")
    text = f'[business]\nkind = "http"\nurl = "{office.url}"\ntoken_file = "{token}"\n'
    text += f'[register]\nkind = "file"\npath = "{tmp_path / "register.json"}"\n'

    made = read_connectors(written(tmp_path / "connectors.toml", text))

    assert {s: type(c) for s, c in made.items()} == {Source.BUSINESS: HttpSource, Source.REGISTER: FileSource}
    assert made[Source.BUSINESS].source is Source.BUSINESS
    assert len(made[Source.BUSINESS].ask(PEOPLE, AT)) == 2
    for connector in made.values():
        connector.close()
    assert read_connectors(None) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[business]\nkind = "http"\nurl = "http://gs.example.gov.cn/"', "须以 https:// 开头"),
        ('[customs]\nkind = "file"\npath = "x"', "customs"),
        ('[tax]\nkind = "post"\npath = "x"', "tax"),
        ('[tax]\nkind = "file"', "path 缺少，请补填"),
        ("[tax", "不是正确的 UTF-8 TOML"),
        ('[tax]\nkind = "http"\nurl = "https://t/"\ntoken_file = "/nowhere/token"', "token_file 读不出来"),
    ],
)
def test_a_wrong_configuration_is_told_by_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConnectorsWrong, match=said):
        read_connectors(written(tmp_path / "connectors.toml", text))
    with pytest.raises(ConnectorsWrong, match="读不出来"):
        read_connectors(tmp_path / "nothing.toml")
