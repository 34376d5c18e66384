"""Checking and comparing packs: every mistake with its line and what to do, every change in words with both bases."""

from pathlib import Path

import pytest

from policies.pack_check import check, check_lines, policy_named
from policies.pack_diff import diff_lines, differences, terms_of
from policies.pack_files import pack_ids, versions_of
from policies.packs import PACKS, load_pack, policy_of
from policies.schema import Policy
from policies.term_words import GROUPS, TERMS, called, groups_of, in_words
from policies.terms import Length
from tests.policies.test_pack_versions import write

LABELS = [f.label for pack_id in pack_ids() for f in versions_of(pack_id)]


@pytest.mark.parametrize("label", LABELS)
def test_every_pack_of_the_release_passes_its_own_check(label: str) -> None:
    found = check(label)
    assert found.errors == ()
    assert found.policy is not None
    assert check_lines(found)[-1] == "检查通过，可以使用。"


def test_every_term_and_group_has_words() -> None:
    policy = load_pack("national-2007")
    assert [key for key, _ in terms_of(policy) if key not in TERMS] == []
    assert [group for group in groups_of(policy) if group not in GROUPS] == []


@pytest.mark.parametrize("label", LABELS)
def test_every_value_reads_as_chinese_or_a_number(label: str) -> None:
    """A coded value that nobody put into words would be shown to people as English."""
    policy = load_pack(label)
    said = {key: in_words(key, term.value) for key, term in terms_of(policy) if term is not None}
    assert {key: words for key, words in said.items() if any(c.isascii() and c.isalpha() for c in words)} == {}


def test_values_read_as_people_say_them() -> None:
    assert in_words("promise.length", Length.parse("20wd")) == "20个工作日"
    assert in_words("refusal.minimum_wage_fen", 188000) == "1880元"
    assert in_words("employment.flexible_minimum_income_fen", 188050) == "1880.50元"
    assert in_words("notices.quiet_from_hour", 21) == "21时"
    assert in_words("services.referrals", 3) == "3次"
    assert in_words("promise.relocated_length", None) == "没有规定"
    assert in_words("promise.roll", "none") == "不顺延"
    assert in_words("eligibility.income_test", "none") == "没有"
    assert in_words("contact.distinct_days", True) == "是"
    assert called("promise.nothing") == "promise.nothing"


def test_sources_of_terms_are_counted_by_file() -> None:
    lines = check_lines(check("test-anzhou@2"))
    assert "安洲市零就业家庭认定援助办法（虚构），自2026年12月1日起施行" in lines[0]
    assert "test-anzhou@2 4项，test-anzhou@1 " in lines[1]
    assert "national-2007@1" in lines[1]


BASIS = 'basis = "《某市办法》第三条"'


def test_a_draft_outside_the_packs_is_checked_against_them(tmp_path: Path) -> None:
    draft = tmp_path / "jilin-2021@2.toml"
    draft.write_text(
        'pack_id = "jilin-2021"\nversion = "2"\neffective_from = 2026-10-09\nparent = "jilin-2021@1"\n'
        f'[publicity]\nlength = {{ value = "5wd", {BASIS} }}\n',
        encoding="utf-8",
    )
    policy = policy_named(str(draft))
    assert (policy.name, str(policy.publicity.length.value)) == (load_pack("jilin-2021").name, "5wd")
    assert check(str(draft)).errors == ()


def test_errors_and_hints_name_line_and_reason(tmp_path: Path) -> None:
    write(
        tmp_path,
        "dalian-2008",
        "2008-01-01",
        "national-2007",
        "[promise]",
        f'length = {{ value = "1mo", {BASIS} }}',
        f"remind_before = {{ value = [2, 5], {BASIS} }}",
        "[refusal]",
        f"warning_at = {{ value = 3, {BASIS} }}",
        'threshold = { value = 3, basis = "领导要求" }',
        "[contact]",
        f"min_channels = {{ value = 4, {BASIS} }}",
        "[terms]",
        'household = { value = "零就业家庭", basis = "劳社部发〔2007〕24号第二条第一款：“零就业家庭是指城镇家庭中”" }',
    )
    found = check("dalian-2008", tmp_path)
    assert {(f.key, f.line) for f in found.errors} == {
        ("refusal.threshold", 13),
        ("refusal.warning_at", 12),
        ("contact.min_channels", 15),
    }
    assert {(f.key, f.line) for f in found.hints} >= {("promise.remind_before", 10), ("terms.household", 17)}
    assert any(f.key == "promise.roll" and f.file == "national-2007.toml" for f in found.hints)
    lines = check_lines(found)
    assert lines[-1] == "有3处错误，不能使用。"
    assert any("dalian-2008.toml 第13行　refusal.threshold　拒绝岗位的次数：依据应以" in line for line in lines)


def test_a_file_that_cannot_be_read_is_an_error_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("a = [\n", encoding="utf-8")
    for name, words in ((str(tmp_path / "x.toml"), "TOML"), ("nowhere", "没有编号为"), ("./none.toml", "没有这个文件")):
        found = check(name)
        assert found.policy is None
        assert any(words in line for line in check_lines(found))


def test_two_packs_for_one_area_are_pointed_out_unless_one_replaces_the_other(tmp_path: Path) -> None:
    write(tmp_path, "dalian-2008", "2008-01-01", "national-2007")
    write(tmp_path, "dalian-2020", "2020-01-01", "national-2007")
    assert [f.key for f in check("dalian-2020", tmp_path).hints] == ["areas"]
    path = tmp_path / "dalian-2020.toml"
    path.write_text('replaces = "dalian-2008"\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert check("dalian-2020", tmp_path).hints == ()


def test_a_comparison_says_value_and_both_bases_by_group() -> None:
    old, new = load_pack("test-anzhou"), load_pack("test-anzhou@2")
    assert [d.key for d in differences(old, new)] == [
        "publicity.length",
        "promise.length",
        "services.referrals",
        "exit.response_period",
    ]
    lines = diff_lines(old, new)
    assert "施行日期：2026年1月1日 → 2026年12月1日" in lines
    assert "改动4项" in lines
    assert "  承诺期限：1个月 → 20日" in lines
    assert lines.index("【公示】") < lines.index("【就业承诺】") < lines.index("【服务次数】")
    assert any(line.startswith("    原依据：内部规定：通知第五条") for line in lines)


def test_a_term_that_only_one_has_and_a_changed_basis_are_said() -> None:
    old = load_pack("jilin-2021")
    raw = load_pack("liaoning-2006").model_dump(mode="json")
    both = Policy.model_validate(old.model_dump(mode="json") | {"promise": raw["promise"]})
    lines = diff_lines(old, both)
    assert "  棚改回迁家庭的承诺期限：没有规定 → 60日" in lines
    assert "    原依据：（没有这一项）" in lines
    assert any(line.endswith("只有依据不同") for line in diff_lines(old, load_pack("national-2007")))
    assert diff_lines(old, old)[-1] == "各项条款完全相同。"


def test_the_policies_of_the_release_stand_alone_in_their_directory() -> None:
    for pack_id in pack_ids():
        for file in versions_of(pack_id):
            assert (PACKS / file.file).is_file()
            assert policy_of(file).label == file.label
