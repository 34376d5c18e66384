"""What a page calls colleagues and places by (称呼): `hand(account)` and `place(code)`, asked when a page needs them.

A page must be shown when the record cannot say a name; then the account or the code stands there by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.requests import Request

from casework.errors import CaseworkError
from console.staff_words import named
from records.engine import Reading
from records.offices import office_for


@dataclass(slots=True)
class Called:
    """The names of one page, each read once."""

    request: Request
    known: dict[str, str] = field(default_factory=dict)

    def hand(self, account: str | None) -> str:
        """王芳（cw-1）, for "S 代 X" both; nobody is 系统."""
        if not account or account == "system":
            return "系统"
        return " 代 ".join(self._known(one, named) for one in account.split(" 代 "))

    def place(self, code: str) -> str:
        """铁西区公共就业服务中心（220302）; a place without a name is its code."""
        return self._known(code, _placed)

    def office(self, code: str) -> str:
        """铁西区公共就业服务中心; a place without a name is its code."""
        return self.place(code).removesuffix(f"（{code}）")

    def _known(self, wanted: str, read: Callable[[Reading, str], str]) -> str:
        if wanted not in self.known:
            try:
                with self.request.app.state.desk.record.read() as work:
                    self.known[wanted] = read(work, wanted)
            except CaseworkError:
                return wanted
        return self.known[wanted]


def _placed(work: Reading, code: str) -> str:
    found = office_for(work, code)
    return f"{found.name}（{code}）" if found and found.office == code and found.name else code
