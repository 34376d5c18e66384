"""The words of the notices around the promise (承诺), by the names of their templates; see `notice_words.py`."""

from collections.abc import Callable, Mapping

from casework.case import Case
from casework.ruling import Ruling, Setting
from casework.times import in_words

Words = Mapping[str, str]


def _due(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    promise = ruling.case.promise
    return {"promise_due": promise.due_on.isoformat() if promise else ""}


def _then(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    """What a suspension means for the due day; None is told while its end is not known."""
    promise = ruling.case.promise
    assert promise is not None
    open_ended = promise.paused and promise.met_on is None
    return {"then": "恢复后重新计算到期日" if open_ended else f"到期日为{in_words(promise.due_on)}"}


def _relocation(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    moved = ruling.case.relocation
    return {"promise_due": moved.promise.due_on.isoformat() if moved else ""}


def _unsteady(before: Case | None, ruling: Ruling, setting: Setting) -> Words:
    unsteady = ruling.case.unsteady
    return {"due_on": unsteady.due_on.isoformat() if unsteady else ""}


PROMISE_WORDS: dict[str, Callable[[Case | None, Ruling, Setting], Words]] = {
    "promise_suspended": _then,
    "promise_resumed": _then,
    "promise_escalated_county": _due,
    "promise_escalated_city": _due,
    "relocation_due_soon": _relocation,
    "relocation_overdue": _relocation,
    "unsteady_job": _unsteady,
    "guaranteed_post_owed": lambda b, r, s: {"within": s.policy.hardship.arrange_within.value.words},
}
