"""Survey rounds in the record: visits made once, seen by whose they are, covered exactly, told of when overdue."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select, text

from casework.states import Role
from desk.survey_daily import tell_overdue_rounds
from records.accounts import create_account
from records.engine import Record
from records.known_households import keep, opened_as
from records.scope import Scope
from records.survey_rounds import Round, close_round, communities_to_visit, open_round, overdue_rounds, round_of
from records.survey_visits import NOBODY, SAME, count_visits, coverage, tell, visit_of, visits_of
from records.tables_notices import inbox
from tests.records.test_known_households import CLERK, NOW, OFFICE, ZHANG

LAST = date(2026, 10, 10)
ROUND = Round("r-1", OFFICE, "秋季摸底", date(2026, 9, 20), LAST, 5, "zhao", NOW)
HELPER = Scope("li", Role.HELPER, OFFICE)


def a_round(record: Record) -> None:
    """Three households in two communities; one of them has a case."""
    with record.write() as work:
        for number, community in (("A-1", "向阳社区"), ("A-2", "向阳社区"), ("B-1", "光明社区")):
            keep(work, replace(ZHANG, number=number, community=community), account="zhao", now=NOW)
        taken, _ = keep(work, replace(ZHANG, number="B-2", community="光明社区"), account="zhao", now=NOW)
        opened_as(work, taken, "220302004-2026-00009")
        assert communities_to_visit(work, OFFICE) == {"向阳社区": 2, "光明社区": 1}
        assert open_round(work, ROUND, {"向阳社区": "li", "光明社区": "zhao"}) == 3
        assert open_round(work, ROUND, {"向阳社区": "li"}) == 0


def test_a_round_is_opened_once_and_seen_by_whose_it_is(record: Record) -> None:
    a_round(record)
    with record.read() as work:
        assert count_visits(work, CLERK, "r-1") == 3
        assert [v.number for v in visits_of(work, HELPER, "r-1")] == ["A-1", "A-2"]
        others = visits_of(work, CLERK, "r-1", assignee="zhao")
        assert visit_of(work, HELPER, others[0].visit_id) is None
        assert round_of(work, HELPER, "r-1") == ROUND
        for stranger in (Scope("wang", Role.HELPER, OFFICE), Scope("q", Role.CASEWORKER, "220303001")):
            assert round_of(work, stranger, "r-1") is None
            assert visits_of(work, stranger, "r-1") == ()


def test_what_was_told_is_covered_and_its_note_is_sealed(record: Record) -> None:
    a_round(record)
    with record.write() as work:
        first, second = visits_of(work, HELPER, "r-1")
        tell(work, first, state=NOBODY, on=LAST, by="li", now=NOW)
        tell(work, first, state=SAME, on=LAST, by="li", now=NOW, note="张家在家")
        tell(work, second, state=NOBODY, on=LAST, by="li", now=NOW)
    with record.read() as work:
        parts = coverage(work, ["r-1"])["r-1"]
        found = {(p.community, p.state): (p.visits, p.eligible) for p in parts}
        assert found == {
            ("向阳社区", SAME): (1, 1),
            ("向阳社区", NOBODY): (1, 0),
            ("光明社区", "to_visit"): (1, 0),
        }
        told = visit_of(work, HELPER, first.visit_id)
        assert told is not None
        assert (told.note, told.version) == ("张家在家", 3)
        [row] = work.connection.execute(text("SELECT note FROM survey_visits WHERE note IS NOT NULL")).scalars()
        assert "张家".encode() not in bytes(row)


def test_an_overdue_round_is_told_once_to_who_has_visits_left_and_to_who_opened_it(record: Record) -> None:
    for account, role in (("li", Role.HELPER), ("zhao", Role.CASEWORKER)):
        create_account(
            record, account=account, password="long-enough-1", role=role, area=OFFICE, name="某", phone=None, now=NOW
        )
    a_round(record)
    tell_overdue_rounds(record, LAST, NOW)
    after = LAST + timedelta(days=1)
    for _ in range(2):
        tell_overdue_rounds(record, after, datetime(2026, 10, 11, 1, tzinfo=UTC))
    with record.read() as work:
        assert sorted(work.connection.execute(select(inbox.c.account)).scalars()) == ["li", "zhao"]
    with record.write() as work:
        assert close_round(work, "r-1", by="zhao", on=after)
        assert not close_round(work, "r-1", by="zhao", on=after)
        assert overdue_rounds(work, after) == ()
