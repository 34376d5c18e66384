"""Packs load, inherit, round-trip, cite a basis for every value, and say in Chinese what is wrong with them."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from casework.household import Capacity, Relation, WorkStatus
from policies.errors import PolicyError
from policies.packs import PACKS, load_pack, pack_for, pack_ids
from policies.schema import Policy
from policies.terms import Length, Term, Unit

A_BASIS = re.compile(r"内部规定：|.*〔\d{4}〕\d+号|《.+》|民法典第")
"""The office's own rule, or a document by its number or title."""


def terms_of(model: BaseModel, path: str = "") -> Iterator[tuple[str, Term[Any]]]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, Term):
            yield f"{path}{name}", value
        elif isinstance(value, BaseModel):
            yield from terms_of(value, f"{path}{name}.")


def test_the_packs_are_there() -> None:
    assert pack_ids() == ("jilin-2021", "liaoning-2006", "national-2007", "test-anzhou")


@pytest.mark.parametrize("pack_id", pack_ids())
def test_every_value_has_a_basis_that_is_a_document_or_a_reasoned_internal_rule(pack_id: str) -> None:
    terms = dict(terms_of(load_pack(pack_id)))

    assert len(terms) > 50
    assert [key for key, term in terms.items() if not A_BASIS.match(term.basis)] == []
    assert [key for key, term in terms.items() if term.internal and len(term.basis) < 10] == []


@pytest.mark.parametrize("pack_id", pack_ids())
def test_a_policy_survives_its_journey_as_json(pack_id: str) -> None:
    policy = load_pack(pack_id)

    assert Policy.model_validate_json(policy.model_dump_json()) == policy


@pytest.mark.parametrize("pack_id", pack_ids())
def test_the_words_of_eligibility_are_those_of_the_survey_sheet(pack_id: str) -> None:
    eligibility = load_pack(pack_id).eligibility

    relations = {*eligibility.relations_core.value, *eligibility.relations_if_cohabiting.value}
    assert relations == {r.value for r in Relation} - {"本人"}
    assert {WorkStatus(s) for s in eligibility.excluded_statuses.value}
    assert {WorkStatus(s) for s in eligibility.unemployed_statuses.value}
    assert {Capacity(c) for c in eligibility.excluded_capacities.value}


def test_jilin_is_what_its_notice_says() -> None:
    """公示时间不少于3个工作日；不挑不拣20个工作日；1个月内拒绝3次以上；1个月内连续3次无法取得联系."""
    policy = load_pack("jilin-2021")

    assert policy.publicity.length.value.words == "3个工作日"
    assert (policy.promise.length.value.words, policy.promise.start.value) == ("20个工作日", "seal")
    assert not policy.promise.rolls
    assert (policy.refusal.threshold.value, str(policy.refusal.window.value)) == (3, "1mo")
    assert (policy.contact.threshold.value, str(policy.contact.window.value)) == (3, "1mo")
    services = policy.services
    assert (services.guidance.value, services.training_info.value, services.referrals.value) == (1, 1, 3)
    assert (policy.exit.on.value, policy.eligibility.income_test.value) == ("one_employed", "none")
    assert policy.review.first_review.internal
    assert not policy.promise.length.internal


def test_liaoning_and_the_nation_differ_only_as_data() -> None:
    """20天之内（发现起，日历日，顺延）；稳定就业后退出，且无经营性、投资性收入."""
    liaoning, national = load_pack("liaoning-2006"), load_pack("national-2007")

    assert type(liaoning) is type(national) is Policy
    assert (str(liaoning.promise.length.value), liaoning.promise.start.value) == ("20d", "discovery")
    assert liaoning.promise.rolls
    assert liaoning.promise.relocated_length is not None
    assert str(liaoning.promise.relocated_length.value) == "60d"
    assert (national.exit.on.value, str(national.stable.after.value)) == ("stable", "6mo")
    assert national.eligibility.income_test.value == "no_business_or_investment"
    assert national.publicity.length.internal
    assert liaoning.publicity.length == national.publicity.length


@pytest.mark.parametrize(
    ("area", "pack_id"), [("220102", "jilin-2021"), ("22", "jilin-2021"), ("210100", "liaoning-2006")]
)
def test_an_area_finds_its_pack(area: str, pack_id: str) -> None:
    policy = pack_for(area)

    assert policy.pack_id == pack_id
    assert policy.applies_to(area)


def test_an_area_without_a_pack_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(PolicyError, match="没有对应的办法") as caught:
        pack_for("110101")
    assert caught.value.code == "unknown_area"


