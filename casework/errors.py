"""The few ways in which the trade says no.

CaseworkError                 anything the rules refuse; carries a stable code and Chinese words
├── StepNotInTable            this step does not exist for this state (HTTP 409); says what is allowed
├── NotYourStep               this role may not take this step, or the same person may not take both (HTTP 403)
├── SaidNo                    不予办理: a rule's no (HTTP 422); names the field and the clause
├── Conflict                  somebody was first, or the key was used for something else (HTTP 409)
└── Defect                    a rule broke: our mistake, not the asker's; nothing happened (HTTP 500)

HTTP numbers live in `api/errors.py` alone.  Messages never contain names, ID numbers, phones or addresses.
"""


class CaseworkError(Exception):
    """A typed "no": stable `code`, Chinese `message`, and where known the `field`, the `clause` and `details`."""

    def __init__(
        self,
        code: str,
        message: str,
        *,
        field: str | None = None,
        clause: str | None = None,
        details: dict[str, str | list[str]] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.clause = clause
        self.details = details or {}


class StepNotInTable(CaseworkError):
    """The step table has no row for this step in this state."""


class NotYourStep(CaseworkError):
    """The step exists, but this person may not take it."""


class SaidNo(CaseworkError):
    """A rule refuses; the message says which fact and what would make it possible."""


class Conflict(CaseworkError):
    """Somebody else was first, or a key was used again for another request."""


class Defect(CaseworkError):
    """A rule broke on what it was asked; `details` say to the operator what broke and where, never a value."""
