"""What stands behind a notice of exit: the refusals or the attempts that were counted for it, and no others."""

from datetime import UTC, date, datetime

from casework.states import ExitReason, Role
from desk.desk import Caller
from desk.paper_facts import case_of_papers, told_for
from documents.contents import CaseTold, contents
from documents.paper_kinds import PaperKind
from records.accounts import Account
from records.case_file import write_event
from records.engine import Record
from records.offices import Office, set_office
from records.policies import keep_policy
from records.scope import Scope
from tests.make import CHIEF, COUNTY, HELPER, OTHER_CLERK, Life
from tests.records.made import registered

REVIEWER = Account("county", Role.REVIEWER, "220302", "复核人", None, False, False)


def told(record: Record, life: Life) -> CaseTold:
    """Write a life into the record; return what its notice of exit is made from."""
    case_id, now = registered(record), datetime(2026, 6, 1, tzinfo=UTC)
    with record.write() as work:
        keep_policy(work, life.policy, now)
        for office in (life.case.office, "220302"):
            set_office(work, Office(office, "区就业服务局", "0434-1"))
        for event in life.events:
            case = event.case.model_copy(update={"case_id": case_id})
            named = {"case_id": case_id, "case": case, "command_id": f"{case_id}-{event.seq}"}
            write_event(work, event.model_copy(update=named))
    caller = Caller(REVIEWER, Scope("county", Role.REVIEWER, "220302"))
    with record.read() as work:
        there = case_of_papers(work, caller, case_id, now)
        [offer] = [each for each in there.offers if each.kind is PaperKind.EXIT]
        found = told_for(work, caller, there, offer)
    assert contents(offer, found, date(2026, 6, 1))["facts"]
    return found


def decided(life: Life, day: str) -> Life:
    assert life.case.exit_proposal is not None
    life.do(day, "approve_exit", COUNTY)
    return life


def test_a_refusal_of_long_before_is_none_that_the_exit_rests_on(record: Record) -> None:
    life = Life().assisted("2026-01-05", "2026-01-16")
    life.refused("2026-01-19", "2026-01-20")
    for day, judged in (("2026-03-02", "2026-03-03"), ("2026-03-04", "2026-03-05")):
        life.refused(day, judged)
    life.do("2026-03-06", "issue_warning", member="M1")
    life.refused("2026-03-09", "2026-03-10")
    found = told(record, decided(life, "2026-04-01"))
    assert [each.on for each in found.refusals] == [date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 9)]
    assert found.attempts == ()


def test_attempts_are_those_since_somebody_was_reached(record: Record) -> None:
    life = Life().assisted("2026-01-05", "2026-01-16")
    life.do("2026-02-02", "record_contact", HELPER, channel="phone", outcome="failed")
    life.do("2026-02-03", "record_contact", HELPER, channel="phone", outcome="reached", answered="adult")
    for day, channel in (("2026-03-02", "phone"), ("2026-03-10", "visit"), ("2026-03-20", "letter")):
        life.do(day, "record_contact", HELPER, channel=channel, outcome="failed")
    found = told(record, decided(life, "2026-04-15"))
    assert life.case.exit_decided is not None
    assert life.case.exit_decided.reason is ExitReason.LOST_CONTACT
    assert {each.on for each in found.attempts} == {date(2026, 3, 2), date(2026, 3, 10), date(2026, 3, 20)}
    assert found.refusals == ()


def test_a_decision_taken_back_is_none_of_the_reasons_of_a_later_end(record: Record) -> None:
    life = Life().assisted("2026-01-05", "2026-01-16")
    life.do("2026-02-02", "propose_exit", reason="moved_away")
    decided(life, "2026-03-02")
    life.do("2026-03-03", "raise_appeal", OTHER_CLERK)
    life.do("2026-03-04", "uphold_appeal", CHIEF)
    life.employed("2026-03-10", approved="2026-03-11", contract_months=12)
    for month in ("2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09"):
        life.do(f"{month}-20", "record_follow_up", HELPER, month=month, channel="phone", still_employed=True)
    life.do("2026-09-21", "confirm_stable", COUNTY)
    found = told(record, life)
    assert life.case.exit is not None
    assert life.case.exit.reason is ExitReason.STABLE_EMPLOYMENT
    assert found.decision == life.events[-1].why
    assert found.reason == ""
