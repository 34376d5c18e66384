"""Versions of a pack: which is in force on a day, what it inherits, and what is said of a wrong one, by line."""

from datetime import date
from pathlib import Path

import pytest

from policies.errors import PolicyError
from policies.packs import PACKS, load_pack, pack_for, versions_of
from policies.toml_lines import line_of, lines_of

NAMES = ('name = "某市办法"', 'citation = "《某市办法》"', 'areas = ["2102"]')
TERM = '{{ value = "{}", basis = "《某市办法》第三条" }}'


def write(directory: Path, name: str, effective: str, parent: str, *terms: str) -> None:
    (directory / "national-2007.toml").write_bytes((PACKS / "national-2007.toml").read_bytes())
    pack_id, _, version = name.partition("@")
    head = f'pack_id = "{pack_id}"\nversion = "{version or 1}"\neffective_from = {effective}\nparent = "{parent}"\n'
    own = "" if version else "\n".join(NAMES) + "\n"
    (directory / f"{name}.toml").write_text(head + own + "\n".join(terms) + "\n", encoding="utf-8")


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    write(tmp_path, "dalian-2008", "2008-01-01", "national-2007", "[publicity]", f"length = {TERM.format('4wd')}")
    write(tmp_path, "dalian-2008@2", "2026-10-09", "dalian-2008@1", "[contact]", f"window = {TERM.format('2mo')}")
    write(
        tmp_path, "dalian-2008@3", "2027-01-01", "national-2007", *NAMES, "[contact]", f"window = {TERM.format('5wd')}"
    )
    return tmp_path


@pytest.mark.parametrize(
    ("day", "version"),
    [("2007-01-01", "1"), ("2026-10-08", "1"), ("2026-10-09", "2"), ("2026-12-31", "2"), ("2027-01-01", "3")],
)
def test_a_day_has_its_version(packs: Path, day: str, version: str) -> None:
    on = date.fromisoformat(day)
    assert load_pack("dalian-2008", packs, on=on).version == version
    expected = "1" if day == "2007-01-01" else version
    assert pack_for("210204", packs, on=on).version == expected


def test_a_version_inherits_from_the_one_it_names_and_keeps_what_names_the_pack(packs: Path) -> None:
    first, second, third = (load_pack(f"dalian-2008@{n}", packs) for n in (1, 2, 3))
    assert [f.version for f in versions_of("dalian-2008", packs)] == ["1", "2", "3"]
    assert str(second.publicity.length.value) == "4wd"
    assert str(second.contact.window.value) == "2mo"
    assert (second.name, second.areas, second.parent) == (first.name, first.areas, "dalian-2008@1")
    assert load_pack("dalian-2008", packs) == first == load_pack("dalian-2008", packs, version="1")
    assert third.publicity == load_pack("national-2007", packs).publicity
    assert len({first.sha256, second.sha256, third.sha256}) == 3


def test_a_version_from_another_pack_says_its_own_name(packs: Path) -> None:
    with pytest.raises(PolicyError) as caught:
        load_pack("dalian-2008@4", packs)
    assert caught.value.code == "unknown_version"
    write(packs, "dalian-2008@4", "2028-01-01", "national-2007")
    with pytest.raises(PolicyError) as caught:
        load_pack("dalian-2008@4", packs)
    assert {(f.key, f.file) for f in caught.value.findings} == {
        (key, "dalian-2008@4.toml") for key in ("name", "citation", "areas")
    }


@pytest.mark.parametrize(
    ("effective", "parent", "code", "words"),
    [
        ("2028-01-01", "dalian-2008", "bad_parent", "写明版本"),
        ("2028-01-01", "dalian-2008@9", "bad_parent", "没有这个版本"),
        ("2028-01-01", "dalian-2008@4", "bad_parent", "循环引用"),
        ("2026-10-08", "dalian-2008@2", "bad_parent", "不早于"),
        ("2026-10-09", "dalian-2008@1", "bad_pack", "不能重复"),
    ],
)
def test_a_wrong_parent_or_day_is_named(packs: Path, effective: str, parent: str, code: str, words: str) -> None:
    write(packs, "dalian-2008@4", effective, parent)
    with pytest.raises(PolicyError, match=words) as caught:
        load_pack("dalian-2008@4", packs)
    assert caught.value.code == code


