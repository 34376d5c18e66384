"""Our own numbers (J10, A7) become documents and clauses wherever people read them; other text is left alone."""

import ast
import re
from pathlib import Path

import pytest

from notifications.words import spoken
from notifications.words_for_households import NotRecognised
from policies.citations import INTERNAL, cited, table
from policies.packs import load_pack, pack_ids
from tests.policies.own_numbers import bare_numbers
from tests.policies.test_packs import terms_of

ROOT = Path(__file__).parents[2]
ROOMS = ("casework", "register", "records", "documents", "notifications", "desk", "console")
TEMPLATES = sorted((ROOT / "console" / "templates").rglob("*.html"))
JILIN, NATIONAL = "吉人社函〔2021〕102号", "劳社部发〔2007〕24号"


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        ("内部规定：退出由提出人以外的人员决定（A7、A30）", "内部规定：退出由提出人以外的人员决定"),
        ("J21；内部规定：核查由他人办结", f"{JILIN}第五条第（三）项；内部规定：核查由他人办结"),
        ("J21：承诺未实现的开展核查", f"{JILIN}第五条第（三）项：承诺未实现的开展核查"),
        (f"{JILIN}第四条：“按月”，每个自然月一次（A18）", f"{JILIN}第四条：“按月”，每个自然月一次（内部规定）"),
        ("《案例选编》：“确保一人就业”（另有说法，A11）", "《案例选编》：“确保一人就业”（另有说法，内部规定）"),
        ("内部规定：不稳定的标准（J14、A33）", f"内部规定：不稳定的标准（{JILIN}第四条第（一）项）"),
        ("内部规定：内部时限（N18）", f"内部规定：内部时限（{NATIONAL}第八条）"),
        (f"{NATIONAL}第七条：预防；甲（N14）", f"{NATIONAL}第七条：预防；甲（{NATIONAL}第七条）"),
        ("依据：A7。", "依据：A7。"),
        ("依据：N14；内部规定：预警", f"依据：{NATIONAL}第七条；内部规定：预警"),
        ("J10 A4", f"{JILIN}第三条第（二）项；内部规定：推荐合适且已送达，本人不接受的才算拒绝"),
        ("内部规定：将来的做法（A99）", "内部规定：将来的做法"),
        ("交A4纸复印件（正反面），N95口罩", "交A4纸复印件（正反面），N95口罩"),
        ("", ""),
    ],
)
def test_a_number_becomes_its_source(kept: str, read: str) -> None:
    assert cited(kept) == read
    assert cited(read) == read


def test_every_row_and_decision_has_its_source() -> None:
    documents, internal = table()
    register = (ROOT / "docs" / "requirements.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"(?m)^\| ([CNJL]\d{1,2}) \|", register))
    assert len(rows) > 50
    assert rows <= {*documents, *internal}
    assert {f"A{n}" for n in range(1, 46)} <= {*internal}
    assert [number for number, says in {**documents, **internal}.items() if bare_numbers(says) or not says] == []


def test_no_basis_of_a_pack_shows_a_bare_number() -> None:
    shown = [(key, cited(term.basis)) for pack in pack_ids() for key, term in terms_of(load_pack(pack))]
    assert [each for each in shown if bare_numbers(each[1])] == []


def test_no_sentence_of_a_rule_shows_a_bare_number() -> None:
    """Every string in the code that holds one of our numbers is one that `cited` knows how to read."""
    kept = [text for room in ROOMS for path in (ROOT / room).rglob("*.py") for text in strings(path)]
    assert len([text for text in kept if bare_numbers(text)]) > 20
    assert [text for text in kept if bare_numbers(cited(text))] == []


def strings(path: Path) -> list[str]:
    """Return the strings of a module but its docstrings; of the step table, whose numbers are for us, none."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in told]
    chinese = [text for text in texts if isinstance(text, str) and re.search(r"[\u4e00-\u9fff]", text)]
    return [] if path.parent.name == "rows" else chinese


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_template_shows_clauses_through_the_table(template: Path) -> None:
    if template.stem == "balances":  # its 依据 is what an official typed
        return
    shown = re.findall(r"\{\{[^}]*?[\w.]*\b(?:clause|basis|ground)\b[^}]*\}\}", template.read_text(encoding="utf-8"))
    assert [each for each in shown if "cited" not in each and "each.ground" not in each] == []


def test_a_message_names_the_document() -> None:
    said = spoken(NotRecognised("220302004-2026-00012", "0434-3123456", "已有成员就业", "J9；内部规定：退出（A15）"))
    assert said["clause"] == f"{JILIN}第三条第（一）项；{INTERNAL}：退出"
