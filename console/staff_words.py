"""How colleagues are called on lists (经办人称呼): by name, with the account that tells two of a name apart."""

from collections.abc import Iterable

from records.applicants import staff_names
from records.engine import Reading


def named_all(work: Reading, accounts: Iterable[str]) -> dict[str, str]:
    """Return how many colleagues are called, by their accounts, in one read."""
    asked = tuple(accounts)
    names = staff_names(work, asked)
    return {each: _called(each, names.get(each, "")) for each in asked}


def named(work: Reading, account: str) -> str:
    """Return 王芳（cw-1）; an account of which no name is known is called by itself."""
    return named_all(work, (account,))[account]


def _called(account: str, name: str) -> str:
    return f"{name}（{account}）" if name and name != account else account
