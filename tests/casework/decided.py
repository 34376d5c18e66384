"""Lives up to a county's decision on an exit, for the tests of what follows it.  Nothing here asserts much."""

from datetime import date

import pytest

from casework.case import Case
from casework.errors import CaseworkError
from casework.states import Actor
from tests.make import CLERK, COUNTY, Life


def refused_thrice() -> Life:
    """Sealed 02-02 (promise due 03-06), refusals 02-03, 02-05, 02-09, warned 02-06, proposed 02-10."""
    life = Life().assisted("2026-01-26", "2026-02-02")
    life.refused("2026-02-03", "2026-02-04")
    life.refused("2026-02-05", "2026-02-06")
    life.do("2026-02-06", "issue_warning", member="M1")
    life.refused("2026-02-09", "2026-02-10")
    return life


def decided() -> Life:
    """Decided on 2026-02-25 (Wednesday), to be appealed until 03-03, in effect from 03-04."""
    life = refused_thrice()
    life.do("2026-02-25", "approve_exit", COUNTY)
    return life


def due(case: Case) -> date:
    assert case.promise is not None
    return case.promise.due_on


def no(life: Life, when: str, step: str, by: Actor = CLERK, **fields: object) -> CaseworkError:
    with pytest.raises(CaseworkError) as said:
        life.do(when, step, by, **fields)
    return said.value
