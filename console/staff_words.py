"""How colleagues are called on lists (经办人称呼): by name, with the account that tells two of a name apart."""

from records.applicants import staff_names
from records.engine import Reading


def named(work: Reading, account: str) -> str:
    """Return 王芳（cw-1）; an account of which no name is known is called by itself."""
    name = staff_names(work, (account,)).get(account, "")
    return f"{name}（{account}）" if name and name != account else account
