"""GB 11643: what a resident ID number proves about itself (scenario 92)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn.ric import calc_check_digit

from casework.household import Sex
from casework.resident_id import InvalidResidentId, check_character, read_resident_id

numbers = st.builds(
    lambda place, born, order: f"{place:06d}{born:%Y%m%d}{order:03d}",
    st.integers(110000, 659999),
    st.dates(date(1900, 1, 1), date(2030, 12, 31)),
    st.integers(0, 999),
)


def test_scenario_92_wrong_check_digit_is_rejected_with_reason() -> None:
    with pytest.raises(InvalidResidentId) as said:
        read_resident_id("110105194912310021")

    assert said.value.code == "resident_id_check_digit"
    assert "校验码" in said.value.message
    assert said.value.field == "身份证号"


def test_scenario_92_small_x_is_stored_as_capital() -> None:
    read = read_resident_id("11010519491231002x")

    assert read.number == "11010519491231002X"
    assert (read.birth_date, read.sex) == (date(1949, 12, 31), Sex.FEMALE)
    assert read.warnings == ()


@given(numbers)
def test_check_character_agrees_with_an_independent_library(seventeen: str) -> None:
    assert check_character(seventeen) == calc_check_digit(seventeen + "0")


@given(numbers, st.integers(0, 16), st.integers(1, 9))
def test_any_single_wrong_digit_is_noticed(seventeen: str, place: int, shift: int) -> None:
    good = seventeen + check_character(seventeen)
    wrong = good[:place] + str((int(good[place]) + shift) % 10) + good[place + 1 :]

    assert read_resident_id(good).birth_date.strftime("%Y%m%d") == seventeen[6:14]
    with pytest.raises(InvalidResidentId):
        read_resident_id(wrong)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "resident_id_length"),
        ("110105491231002", "resident_id_length"),
        ("1101051949123100200", "resident_id_length"),
        ("11010519491231002A", "resident_id_characters"),
        ("1101051949123100X2", "resident_id_characters"),
        ("１１０１０５１９４９１２３１００２X", "resident_id_characters"),
        ("110105194902300020", "resident_id_birth_date"),
        ("110105194900000020", "resident_id_birth_date"),
        ("110105000001010020", "resident_id_birth_date"),
        ("110105179912310020", "resident_id_birth_date"),
    ],
)
def test_wrong_numbers_are_refused_without_repeating_them(text: str, code: str) -> None:
    with pytest.raises(InvalidResidentId) as said:
        read_resident_id(text)

    assert said.value.code == code
    assert not text or text not in said.value.message + repr(said.value) + str(said.value)


def test_unknown_province_is_a_warning_and_the_number_is_not_shown() -> None:
    seventeen = "99000019900101123"
    read = read_resident_id(seventeen + check_character(seventeen))

    assert read.sex is Sex.MALE
    assert len(read.warnings) == 1
    assert seventeen not in repr(read)
