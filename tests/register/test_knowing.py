"""What the register makes of a household: watched with one low or unstable earner, and couples with one at work."""

from datetime import date
from typing import Any

import pytest

from casework.household import Household
from policies.packs import load_pack
from register.couples import one_at_work
from register.knowing import BOTH, LOW, UNSTABLE, judged
from tests.make import a_member

POLICY, TODAY = load_pack("jilin-2021"), date(2026, 9, 21)


def couple(**hers: Any) -> Household:
    wife = a_member("M2", sex="女", birth_date=date(1982, 7, 9), track="工人", **hers)
    return Household(members=(a_member(), wife))


@pytest.mark.parametrize(
    ("hers", "watch"),
    [
        ({"status": "单位就业", "wage_fen": 50000}, LOW),
        ({"status": "灵活就业", "wage_fen": 600000}, UNSTABLE),
        ({"status": "灵活就业", "wage_fen": 50000}, BOTH),
        ({"status": "单位就业", "wage_fen": 600000}, None),
        ({"status": "登记失业"}, None),
    ],
)
def test_one_low_or_unstable_earner_is_to_be_watched(hers: dict[str, Any], watch: str | None) -> None:
    found = judged(couple(**hers), POLICY, TODAY)
    assert found.watch == watch
    assert (found.watch_why is not None) == (watch is not None)


def test_two_earners_are_not_watched_whatever_they_earn() -> None:
    low = {"status": "单位就业", "wage_fen": 10000}
    both = Household(members=(a_member(**low), couple(**low).members[1]))
    assert judged(both, POLICY, TODAY).watch is None


@pytest.mark.parametrize(
    ("his", "hers", "expected"),
    [
        ("登记失业", "单位就业", True),
        ("灵活就业", "失业未登记", True),
        ("登记失业", "登记失业", False),
        ("单位就业", "个体经营", False),
        ("登记失业", "已退休", False),
    ],
)
def test_a_couple_of_whom_one_works_is_on_the_early_list(his: str, hers: str, expected: bool) -> None:
    household = Household(members=(a_member(status=his), couple(status=hers).members[1]))
    assert one_at_work(household) is expected
    assert one_at_work(Household(members=(a_member(status=his),))) is False
