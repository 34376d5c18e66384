"""Whether a vacancy may still be referred to: its days, its closing, its places."""

from dataclasses import replace
from datetime import date

import pytest

from register.vacancy import Offered, Vacancy

OPEN = Vacancy("V-1", "向阳物业", "保洁员", 260_000, "220302001", date(2026, 12, 31), 2, open_from=date(2026, 10, 1))
DAY = date(2026, 10, 12)


@pytest.mark.parametrize(
    ("offered", "day", "code"),
    [
        (Offered(OPEN, 1), DAY, None),
        (Offered(OPEN, 2), DAY, "vacancy_full"),
        (Offered(OPEN, 3), DAY, "vacancy_full"),
        (Offered(replace(OPEN, posts=None), 99), DAY, None),
        (Offered(OPEN), date(2026, 12, 31), None),
        (Offered(OPEN), date(2027, 1, 1), "vacancy_expired"),
        (Offered(OPEN), date(2026, 10, 1), None),
        (Offered(OPEN), date(2026, 9, 30), "vacancy_not_open"),
        (Offered(replace(OPEN, closed_on=DAY)), DAY, "vacancy_closed"),
        (Offered(replace(OPEN, closed_on=DAY)), date(2026, 10, 11), None),
    ],
)
def test_only_an_open_vacancy_with_a_place_left_may_be_referred_to(
    offered: Offered, day: date, code: str | None
) -> None:
    no = offered.no_to_referral(day)
    assert (no and no[0]) == code
    assert no is None or no[1].endswith("。")
