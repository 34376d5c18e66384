"""What the radar reads, lists and forgets on both databases: inside an area only, dismissed until facts change."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from casework.case_facts import Employment, Referral, ReferralOutcome
from casework.errors import CaseworkError
from casework.states import Role, State
from desk import radar as desk
from desk.desk import Caller
from desk.radar_daily import note_radar
from records import radar
from records.accounts import Account, create_account
from records.area_months import AreaNumbers, keep_numbers, numbers_of
from records.case_file import write_event
from records.engine import Record
from records.inbox import my_lines
from records.known_households import KnownPerson, keep
from records.scope import Scope
from records.tables_vacancies import vacancies
from register.radar_items import Kind
from tests.records.made import CITY, a_case, a_promise, a_task, an_event, an_exit, registered
from tests.records.made import CLERK as AT_THE_DESK
from tests.records.test_known_households import ZHANG

NOW = datetime(2026, 11, 2, 2, tzinfo=UTC)
ON = date(2026, 11, 2)
COUNTY = Scope("rv", Role.REVIEWER, "220302")
ELSEWHERE = Scope("sv2", Role.SUPERVISOR, "220100")
SUPERVISOR = Caller(Account("city", Role.SUPERVISOR, "220300", "督导", None, False, False), CITY)


def write(record: Record, number: int, **set_: Any) -> str:
    case_id = f"220302004-2026-{number:05d}"
    with record.write() as work:
        write_event(work, an_event(1, a_case(1, case_id, **set_), command_id=f"{case_id}-1"))
    return case_id


def found(record: Record, scope: Scope = CITY, on: date = ON, **more: Any) -> list[tuple[Kind, str]]:
    with record.read() as work:
        return [(s.item.kind, s.item.subject) for s in desk.listed(work, scope, on, **more) if not s.dismissed_by]


def test_a_missed_promise_is_listed_until_it_is_kept_and_missing_services_beside_it(record: Record) -> None:
    late = a_promise(overdue_on=date(2026, 10, 23))
    case_id = write(record, 1, state=State.ASSISTED, promise=late, helper="h")
    write(record, 2, state=State.ASSISTED, promise=a_promise(met_on=date(2026, 10, 9)), helper="h")
    both = [(Kind.PROMISE, f"{case_id}.main"), (Kind.UNDELIVERED, f"{case_id}.services")]
    assert found(record) == both == found(record, COUNTY)
    assert found(record, ELSEWHERE) == []
    assert found(record, area="220303") == []
    kept = late.model_copy(update={"met_on": date(2026, 11, 1)})
    with record.write() as work:
        after = a_case(2, case_id, state=State.EMPLOYED, promise=kept, helper="h")
        write_event(work, an_event(2, after, command_id=f"{case_id}-2"))
    assert found(record) == []


def test_late_help_is_listed_while_its_task_is_open(record: Record) -> None:
    task = a_task(1, "sign_plan", due_on=date(2026, 10, 28))
    case_id = write(record, 3, state=State.CERTIFIED, tasks=(task, a_task(1, "seal", due_on=date(2026, 1, 1))))
    assert found(record) == [(Kind.UNDELIVERED, f"{case_id}.1-sign_plan")]
    assert found(record, on=date(2026, 11, 1)) == []


def test_a_known_household_is_listed_unless_one_of_its_people_is_in_a_case(record: Record) -> None:
    with record.write() as work:
        mine, _ = keep(work, ZHANG, account="zhao", now=NOW)
        person = KnownPerson("M1", "李四", "22030219790417002X")
        busy = replace(ZHANG, number="A-8", persons=(person,))
        keep(work, busy, account="zhao", now=NOW)
        keep(work, replace(ZHANG, number="A-9", outcome="not_eligible"), account="zhao", now=NOW)
    case_id = registered(record, scope=AT_THE_DESK)
    with record.write() as work:
        write_event(work, an_event(1, a_case(1, case_id), command_id="one"))
    assert found(record) == [(Kind.UNRECOGNISED, mine)]
    with record.write() as work:
        gone = an_exit(2, case_id)
        write_event(work, gone)
    with record.read() as work:
        listed = [s.item for s in desk.listed(work, CITY, ON)]
    assert len(listed) == 2
    assert [i.case_ids for i in listed if i.subject != mine] == [(case_id,)]
    said = "".join(i.says + str(i.facts) for i in listed)
    assert "张䶮" not in said
    assert "李四" not in said


def test_placements_are_grouped_by_employer_and_zero_areas_by_their_numbers(record: Record) -> None:
    with record.write() as work:
        row = {"vacancy_id": "v1", "employer": "吉达物业", "title": "保洁", "pay_fen": 200000, "area": "220302"}
        work.connection.execute(vacancies.insert(), row)
    for number in range(10, 15):
        hired = Referral(
            referral_id="R1",
            member="M1",
            vacancy="v1",
            on=date(2026, 9, 20),
            pay_fen=200000,
            suitable=True,
            delivered=True,
            outcome=ReferralOutcome.HIRED,
        )
        job = Employment(
            employment_id="E2",
            member="M1",
            started_on=date(2026, 9, 28),
            channel="employer",
            evidence="contract",
            monthly_income_fen=200000,
            recorded_by="h",
            recorded_on=date(2026, 9, 28),
            insured=number > 12,
        )
        write(record, number, state=State.EMPLOYED, referrals=(hired,), employments=(job,), helper="h")
    [subject] = [s for k, s in found(record) if k is Kind.PLACEMENTS]
    assert subject.startswith("220302.")
    rights = [s for k, s in found(record) if k is Kind.UNDELIVERED]
    assert {s[:20] for s in rights} == {f"220302004-2026-{n:05d}" for n in (13, 14)}  # who is insured may claim
    assert [s for k, s in found(record, on=date(2026, 10, 27)) if k is Kind.UNDELIVERED] == []
    months = desk.months_before(ON, 6)
    zero = [AreaNumbers("220302004", month, 40, True) for month in months]
    county = [AreaNumbers("220303", month, 1, True) for month in months]
    with record.write() as work:
        assert keep_numbers(work, [*zero, *county], account="city", now=NOW) == 12
        keep_numbers(work, [AreaNumbers("220303", months[0], 5, True)], account="city", now=NOW)
    assert [s for k, s in found(record) if k is Kind.ZERO] == ["220302004", "220303"]
    with record.read() as work:
        kept = numbers_of(work, CITY, (months[0],))
        assert [(k.numbers.registered_unemployed, k.version) for k in kept] == [(40, 1), (5, 2)]
        assert numbers_of(work, ELSEWHERE, months) == ()
    reviewed = a_case(1, "220302004-2026-00020").reviews.model_copy(update={"certified_on": date(2026, 5, 31)})
    write(record, 20, state=State.CERTIFIED, reviews=reviewed)
    assert [s for k, s in found(record) if k is Kind.ZERO] == ["220303"]


def test_a_dismissal_holds_for_its_facts_and_its_words_are_sealed(record: Record) -> None:
    late = a_promise(overdue_on=date(2026, 10, 23))
    case_id = write(record, 1, state=State.ASSISTED, promise=late, helper="h")
    subject = f"{case_id}.main"
    with record.read() as work:
        digest = desk.one_item(work, CITY, ON, "promise", subject).item.digest
    told: dict[str, Any] = {"kind": "promise", "subject": subject, "now": NOW}
    for reason, seen, code in (("", digest, "reason_missing"), ("已核", "old", "facts_changed")):
        with pytest.raises(CaseworkError) as refused:
            desk.dismiss(record, SUPERVISOR, ON, digest=seen, reason=reason, **told)
        assert refused.value.code == code
    for _ in range(2):
        desk.dismiss(record, SUPERVISOR, ON, digest=digest, reason="王某某住院，已上门核实", **told)
    assert (Kind.PROMISE, subject) not in found(record)
    with record.read() as work:
        [kept] = radar.dismissals_of(work, CITY, "promise", subject)
        assert (kept.reason, kept.account) == ("王某某住院，已上门核实", "city")
        assert radar.dismissals_of(work, ELSEWHERE, "promise", subject) == ()
    with record.write() as work:
        confirmed = late.model_copy(update={"cause": "agency_failed", "cause_confirmed_by": "city"})
        after = a_case(2, case_id, state=State.ASSISTED, promise=confirmed, helper="h")
        write_event(work, an_event(2, after, command_id=f"{case_id}-2"))
    with record.read() as work:
        again = desk.one_item(work, CITY, ON, "promise", subject)
        assert again.dismissed_by is None
        assert again.before
        with pytest.raises(CaseworkError):
            desk.one_item(work, ELSEWHERE, ON, "promise", subject)


def test_the_daily_lists_say_since_when_and_tell_supervisors_once(record: Record) -> None:
    for account, area in (("city", "220300"), ("elsewhere", "220100")):
        told_of: dict[str, Any] = {"name": "督导", "phone": None, "password": "long enough 1", "now": NOW}
        create_account(record, account=account, role=Role.SUPERVISOR, area=area, **told_of)
    case_id = write(record, 1, state=State.ASSISTED, promise=a_promise(overdue_on=date(2026, 10, 23)), helper="h")
    with record.read() as work:
        keys = [item.key for item in desk.items(work, CITY, ON)]

    def told(who: Scope, on: date) -> list[str]:
        with record.read() as work:
            return [line.words["text"] for line in my_lines(work, who, on, lambda _: frozenset()).lines]

    for _ in range(2):
        note_radar(record, ON, NOW)
    note_radar(record, ON + timedelta(days=1), NOW)
    with record.read() as work:
        assert radar.listed_since(work, keys) == dict.fromkeys(keys, ON)
    [text] = told(CITY, ON)
    assert text.startswith("今天新列入2条：承诺未实现1条、政策未落实1条。")
    assert told(Scope("elsewhere", Role.SUPERVISOR, "220100"), ON) == []
    with record.write() as work:
        kept = a_promise(overdue_on=date(2026, 10, 23)).model_copy(update={"met_on": date(2026, 11, 3)})
        after = a_case(2, case_id, state=State.EMPLOYED, promise=kept, helper="h")
        write_event(work, an_event(2, after, command_id="kept"))
    note_radar(record, ON + timedelta(days=2), NOW)
    with record.read() as work:
        assert radar.listed_since(work, keys) == {}
        assert {gone for _, gone in radar.snapshot(work).values()} == {ON + timedelta(days=2)}
    assert len(told(CITY, ON)) == 1


def test_a_household_that_moved_on_was_recognised_where_it_was(record: Record) -> None:
    months = desk.months_before(ON, 6)
    with record.write() as work:
        keep_numbers(work, [AreaNumbers("220302", m, 9, True) for m in months], account="city", now=NOW)
    certified = a_case(1, "220302004-2026-00021").reviews.model_copy(update={"certified_on": date(2026, 9, 18)})
    case_id = write(record, 21, state=State.CERTIFIED, reviews=certified)
    moved = a_case(2, case_id, state=State.CERTIFIED, reviews=certified, office="220303001")
    with record.write() as work:
        write_event(work, an_event(2, moved, trigger="transfer_case", command_id=f"{case_id}-2"))
    assert [s for k, s in found(record) if k is Kind.ZERO] == []
    assert [s for k, s in found(record, COUNTY) if k is Kind.ZERO] == []
