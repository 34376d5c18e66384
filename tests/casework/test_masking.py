"""Masks: one function per kind of datum, and never more than the mask."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.masking import household_label, mask_id, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "shown"),
    [("张三", "张*"), ("欧阳娜娜", "欧*"), ("阿卜杜拉·买买提", "阿*"), ("𠮷田", "𠮷*"), (" 李四 ", "李*"), ("", "*")],
)
def test_a_name_shows_its_first_character_and_not_its_length(name: str, shown: str) -> None:
    assert mask_name(name) == shown


def test_a_household_is_called_by_its_applicants_masked_name() -> None:
    assert household_label("张三") == "张*家庭"


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13812345678", "138****5678"), ("0434-3123456", "****56"), ("110", "****"), ("", "****")],
)
def test_a_phone_can_be_recognised_and_not_called(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("22000019660115001X", "220000***********X"),
        ("220000660115001", "220000********1"),
        ("2200001966", "**********"),
    ],
)
def test_an_id_number_shows_six_and_one(number: str, shown: str) -> None:
    assert mask_id(number) == shown


@given(st.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True))
def test_no_mask_of_an_id_number_tells_birth_date_or_sex(number: str) -> None:
    assert mask_id(number)[6:17] == "*" * 11
