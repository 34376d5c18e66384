"""Communities that an earlier release stored in another spelling: put right once, without what was posted or sealed."""

from dataclasses import replace

from sqlalchemy import select, update

from casework.states import Role
from records.catching_up import catch_up
from records.communities import LONGEST
from records.engine import Record
from records.known_households import get, keep
from records.known_lists import narrowed
from records.scope import Scope
from records.survey_rounds import communities_to_visit, open_round, shares_of
from records.survey_visits import visits_of
from records.tables_people import households
from tests.records.made import registered
from tests.records.test_known_households import CLERK, NOW, OFFICE, ZHANG
from tests.records.test_survey_rounds import ROUND

TYPED, KEPT = "　向阳 社区１", "向阳社区1"
GROWS = "㍿" * 20
"""Twenty characters that would be eighty, more than the column holds."""


def test_every_spelling_becomes_one_and_a_second_time_there_is_nothing_to_do(record: Record) -> None:
    assert len(GROWS) <= LONGEST
    case_id = registered(record)
    with record.write() as work:
        work.connection.execute(update(households).values(community=TYPED))
        for number, community in (("A-1", TYPED), ("A-2", KEPT), ("B-1", GROWS), ("C-1", " ")):
            household_id, _ = keep(work, replace(ZHANG, number=number, community=community), account="zhao", now=NOW)
            if number == "A-1":
                sealed = household_id
        one, both = ROUND, replace(ROUND, round_id="r-2")
        open_round(work, one, {TYPED: "li"})
        open_round(work, both, {TYPED: "li", KEPT: "zhao"})
    assert [words for words, _ in catch_up(record) if words == "社区名称"]
    with record.read() as work:
        stored = select(households.c.community).where(households.c.case_id == case_id)
        assert work.connection.execute(stored).scalar_one() == KEPT
        assert communities_to_visit(work, OFFICE) == {KEPT: 2, GROWS: 1, " ": 1}
        assert shares_of(work, one.round_id) == {KEPT: "li"}
        assert {visit.community for visit in visits_of(work, CLERK, one.round_id)} == {KEPT}
        assert shares_of(work, both.round_id) == {TYPED: "li", KEPT: "zhao"}, "two shares of a round are not made one"
        row = get(work, Scope("", Role.CASEWORKER, OFFICE), sealed)
        assert row is not None
        assert (row.community, row.version) == (KEPT, 1)
        for asked in (TYPED, KEPT):
            found = work.connection.execute(narrowed(community=asked)).all()
            assert len(found) == 2, "a filter kept with the old spelling still finds them"
    assert not [words for words, _ in catch_up(record) if words == "社区名称"]
