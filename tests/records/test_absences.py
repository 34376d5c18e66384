"""Absences and who is responsible on a day: substitutes, chains, circles, early returns (A44, scenario 79)."""

from datetime import date, timedelta

import pytest

from casework.errors import CaseworkError
from casework.states import Role
from records.absences import absence_of, add_absence, cancel_absence, change_last_day, list_absences
from records.accounts import create_account, disable_account
from records.engine import Record
from records.responsible import responsible_for
from records.tables_delegation import absences
from tests.records.made import AT, OFFICE

AWAY, BACK = date(2026, 10, 12), date(2026, 10, 16)
DAY = timedelta(days=1)


def staffed(record: Record, *names: str, role: Role = Role.HELPER, area: str = OFFICE) -> None:
    for name in names:
        create_account(
            record, account=name, password="long enough", role=role, area=area, name="演练", phone=None, now=AT
        )


def away(record: Record, account: str, substitute: str, first: date = AWAY, last: date = BACK) -> int:
    with record.write() as work:
        return add_absence(
            work,
            account=account,
            substitute=substitute,
            first=first,
            last=last,
            reason="住院治疗",
            made_by=account,
            now=AT,
        ).absence_id


def responsible(record: Record, account: str, on: date) -> str:
    with record.read() as work:
        return responsible_for(work, account, on)


def test_scenario_79_the_substitute_is_responsible_from_the_first_to_the_last_day_and_not_longer(
    record: Record,
) -> None:
    staffed(record, "h1", "h2")
    away(record, "h1", "h2")
    days = {day: responsible(record, "h1", day) for day in (AWAY - DAY, AWAY, BACK, BACK + DAY)}
    assert list(days.values()) == ["h1", "h2", "h2", "h1"]
    assert responsible(record, "h2", AWAY) == "h2"


def test_a_substitute_who_is_away_too_passes_the_work_on_for_those_days(record: Record) -> None:
    staffed(record, "h1", "h2", "h3")
    away(record, "h1", "h2")
    away(record, "h2", "h3", AWAY + DAY, AWAY + DAY)
    assert [responsible(record, "h1", AWAY + n * DAY) for n in (0, 1, 2)] == ["h2", "h3", "h2"]


def test_nobody_stands_in_for_itself_by_way_of_others(record: Record) -> None:
    staffed(record, "h1", "h2", "h3")
    away(record, "h1", "h2")
    away(record, "h2", "h3", AWAY, BACK)
    for first, last, refused in ((BACK, BACK + DAY, True), (BACK + DAY, BACK + DAY, False)):
        if refused:
            with pytest.raises(CaseworkError) as no:
                away(record, "h3", "h1", first, last)
            assert no.value.code == "absence_circle"
        else:
            away(record, "h3", "h1", first, last)


def test_a_circle_that_came_about_all_the_same_leaves_the_work_with_its_own_person(record: Record) -> None:
    staffed(record, "h1", "h2")
    away(record, "h1", "h2")
    with record.write() as work:
        row = {"account": "h2", "substitute": "h1", "first": AWAY, "last": BACK, "reason": b"", "made_by": "h2"}
        work.connection.execute(absences.insert(), row | {"made_at": AT})
    assert responsible(record, "h1", AWAY) == "h1"


def test_the_work_returns_when_the_substitute_leaves_for_good(record: Record) -> None:
    staffed(record, "h1", "h2")
    away(record, "h1", "h2")
    with record.write() as work:
        disable_account(work, "h2")
    assert responsible(record, "h1", AWAY) == "h1"


