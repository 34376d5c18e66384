"""The port of electronic seals (电子印章): who can put a seal on a PDF, and how it says that it could not.

Two adapters: `seal_local.py` signs here (PAdES), `seal_http.py` asks an official platform.  A paper is sealed once;
asking again with the same `request_id` gives a seal on the same paper, never a second paper.
"""

from dataclasses import dataclass, field
from typing import Protocol

from casework.errors import CaseworkError

MM = 72 / 25.4
SIDE = 42 * MM
"""A round seal of 42 mm."""

RIGHT, BOTTOM = 42 * MM, 33 * MM
"""Where the forms leave room for it on the last page: distances of the seal's box from right and bottom."""


@dataclass(frozen=True, slots=True)
class SealWanted:
    """Which office's seal goes on which paper; `request_id` names the paper, so that asking again is safe."""

    request_id: str
    office: str
    office_name: str
    pdf: bytes = field(repr=False)


class SealService(Protocol):
    """Whoever can seal."""

    def only_for_trying(self, office: str) -> bool:
        """Say whether an office's seal is for trying only, and says so."""
        ...

    def seal(self, wanted: SealWanted) -> bytes:
        """Return the PDF with the seal: what was given, and the seal added to it.  Raises `SealFailed`."""
        ...

    def known_certificates(self) -> tuple[bytes, ...]:
        """Return the certificates (DER) whose signature is one of this installation's seals."""
        ...


class SealFailed(CaseworkError):
    """No seal was put on; the paper is not issued, its number is kept for the next try."""


class SealUnavailable(SealFailed):
    """The platform did not answer or is busy: trying again is safe."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            "seal_unavailable",
            "印章平台暂时没有答复，文书没有制发。编号已经留好，请稍后在同一页再办一次，不会重复。",
            details={"reason": reason},
        )


class SealRefused(SealFailed):
    """The platform will not seal this, or for this office: somebody must look at it."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            "seal_refused",
            "印章平台不同意用印，文书没有制发。请管理员核对本机构在平台上的印章和授权。",
            details={"reason": reason},
        )


class SealAnswerWrong(SealFailed):
    """What came back is not the paper that was sent, with a seal."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            "seal_answer_wrong",
            "印章平台退回的文件与送去的不是同一份，或没有印章，文书没有制发。请管理员与平台联系。",
            details={"reason": reason},
        )
