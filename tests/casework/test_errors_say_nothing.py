"""What cannot be read is not repeated in the error: a worker's failure is kept by the engine unsealed, and logged."""

import pytest
from pydantic import ValidationError

from casework.household import Member
from tests.records.made import BORN, a_case


def test_a_fact_that_is_refused_shows_no_birth_date() -> None:
    [member] = a_case().household.members
    with pytest.raises(ValidationError) as refused:
        Member.model_validate(member.model_dump(mode="json") | {"from_a_later_release": BORN.isoformat()})
    assert "from_a_later_release" in str(refused.value)
    assert BORN.isoformat() not in str(refused.value)