def test_a_parent_is_the_version_in_force_when_the_child_began(packs: Path) -> None:
    text = (PACKS / "national-2007.toml").read_text(encoding="utf-8")
    newer = (
        text.replace('version = "1"', 'version = "2"').replace("2007-06-28", "2026-01-01").replace('"10wd"', '"9wd"')
    )
    (packs / "national-2007@2.toml").write_text(newer, encoding="utf-8")
    assert str(load_pack("dalian-2008@1", packs).publicity.objection_sla.value) == "10wd"
    write(
        packs, "dalian-2008@5", "2029-01-01", "national-2007", 'name = "某市办法"', 'citation = "《某》"', "areas = []"
    )
    assert str(load_pack("dalian-2008@5", packs).publicity.objection_sla.value) == "9wd"


def test_every_mistake_is_found_with_its_line(packs: Path) -> None:
    write(
        packs,
        "dalian-2008@2",
        "2026-10-09",
        "dalian-2008@1",
        "[publicity]",
        'length = { value = "5", basis = "《某市办法》第三条" }',
        "# 注",
        "[exit.on]",
        'value = "never"',
        'basis = "《某市办法》第三条"',
        "[services]",
        "referals = { value = 3, basis = '《某市办法》第四条' }",
    )
    with pytest.raises(PolicyError) as caught:
        load_pack("dalian-2008@2", packs)
    found = {f.key: f.line for f in caught.value.findings}
    assert found == {"publicity.length.value": 6, "exit.on.value": 9, "services.referals": 12}
    assert "第6行 publicity.length.value 时限应写作" in caught.value.message


def test_a_mistake_of_the_parent_is_named_in_the_parents_file(packs: Path) -> None:
    write(packs, "dalian-2008", "2008-01-01", "national-2007", "[publicity]", f"length = {TERM.format('4x')}")
    with pytest.raises(PolicyError) as caught:
        load_pack("dalian-2008@2", packs)
    finding = caught.value.findings[0]
    assert finding.file == "dalian-2008.toml"
    assert finding.line is not None


def test_a_file_that_is_no_toml_is_named_with_its_line(packs: Path) -> None:
    (packs / "dalian-2008@2.toml").write_text('pack_id = "dalian-2008"\nversion = \n', encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        load_pack("dalian-2008", packs)
    assert (caught.value.code, caught.value.line) == ("bad_toml", 2)


def test_lines_are_those_of_keys_outside_long_texts() -> None:
    text = 'a = 1\n[g]\nb = """\nc = 2\n"""\n"d" . e = 3\n[[h.i]]\nj=4\n'
    assert lines_of(text) == {
        ("a",): 1,
        ("g",): 2,
        ("g", "b"): 3,
        ("g", "d", "e"): 6,
        ("h", "i"): 7,
        ("h", "i", "j"): 8,
    }
    assert line_of(text, ("g", "b", "value")) == 3
    assert line_of(text, ("z",)) is None


def test_the_invented_locality_has_what_no_other_has() -> None:
    """安洲市（虚构）：承诺按月，全部成员拒绝，三个月失联，收入条件，混合户籍按城镇，公示5个自然日；第二版自12月1日."""
    policy = load_pack("test-anzhou")
    assert "虚构" in policy.name
    assert (str(policy.promise.length.value), policy.promise.rolls) == ("1mo", True)
    assert policy.refusal.scope.value == "all_members"
    assert str(policy.contact.window.value) == "3mo"
    assert policy.eligibility.income_test.value == "no_business_or_investment"
    assert policy.eligibility.mixed_hukou.value == "urban"
    assert str(policy.publicity.length.value) == "5d"
    assert pack_for("990101001", on=date(2026, 11, 30)).label == "test-anzhou@1"
    assert pack_for("990101001", on=date(2026, 12, 1)).label == "test-anzhou@2"
