"""What a case remembers of earlier cases of its people (以往个案): found at intake, shown with the new one (A20)."""

from datetime import date

from casework.household import Facts
from casework.states import ExitReason


class EarlierCase(Facts):
    """An earlier case of somebody of this household, as the record found it at intake: who, and how it ended."""

    case_id: str
    exit_reason: ExitReason
    exit_on: date
    members: tuple[str, ...]