@pytest.mark.parametrize(
    ("text", "count", "unit", "words"),
    [
        ("3wd", 3, Unit.WORKING_DAYS, "3个工作日"),
        ("20d", 20, Unit.CALENDAR_DAYS, "20日"),
        ("1mo", 1, Unit.MONTHS, "1个月"),
    ],
)
def test_a_length_reads_writes_and_says_itself(text: str, count: int, unit: Unit, words: str) -> None:
    length = Length.parse(text)

    assert (length.count, length.unit, length.words) == (count, unit, words)
    assert length.model_dump_json() == f'"{text}"'
    assert Length.model_validate_json(f'"{text}"') == length
    assert {length: 1}[Length(count=count, unit=unit)] == 1


@pytest.mark.parametrize("text", ["", "0wd", "-1d", "3", "wd", "3 wd", "3WD", "３d", "1.5mo", "99999d", "3wd\n"])
def test_anything_else_is_no_length(text: str) -> None:
    with pytest.raises(ValidationError):
        Length.parse(text)


def a_pack(directory: Path, text: str, name: str = "dalian-2008") -> None:
    (directory / "national-2007.toml").write_bytes((PACKS / "national-2007.toml").read_bytes())
    (directory / f"{name}.toml").write_text(text, encoding="utf-8")


OWN = """pack_id = "dalian-2008"
version = "1"
name = "某市办法"
citation = "某市文件"
effective_from = 2008-01-01
parent = "national-2007"
areas = ["2102"]
"""


def test_a_child_overrides_single_terms_and_keeps_the_rest(tmp_path: Path) -> None:
    a_pack(tmp_path, OWN + '[publicity]\nlength = { value = "5d", basis = "某市文件第三条" }\n')

    policy, parent = load_pack("dalian-2008", tmp_path), load_pack("national-2007")

    assert str(policy.publicity.length.value) == "5d"
    assert policy.publicity.objection_sla == parent.publicity.objection_sla
    assert policy.promise == parent.promise
    assert (policy.parent, policy.name) == ("national-2007", "某市办法")


@pytest.mark.parametrize(
    ("text", "code", "key", "words"),
    [
        (OWN + '[publicity]\nlength = { value = "5", basis = "某市文件" }\n', "bad_pack", "publicity.length", "3wd"),
        (OWN + '[publicity]\nlength = { value = "5wd" }\n', "bad_pack", "publicity.length.basis", "缺少"),
        (
            OWN + '[publicity]\nlong = { value = "5wd", basis = "某市文件" }\n',
            "bad_pack",
            "publicity.long",
            "不认识的键",
        ),
        (OWN + '[exit]\non = { value = "never", basis = "某市文件" }\n', "bad_pack", "exit.on.value", "只能是"),
        (
            OWN + '[services]\nreferrals = { value = 0, basis = "某市文件" }\n',
            "bad_pack",
            "services.referrals",
            "不能小于",
        ),
        (OWN.replace("national-2007", "nowhere"), "bad_parent", "parent", "没有这个办法"),
        (OWN.replace("national-2007", "dalian-2008"), "bad_parent", "parent", "循环"),
        (OWN.replace('"dalian-2008"\nv', '"other"\nv'), "bad_pack", "pack_id", "文件名"),
        ("pack_id = ", "bad_toml", None, "TOML"),
    ],
)
def test_a_bad_pack_names_file_key_and_fix(tmp_path: Path, text: str, code: str, key: str | None, words: str) -> None:
    a_pack(tmp_path, text)

    with pytest.raises(PolicyError) as caught:
        load_pack("dalian-2008", tmp_path)

    assert caught.value.code == code
    assert caught.value.file == "dalian-2008.toml"
    assert "dalian-2008.toml" in caught.value.message
    assert words in caught.value.message
    assert (caught.value.key or "").startswith(key or "")


def test_an_unknown_pack_says_which_there_are() -> None:
    with pytest.raises(PolicyError, match="jilin-2021、liaoning-2006、national-2007、test-anzhou") as caught:
        load_pack("../secrets")
    assert caught.value.code == "unknown_pack"


def test_quiet_hours_run_across_midnight() -> None:
    """静默时段须跨夜，否则该地的通知永远发不出。"""
    pack = load_pack("jilin-2021")
    hours = pack.notices.model_dump()

    hours["quiet_from_hour"]["value"] = 7
    with pytest.raises(ValidationError, match="跨夜"):
        type(pack.notices).model_validate(hours)


def test_a_policy_is_chosen_without_reading_its_files_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    first = pack_for("220302004", on=date(2026, 9, 1))

    def read(_: str) -> dict[str, object]:
        raise AssertionError("a sheet of thousands of households chooses a policy for each")

    monkeypatch.setattr(tomllib, "loads", read)
    assert pack_for("220302004", on=date(2026, 9, 1)) is first
