"""What a new release wants of rows that an earlier one wrote, and no migration can say, because it is sealed (补录).

Run when the record is prepared, before anybody uses it: some hundreds of rows in a transaction, so that it may be
interrupted and goes on where it was.  On a current record it finds nothing to do.
"""

from collections.abc import Iterator

from sqlalchemy import exists, insert, select, update

from casework.case import Case
from records.case_files import history_of, last_event
from records.communities import spell_some
from records.engine import Record, Writing
from records.ledger import write_history
from records.member_jobs import jobs_row
from records.movements import keep_movements_of
from records.person_index import index_people
from records.placements import help_some
from records.referrals import refer_some
from records.tables import cases
from records.tables_ledger import ledger_households
from records.tables_lists import person_index
from records.tables_people import persons
from records.tables_reports import movements
from records.tables_subsidies import member_jobs

AT_ONCE = 500

HISTORIES_AT_ONCE = 40
"""A whole history has some dozens of events, each opened and read: some hundred milliseconds for so many cases."""


def catch_up(record: Record) -> Iterator[tuple[str, int]]:
    """Bring everything over; yield what was done and how many rows so far."""
    for words, some in WORKS:
        done, after = 0, ""
        while True:
            with record.write() as work:
                seen = some(work, after)
            if not seen:
                break
            done, after = done + len(seen), seen[-1]
            yield words, done


def _index_some(work: Writing, after: str) -> list[str]:
    """Index people who are not in the index; return the cases they are of."""
    there = exists().where(person_index.c.case_id == persons.c.case_id, person_index.c.member_id == persons.c.member_id)
    wanted = select(persons.c.case_id, persons.c.member_id, persons.c.name).where(~there, persons.c.case_id >= after)
    rows = work.connection.execute(wanted.order_by(persons.c.case_id, persons.c.member_id).limit(AT_ONCE)).all()
    for row in rows:
        name = work.keys.open_text(row.name, f"persons.name:{row.case_id}/{row.member_id}") or ""
        index_people(work, row.case_id, ((row.member_id, name),))
    return [row.case_id for row in rows]


def _mark_some(work: Writing, after: str) -> list[str]:
    """Write what lists show of a case from its last event: who applies, who left, what is decided and marked."""
    wanted = select(cases.c.case_id).where(cases.c.applicant.is_(None), cases.c.case_id > after)
    found = list(work.connection.execute(wanted.order_by(cases.c.case_id).limit(AT_ONCE)).scalars())
    for case_id in found:
        event = last_event(work, case_id)
        if event is not None:
            _mark(work, event.case)
    return found


def _jobs_of_some(work: Writing, after: str) -> list[str]:
    """Write the jobs of cases that have some, and no row of them yet."""
    there = exists().where(member_jobs.c.case_id == cases.c.case_id)
    wanted = select(cases.c.case_id).where(cases.c.eliminated_on.is_not(None), ~there, cases.c.case_id > after)
    found = list(work.connection.execute(wanted.order_by(cases.c.case_id).limit(AT_ONCE)).scalars())
    for case_id in found:
        event = last_event(work, case_id)
        if event is not None and event.case.employments:
            work.connection.execute(insert(member_jobs), [jobs_row(event.case, job) for job in event.case.employments])
    return found


def _move_some(work: Writing, after: str) -> list[str]:
    """Write what moved in cases that were certified before movements were kept."""
    there = exists().where(movements.c.case_id == cases.c.case_id)
    wanted = select(cases.c.case_id).where(cases.c.certified_on.is_not(None), ~there, cases.c.case_id > after)
    found = list(work.connection.execute(wanted.order_by(cases.c.case_id).limit(HISTORIES_AT_ONCE)).scalars())
    for case_id in found:
        keep_movements_of(work, case_id)
    return found


def _mark(work: Writing, case: Case) -> None:
    marks = {
        "applicant": case.household.applicant.member_id,
        "exit_decided": case.exit_decided is not None,
        "special_hardship": case.hardship is not None,
    }
    work.connection.execute(update(cases).where(cases.c.case_id == case.case_id).values(marks))
    for amendment in case.amendments:
        if amendment.kind != "amended":
            member = case.household.member(amendment.member)
            gone = member is None or member.left_on is not None
            this = (persons.c.case_id == case.case_id, persons.c.member_id == amendment.member)
            work.connection.execute(
                update(persons).where(*this).values(left_on=amendment.recorded_on if gone else None)
            )


def _keep_some(work: Writing, after: str) -> list[str]:
    """Write the ledger of cases that have none, from all their events."""
    there = exists().where(ledger_households.c.case_id == cases.c.case_id)
    wanted = select(cases.c.case_id).where(~there, cases.c.case_id > after).order_by(cases.c.case_id)
    found = list(work.connection.execute(wanted.limit(HISTORIES_AT_ONCE)).scalars())
    for case_id in found:
        write_history(work, case_id, ((event.on, event.case) for event in history_of(work, case_id)))
    return found


WORKS = (
    ("姓名索引", _index_some),
    ("个案标记", _mark_some),
    ("就业台账", _jobs_of_some),
    ("台账", _keep_some),
    ("户数变动", _move_some),
    ("岗位推荐", refer_some),
    ("服务次数", help_some),
    ("社区名称", spell_some),
)
"""In the order in which they are done: what each is called, and what does some of it after the case done last."""
