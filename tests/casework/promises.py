"""What tests of promises share: the promise of a life, and a suspension of it."""

from datetime import date

from casework.case_facts import Promise
from tests.make import COUNTY, Life


def promise_of(life: Life) -> Promise:
    assert life.case.promise is not None
    return life.case.promise


def suspended(life: Life, day: str, since: str, until: str | None, ground: str = "illness") -> None:
    end = None if until is None else date.fromisoformat(until)
    life.do(day, "suspend_promise", COUNTY, ground=ground, member="M1", since=date.fromisoformat(since), until=end)
