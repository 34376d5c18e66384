"""Typeset forms: the same bytes each time, PDF/A, rare characters right, and no name that becomes a command."""

from pathlib import Path

import pytest

from documents.paper_kinds import PaperKind
from documents.typesetting import CharacterMissing, FontsMissing, Typesetter, pdf_batch
from tests.documents.made_papers import ON, TYPESETTER, data
from tests.documents.pdf_text import text_of

FORMS = sorted({kind.looks.form for kind in PaperKind})
RARE = "䶮𬭛㛃𫖮"
HOSTILE = (
    '#image("x")',
    "$ x^2 $",
    "\\",
    "*强*",
    '"引号"',
    "_a_",
    "@ref",
    "<label>",
    "#panic()",
    "//注",
    "`x`",
    "= 题",
)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_one_page_of_pdf_a_with_number_and_code(form: str) -> None:
    pdf = TYPESETTER.pdf(form, data(), ON)
    said = text_of(pdf)
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf
    for words in ("220104零援认〔2026〕15号", "7K2M-9QXR-4T0B", "第1页，共1页"):
        assert words in said.replace(" ", "")
    assert b"wanjia-paper/7K2M9QXR4T0B" in pdf


@pytest.mark.parametrize("form", FORMS)
def test_the_same_data_give_the_same_bytes(form: str) -> None:
    assert TYPESETTER.pdf(form, data(), ON) == TYPESETTER.pdf(form, data(), ON)


def test_another_compiler_gives_the_same_bytes() -> None:
    assert Typesetter().pdf("certified", data(), ON) == TYPESETTER.pdf("certified", data(), ON)


def test_rare_characters_stand_right_in_the_text_layer() -> None:
    applicant = data()["applicant"] | {"name": f"欧阳{RARE}"}
    assert f"欧阳{RARE}" in text_of(TYPESETTER.pdf("certified", data(applicant=applicant), ON))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_text_whatever_it_looks_like(name: str) -> None:
    pdf = TYPESETTER.pdf("certified", data(applicant=data()["applicant"] | {"name": name}, address=name), ON)
    assert name.replace(" ", "") in text_of(pdf).replace(" ", "")


def test_a_character_that_no_font_has_stops_the_paper_and_is_named() -> None:
    with pytest.raises(CharacterMissing) as said:
        TYPESETTER.pdf("certified", data(address="某街\U00028a75号" + "\U000e0ff0"), ON)
    assert "字库里没有" in said.value.message
    assert "U+" in said.value.message


def test_without_fonts_it_is_said_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing) as said:
        Typesetter(tmp_path).pdf("certified", data(), ON)
    assert "set_up.sh fonts" in said.value.message


def test_the_posted_notice_holds_nothing_whole() -> None:
    """Even given everything, the form of the publicity notice sets none of it."""
    said = text_of(TYPESETTER.pdf("publicity", data(), ON))
    for whole in ("张䶮", "220104198001010017", "13800000000", "某街1号", "欧阳娜娜", "220104001-2026-00001"):
        assert whole not in said
    assert "张*" in said


def test_exit_says_how_to_appeal_or_that_it_is_over() -> None:
    assert "不服本决定的，可以申诉" in text_of(TYPESETTER.pdf("exit", data(), ON))
    over = text_of(TYPESETTER.pdf("exit", data(appeal_by=None), ON))
    assert "申诉期已届满" in over
    assert "可以申诉" not in over
    assert "补贴依规追回" in text_of(TYPESETTER.pdf("exit", data(revoked=True), ON))


def test_a_big_family_goes_on_to_a_second_page_and_the_pages_are_counted() -> None:
    members = [data()["members"][0] | {"member_id": f"M{n}"} for n in range(1, 31)]
    assert "第2页，共2页" in text_of(TYPESETTER.pdf("application", data(members=members), ON)).replace(" ", "")


@pytest.mark.slow
def test_many_are_made_in_order_by_several_processes() -> None:
    wanted = [("certified", data(address=f"某街{n}号"), ON) for n in range(40)]
    made = list(pdf_batch(wanted, processes=2))
    assert [f"某街{n}号" in text_of(pdf).replace(" ", "") for n, pdf in enumerate(made)] == [True] * 40
