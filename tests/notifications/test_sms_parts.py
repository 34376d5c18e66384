"""Parts of a message: 70 code units alone, 67 in each of several, no character cut in two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.sms_parts import code_units, count_parts, split_parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 0),
        ("中" * 70, 1),
        ("中" * 71, 2),
        ("中" * 134, 2),
        ("中" * 135, 3),
        ("𠮷" * 35, 1),
        ("𠮷" * 36, 2),
        ("𠮷" * 66, 2),
        ("𠮷" * 67, 3),
        ("a" * 71, 2),
    ],
)
def test_parts_are_counted_as_the_carrier_counts_them(text: str, parts: int) -> None:
    assert count_parts(text) == parts


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400))
def test_parts_join_to_the_text_fit_and_are_as_few_as_can_be(text: str) -> None:
    parts = split_parts(text)

    assert "".join(parts) == text
    assert code_units(text) == len(text.encode("utf-16-be")) // 2
    if len(parts) > 1:
        assert all(0 < code_units(part) <= 67 for part in parts)
        assert all(code_units(part) >= 66 for part in parts[:-1])
        assert code_units(text) > 70
    else:
        assert code_units(text) <= 70


@given(st.text(alphabet="中𠮷", max_size=300))
def test_no_part_cuts_a_surrogate_pair(text: str) -> None:
    for part in split_parts(text):
        assert part.encode("utf-16-be").decode("utf-16-be") == part
