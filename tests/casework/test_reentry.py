"""Coming back after an exit (A19, A20): shown, counted from 0, barred only where a document says so."""

from datetime import date

import pytest

from casework.errors import CaseworkError
from casework.reentry_facts import EarlierCase
from casework.states import ExitReason
from policies.groups_lives import Reentry
from policies.packs import load_pack
from policies.schema import Policy
from policies.terms import Length, Term
from tests.make import Life

OLD = EarlierCase(
    case_id="220302004-2026-00001",
    exit_reason=ExitReason.REFUSED_REFERRALS,
    exit_on=date(2026, 8, 31),
    members=("M1",),
)


def cooling(*reasons: str) -> Policy:
    terms = Reentry(
        cooling_off=Term(value=Length.parse("1mo"), basis="某办法第九条：退出一个月内不再受理"),
        cooling_reasons=Term(value=reasons, basis="某办法第九条") if reasons else None,
    )
    return load_pack("jilin-2021").model_copy(update={"reentry": terms})


def test_old_exits_are_shown_and_nothing_else_comes_along() -> None:
    life = Life()
    event = life.do("2026-09-01", "apply", earlier=(OLD,))

    assert life.case.earlier_cases == (OLD,)
    assert life.case.refusals == ()
    assert any("2026年8月31日退出" in fact.value for fact in event.why.facts)


@pytest.mark.parametrize("day", ["2026-08-31", "2026-09-30"])
def test_a_documented_cooling_off_period_is_kept_to_its_last_day(day: str) -> None:
    with pytest.raises(CaseworkError) as no:
        Life(pack=cooling()).do(day, "apply", earlier=(OLD,))
    assert no.value.code == "cooling_off"
    assert no.value.clause == "某办法第九条：退出一个月内不再受理"
    assert "2026年9月30日" in no.value.message


def test_the_day_after_and_other_reasons_are_heard() -> None:
    Life(pack=cooling()).do("2026-10-01", "apply", earlier=(OLD,))
    Life(pack=cooling("lost_contact")).do("2026-09-01", "apply", earlier=(OLD,))


def test_no_locality_of_this_release_bars_anybody() -> None:
    for pack in ("jilin-2021", "liaoning-2006", "national-2007"):
        assert load_pack(pack).reentry.cooling_off is None


def test_a_household_forwarded_by_another_window_says_so() -> None:
    life = Life()
    event = life.do("2026-09-01", "apply", forwarded_by="220102001")
    assert life.case.forwarded_by == "220102001"
    assert [f.value for f in event.why.facts if f.label == "转交机构"] == ["220102001"]
