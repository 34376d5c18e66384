"""Which passwords anybody would try first (容易被猜到的密码): the account itself, runs, repetitions, the common ones.

Length is asked for where the password is kept (`records/accounts.py`); first passwords are changed at once anyhow.
"""

from itertools import pairwise

from casework.errors import SaidNo

FEWEST_DIFFERENT = 4
SHORTEST_TOLD = 4
"""A shorter account stands in many a word by chance."""
COMMON = frozenset(
    (
        "password",
        "passw0rd",
        "password1",
        "password123",
        "p@ssw0rd",
        "admin123",
        "admin888",
        "administrator",
        "qwertyuiop",
        "qwer1234",
        "qwerty123",
        "1q2w3e4r",
        "1qaz2wsx",
        "1qaz@wsx",
        "q1w2e3r4",
        "asdf1234",
        "asdfghjkl",
        "zxcvbnm1",
        "abc12345",
        "abcd1234",
        "a1234567",
        "a12345678",
        "a123456789",
        "aa123456",
        "aaa12345",
        "qq123456",
        "12345678a",
        "123456abc",
        "1234abcd",
        "5201314a",
        "woaini123",
        "woaini520",
        "woaini1314",
        "iloveyou",
        "changeme",
        "wanjia123",
        "12341234",
        "123123123",
        "147258369",
        "789456123",
        "11223344",
        "88888888a",
    )
)
WORDS = "密码太容易被猜到：不能包含账号，不能是常见密码，也不能是连续或重复的数字、字母。请换一句只有自己知道的话。"


def refuse_guessable(account: str, password: str, field: str) -> None:
    """Raise `SaidNo` (password_guessable) for what anybody would try first."""
    if guessable(account, password):
        raise SaidNo("password_guessable", WORDS, field=field)


def guessable(account: str, password: str) -> bool:
    """Say whether a password is among the first that anybody would try."""
    plain = password.casefold()
    steps = {ord(after) - ord(before) for before, after in pairwise(plain)}
    in_a_run = len(steps) == 1 and steps <= {-1, 0, 1}
    of_account = len(account) >= SHORTEST_TOLD and account.casefold() in plain
    return of_account or plain in COMMON or len(set(plain)) < FEWEST_DIFFERENT or in_a_run
