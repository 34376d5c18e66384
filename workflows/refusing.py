"""How a rule's no travels through the engine and back: an ApplicationError whose type is the stable code."""

from typing import Any

from temporalio.exceptions import ActivityError, ApplicationError

from activities.signatures import REFUSED_FOR_EVER
from casework.errors import CaseworkError, Conflict, NotYourStep, SaidNo, StepNotInTable

_KINDS: dict[str, type[CaseworkError]] = {k.__name__: k for k in (StepNotInTable, NotYourStep, SaidNo, Conflict)}


def as_application_error(no: CaseworkError) -> ApplicationError:
    """Return the engine's form of a rule's no."""
    shape: dict[str, Any] = {
        "kind": type(no).__name__,
        "message": no.message,
        "field": no.field,
        "clause": no.clause,
        "details": no.details,
    }
    return ApplicationError(no.message, shape, type=no.code, non_retryable=True)


def as_casework_error(error: ApplicationError) -> CaseworkError:
    """Return the rule's no that the engine carried; other failures keep their code and message."""
    code = error.type or "engine_error"
    shape = error.details[0] if error.details and isinstance(error.details[0], dict) else {}
    kind = _KINDS.get(str(shape.get("kind")), CaseworkError)
    return kind(
        code,
        str(shape.get("message") or error.message),
        field=shape.get("field"),
        clause=shape.get("clause"),
        details=shape.get("details"),
    )


def refused_for_ever(failure: Exception) -> ApplicationError | None:
    """Return what the record said when the opening of a case may never be written, else None."""
    said = failure.cause if isinstance(failure, ActivityError) else failure
    return said if isinstance(said, ApplicationError) and said.type in REFUSED_FOR_EVER else None
