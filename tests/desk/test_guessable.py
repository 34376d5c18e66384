"""What anybody would try first is no password; a sentence of one's own is."""

import pytest

from desk.guessable import guessable


@pytest.mark.parametrize(
    "password",
    ["12345678", "87654321", "abcdefgh", "88888888", "1212121212", "Password123", "cw-220102001-1"],
)
def test_what_anybody_would_try_is_refused(password: str) -> None:
    assert guessable("cw-220102001-1", password)


@pytest.mark.parametrize("password", ["second-secret", "a-new-secret-1", "院里的杏树今年开花早", "9jpk-rkzh-6ck6"])
def test_what_is_ones_own_stands(password: str) -> None:
    assert not guessable("cw-220102001-1", password)


def test_a_short_account_may_stand_in_a_word() -> None:
    assert not guessable("li", "quiet-lilac-lake")
    assert guessable("lily", "lily-of-the-valley")