@pytest.mark.parametrize(
    ("account", "substitute", "first", "last", "code"),
    [
        ("h1", "h1", AWAY, BACK, "substitute_unfit"),
        ("h1", "nobody", AWAY, BACK, "substitute_unfit"),
        ("h1", "clerk", AWAY, BACK, "substitute_unfit"),
        ("h1", "h-elsewhere", AWAY, BACK, "substitute_unfit"),
        ("clerk", "clerk-elsewhere", AWAY, BACK, "substitute_unfit"),
        ("nobody", "h1", AWAY, BACK, "absence_of_nobody"),
        ("h1", "h2", BACK, AWAY, "absence_ends_before_it_begins"),
        ("h1", "h2", AWAY, AWAY + timedelta(days=366), "absence_too_long"),
    ],
)
def test_what_an_absence_may_not_be(
    record: Record, account: str, substitute: str, first: date, last: date, code: str
) -> None:
    staffed(record, "h1", "h2")
    staffed(record, "clerk", role=Role.CASEWORKER)
    staffed(record, "clerk-elsewhere", role=Role.CASEWORKER, area="220302005")
    staffed(record, "h-elsewhere", area="220302005")
    with pytest.raises(CaseworkError) as no:
        away(record, account, substitute, first, last)
    assert no.value.code == code


def test_a_helper_of_the_county_may_stand_in_for_one_of_a_street_but_not_the_other_way(record: Record) -> None:
    staffed(record, "street")
    staffed(record, "county", area="220302")
    away(record, "street", "county")
    with pytest.raises(CaseworkError):
        away(record, "county", "street", BACK + DAY, BACK + DAY)


def test_two_absences_of_one_person_never_overlap(record: Record) -> None:
    staffed(record, "h1", "h2")
    away(record, "h1", "h2")
    for first, last in ((BACK, BACK + DAY), (AWAY - DAY, AWAY), (AWAY + DAY, AWAY + DAY)):
        with pytest.raises(CaseworkError) as no:
            away(record, "h1", "h2", first, last)
        assert no.value.code == "absence_overlaps"
    away(record, "h1", "h2", BACK + DAY, BACK + DAY)


def test_an_absence_is_shortened_lengthened_and_cancelled(record: Record) -> None:
    staffed(record, "h1", "h2")
    number = away(record, "h1", "h2")
    away(record, "h1", "h2", BACK + 2 * DAY, BACK + 2 * DAY)
    with record.write() as work:
        assert change_last_day(work, number, BACK - DAY).last == BACK - DAY
    assert responsible(record, "h1", BACK) == "h1"
    with record.write() as work:
        change_last_day(work, number, BACK + DAY)
    assert responsible(record, "h1", BACK + DAY) == "h2"
    for last, code in ((BACK + 2 * DAY, "absence_overlaps"), (AWAY - DAY, "absence_ends_before_it_begins")):
        with pytest.raises(CaseworkError) as no, record.write() as work:
            change_last_day(work, number, last)
        assert no.value.code == code
    with record.write() as work:
        cancel_absence(work, number, "boss", AT)
        cancel_absence(work, number, "later", AT + DAY)
    assert responsible(record, "h1", AWAY) == "h1"
    with record.read() as work:
        kept = absence_of(work, number)
    assert kept is not None
    assert (kept.cancelled_by, kept.cancelled_at, kept.reason) == ("boss", AT, "住院治疗")
    with pytest.raises(CaseworkError) as no, record.write() as work:
        change_last_day(work, number, BACK)
    assert no.value.code == "absence_cancelled"


def test_the_list_shows_an_area_or_what_concerns_the_caller(record: Record) -> None:
    staffed(record, "h1", "h2", "h3")
    staffed(record, "x1", "x2", area="220102001")
    away(record, "h1", "h2")
    away(record, "h3", "h1", BACK + DAY, BACK + DAY)
    away(record, "x1", "x2")
    with record.read() as work:
        assert [a.account for a in list_absences(work, area="220302", account="boss")] == ["h1", "h3"]
        assert [a.account for a in list_absences(work, area=None, account="h2")] == ["h1"]
        assert [a.account for a in list_absences(work, area=None, account="h1", since=BACK + DAY)] == ["h3"]
        assert [a.account for a in list_absences(work, area="22", account="boss", on=BACK)] == ["h1", "x1"]


def test_the_reason_is_sealed(record: Record) -> None:
    staffed(record, "h1", "h2")
    number = away(record, "h1", "h2")
    with record.read() as work:
        row = work.connection.execute(absences.select().where(absences.c.absence_id == number)).one()
    assert "住院".encode() not in row.reason
