"""A form as it came, and what it is shown again with (送来的表单)."""

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

from console.doorstep.kinds import Kind
from console.doorstep.meanwhile import Meanwhile
from console.forms import Form, Mistake
from desk.desk import Caller, Desk


@dataclass(frozen=True, slots=True)
class Sent:
    """One form: by whom, of which household and kind, and of which referral (for an answer)."""

    request: Request
    desk: Desk
    caller: Caller
    case_id: str
    kind: Kind
    referral_id: str
    form: Form
    now: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What a form is shown with.

    `saved`: what is on record already when only the rest is left; `may_keep` offers to keep what is not possible now.
    """

    status: int = 200
    mistakes: tuple[Mistake, ...] = ()
    meanwhile: Meanwhile | None = None
    saved: str = ""
    may_keep: bool = False
