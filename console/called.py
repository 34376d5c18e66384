"""What a page calls colleagues and places by (称呼): `hand(account)` and `place(code)`, asked when a page needs them.

A page must be shown when the record cannot say a name; then the account or the code stands there by itself.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.requests import Request

from casework.errors import CaseworkError
from console.staff_words import named
from records.engine import Reading
from records.offices import offices_in


@dataclass(slots=True)
class Called:
    """The names of one page, each read once."""

    request: Request
    known: dict[str, str] = field(default_factory=dict)

    def hand(self, account: str | None) -> str:
        """王芳（cw-1）; nobody is 系统."""
        if not account or account == "system":
            return "系统"
        return self._known(account, named)

    def place(self, code: str) -> str:
        """铁西区公共就业服务中心（220302）; a place without a name is its code."""
        return self._known(code, _placed)

    def _known(self, wanted: str, read: Callable[[Reading, str], str]) -> str:
        if wanted not in self.known:
            try:
                with self.request.app.state.desk.record.read() as work:
                    self.known[wanted] = read(work, wanted)
            except CaseworkError:
                return wanted
        return self.known[wanted]


def _placed(work: Reading, code: str) -> str:
    name = next((each.name for each in offices_in(work, code) if each.office == code), "")
    return f"{name}（{code}）" if name else code
