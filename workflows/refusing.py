"""How a rule's no travels through the engine and back: an ApplicationError whose type is the stable code.

So does what nobody expected: an exception that left a handler as it is would fail the workflow task, which the engine
tries again for ever, and nobody could take a step in the case any more.
"""

from traceback import walk_tb
from typing import Any

from temporalio.exceptions import ActivityError, ApplicationError, FailureError

from activities.signatures import REFUSED_FOR_EVER
from casework.errors import CaseworkError, Conflict, Defect, NotYourStep, SaidNo, StepNotInTable

_KINDS: dict[str, type[CaseworkError]] = {
    k.__name__: k for k in (StepNotInTable, NotYourStep, SaidNo, Conflict, Defect)
}


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


def as_failure(error: Exception) -> FailureError:
    """Return what the engine hands to the caller as an answer, whatever was raised; it never fails a workflow task."""
    return error if isinstance(error, FailureError) else as_application_error(as_no(error))


def as_no(error: Exception) -> CaseworkError:
    """Return a rule's no as it is, and anything else as a `Defect` (`unexpected`) without what it said."""
    if isinstance(error, CaseworkError):
        return error
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    place = f"{frames[-1][0].rpartition('/')[2]}:{frames[-1][1]}" if frames else "?"
    return Defect(
        "unexpected",
        "系统出现意外错误，这一步没有办理，请把情况告诉管理员。",
        details={"kind": type(error).__name__, "place": place},
    )


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
