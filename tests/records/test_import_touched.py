"""An import is taken back only where nobody has gone on: not what is to be visited, nor a case with more beside it."""

import asyncio
from types import SimpleNamespace
from typing import cast

from desk.desk import Caller, Desk
from desk.import_cases import take_back
from records import import_lists, import_touched
from records.case_file import write_event
from records.engine import Record
from records.evidence import NewEvidence, add_evidence
from records.survey_rounds import Round, close_round, open_round
from records.survey_visits import NOBODY, tell, visits_of
from tests.records.made import CASE, a_case, an_event
from tests.records.test_imports import checked, five, kept, line_of, write
from tests.records.test_known_households import CLERK, NOW, OFFICE
from tests.register.sheets import csv_bytes, row


def test_a_household_on_a_list_of_visits_is_not_taken_from_whoever_goes_there(record: Record) -> None:
    desk, caller = (
        cast(Desk, SimpleNamespace(record=record)),
        cast(Caller, SimpleNamespace(account="zhao", scope=CLERK)),
    )
    batch = checked(record, five())
    write(record, batch, 5)
    with record.write() as work:
        for number in ("r1", "r2"):
            plan = Round(number, OFFICE, "秋季摸底", NOW.date(), NOW.date(), 0, "zhao", NOW)
            assert open_round(work, plan, {"向阳社区": "zhao"}) == 5
            first, *_ = visits_of(work, CLERK, number)
            tell(work, first, state=NOBODY, on=NOW.date(), by="zhao", now=NOW)
            assert close_round(work, number, by="zhao", on=NOW.date())
    with record.read() as work:
        lines = import_lists.lines(work, import_lists.lines_of("b1"))
    for line in lines:
        asyncio.run(take_back(desk, caller, batch, line, NOW))
    with record.read() as work:
        found = [(line.state, line.why) for line in import_lists.lines(work, import_lists.lines_of("b1"))]
    assert found == [("stays", "已列入入户摸底的走访名单，没有撤销"), *[("undone", None)] * 4]
    assert kept(record) == 1


def test_a_household_an_open_round_is_still_to_see_stays_too(record: Record) -> None:
    batch = checked(record, csv_bytes([row(1, 户编号="H1")]))
    write(record, batch, 1)
    plan = Round("r1", OFFICE, "秋季摸底", NOW.date(), NOW.date(), 0, "zhao", NOW)
    with record.write() as work:
        household_id = line_of(record, "b1").household_id or ""
        assert not import_touched.to_be_visited(work, household_id)
        assert open_round(work, plan, {"向阳社区": "zhao"}) == 1
        assert import_touched.to_be_visited(work, household_id)


def test_a_case_to_which_somebody_added_a_file_was_touched(record: Record) -> None:
    with record.write() as work:
        write_event(work, an_event(1, a_case()))
        assert import_touched.untouched_case(work, CASE)
        add_evidence(work, NewEvidence("case", CASE, "户口簿", "pdf", 3, "d" * 64, "本.pdf", CASE, "zhao"), NOW)
        assert not import_touched.untouched_case(work, CASE)
