"""Refusal and contact counts against a slow second counting that tries every choice of days (hypothesis)."""

from datetime import date, timedelta
from itertools import combinations, product

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.case import Case
from casework.case_facts import Contact, ContactChannel, ContactOutcome, Refusal, RefusalStatus, RefusalWarning
from casework.contact_counts import lost
from casework.refusal_counts import may_exit, reached_by
from casework.ruling import Setting
from policies.packs import load_pack
from policies.schema import Policy
from tests.make import Life, a_case, a_member

MONTH = relativedelta(months=1)
STARTS = (date(2026, 1, 20), date(2026, 2, 1), date(2027, 12, 20), date(2028, 1, 25), date(2028, 2, 20))
"""Month ends, a leap day, a year's end: a month that begins on the 31st ends on the last of a shorter one."""

DAYS = st.tuples(st.sampled_from(STARTS), st.lists(st.integers(0, 70), max_size=7)).map(
    lambda drawn: sorted(drawn[0] + timedelta(days=n) for n in drawn[1])
)
STATUS = st.sampled_from([RefusalStatus.UNJUSTIFIED] * 3 + [RefusalStatus.PENDING, RefusalStatus.JUSTIFIED])

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
PLAIN = a_case()


def changed(**terms: object) -> Policy:
    """Jilin's policy with some terms of refusal or contact changed: refusal_scope="all_members"."""
    policy = load_pack("jilin-2021")
    for name, value in terms.items():
        group, _, term = name.partition("_")
        old = getattr(policy, group)
        new = old.model_copy(update={term: getattr(old, term).model_copy(update={"value": value})})
        policy = policy.model_copy(update={group: new})
    return policy


def setting(policy: Policy) -> Setting:
    life = Life(pack=policy)
    return Setting(policy, life.calendar, life.now)


def a_refusal(number: int, member: str, on: date, status: RefusalStatus, set_aside: bool) -> Refusal:
    return Refusal(
        refusal_id=f"F{number}", referral="R1", member=member, on=on, reason_code=None, recorded_by="h",
        status=status, judged_by="c", set_aside=set_aside,
    )  # fmt: skip


def full_sets(rows: list[Refusal], member: str, threshold: int) -> list[tuple[Refusal, ...]]:
    """Every choice of `threshold` counting refusals of one member of which the last lies in the month of the first."""
    mine = [r for r in rows if r.member == member and r.status is RefusalStatus.UNJUSTIFIED and not r.set_aside]
    mine.sort(key=lambda r: (r.on, int(r.refusal_id[1:])))
    return [chosen for chosen in combinations(mine, threshold) if chosen[-1].on <= chosen[0].on + MONTH]


@PATIENT
@given(
    rows=st.lists(st.tuples(DAYS, st.sampled_from(["M1", "M2"]), STATUS, st.booleans()), max_size=4),
    threshold=st.sampled_from([2, 3, 3, 4]),
    scope=st.sampled_from(["any_member", "all_members"]),
    base=st.sampled_from([("M1",), ("M1", "M2"), ("M2",)]),
)
def test_who_is_at_the_threshold_is_what_every_choice_of_refusals_says(
    rows: list[tuple[list[date], str, RefusalStatus, bool]], threshold: int, scope: str, base: tuple[str, ...]
) -> None:
    number = 0
    refusals = []
    for days, member, status, aside in rows:
        for day in days:
            number += 1
            refusals.append(a_refusal(number, member, day, status, aside and number % 3 == 0))
    case = PLAIN.model_copy(
        update={"refusals": tuple(refusals), "standing": PLAIN.standing.model_copy(update={"base": base})}
    )
    here = setting(changed(refusal_threshold=threshold, refusal_scope=scope))

    full = tuple(m for m in base if full_sets(refusals, m, threshold))
    if scope == "all_members" and len(full) < len(base):
        full = ()
    assert reached_by(case, here) == full


@PATIENT
@given(days=DAYS, warned=st.integers(-5, 75))
def test_the_warning_lies_between_the_second_and_the_last_refusal_of_some_full_window(
    days: list[date], warned: int
) -> None:
    rows = [a_refusal(n + 1, "M1", day, RefusalStatus.UNJUSTIFIED, False) for n, day in enumerate(days)]
    day = (days[0] if days else STARTS[0]) + timedelta(days=warned)
    case = PLAIN.model_copy(update={"refusals": tuple(rows), "warnings": (RefusalWarning(member="M1", on=day),)})
    windows = [[r.on for r in rows if first.on <= r.on <= first.on + MONTH] for first in rows]
    wanted = any(len(w) >= 3 and w[1] <= day < w[-1] for w in windows)
    jilin = setting(load_pack("jilin-2021"))

    assert bool(reached_by(case, jilin)) == any(len(w) >= 3 for w in windows)
    assert may_exit(case, jilin) == wanted


CHANNELS = st.sampled_from(list(ContactChannel))
OUTCOMES = st.sampled_from([ContactOutcome.FAILED] * 5 + [ContactOutcome.REACHED])


@PATIENT
@given(
    attempts=st.tuples(
        st.sampled_from(STARTS), st.lists(st.tuples(st.integers(0, 45), CHANNELS, OUTCOMES), max_size=8)
    ),
    threshold=st.sampled_from([2, 3, 3, 4]),
    channels=st.sampled_from([1, 2, 2, 3]),
    paper=st.booleans(),
)
def test_lost_contact_is_what_every_choice_of_one_attempt_a_day_says(
    attempts: tuple[date, list[tuple[int, ContactChannel, ContactOutcome]]],
    threshold: int,
    channels: int,
    paper: bool,
) -> None:
    start, drawn = attempts
    channels = min(channels, threshold)
    rows = [
        Contact(contact_id=f"C{n + 1}", on=start + timedelta(days=day), channel=channel, outcome=outcome)
        for n, (day, channel, outcome) in enumerate(drawn)
    ]
    policy = changed(contact_threshold=threshold, contact_min_channels=channels, contact_needs_visit_or_letter=paper)
    case: Case = PLAIN.model_copy(update={"contacts": tuple(rows)})

    assert bool(lost(case, setting(policy))) == _lost(rows, threshold, channels, paper)


def _lost(rows: list[Contact], threshold: int, channels: int, paper: bool) -> bool:
    """Try every choice: days within one month after the last success, one attempt of each day."""
    ordered = sorted(rows, key=lambda c: (c.on, int(c.contact_id[1:])))
    last = max((n for n, c in enumerate(ordered) if c.outcome is ContactOutcome.REACHED), default=-1)
    failed = ordered[last + 1 :]
    for first in {c.on for c in failed}:
        inside = [c for c in failed if first <= c.on <= first + MONTH]
        days = sorted({c.on for c in inside})
        if len(days) < threshold:
            continue
        for chosen in product(*([c.channel for c in inside if c.on == day] for day in days)):
            homes = not paper or {ContactChannel.VISIT, ContactChannel.LETTER} & set(chosen)
            if homes and len(set(chosen)) >= channels:
                return True
    return False


def test_scenarios_37_and_38_at_the_month_s_end_of_a_leap_year() -> None:
    for last, reached in ((date(2028, 2, 29), ("M1",)), (date(2028, 3, 1), ())):
        days = (date(2028, 1, 31), date(2028, 2, 10), last)
        rows = tuple(a_refusal(n, "M1", d, RefusalStatus.UNJUSTIFIED, False) for n, d in enumerate(days, 1))
        assert reached_by(a_case(refusals=rows), setting(load_pack("jilin-2021"))) == reached


def test_scenario_43_two_by_the_husband_and_one_by_the_wife_are_not_three() -> None:
    days = ((date(2026, 2, 2), "M1"), (date(2026, 2, 4), "M1"), (date(2026, 2, 6), "M2"))
    rows = tuple(a_refusal(n, m, d, RefusalStatus.UNJUSTIFIED, False) for n, (d, m) in enumerate(days, 1))
    assert reached_by(a_case(refusals=rows), setting(load_pack("jilin-2021"))) == ()


@pytest.mark.parametrize("later", ["M1", "M2"])
def test_where_all_must_refuse_a_member_who_leaves_the_base_is_no_longer_waited_for(later: str) -> None:
    """One of two reached the threshold; the other comes of retirement age: then all who are left have refused."""
    life = Life(
        a_member(),
        a_member("M2", sex="女", birth_date=date(1971, 6, 10), track="干部"),
        pack=changed(refusal_scope="all_members"),
    ).assisted("2026-09-28", "2026-10-12")
    stays = "M1"
    for day, judged in (("2026-10-13", "2026-10-14"), ("2026-10-15", "2026-10-16"), ("2026-10-19", "2026-10-20")):
        life.refused(day, judged, member=stays if later == "M1" else "M2")
    assert life.case.exit_proposal is None
    life.until("2026-11-10")

    assert life.case.standing.base == ("M1",)
    assert (life.case.exit_proposal is not None) == (later == "M1")
