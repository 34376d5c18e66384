"""A case that goes to another office: who sees it, whose tasks and claims they are."""

from datetime import date

from casework.transfer_facts import Transfer
from records import case_files, worklists
from records.engine import Record
from records.moving import somebody_works_at
from records.queue import Shelf, shelf_counts
from tests.records.made import AT, CASE, CLERK, COUNTY, ELSEWHERE, HELPER, OFFICE, a_case, a_task, an_event, registered
from tests.records.test_case_file import write


def moved(record: Record, *, helper: str | None) -> None:
    tasks = (a_task(1), a_task(1, "follow_up", role="helper"), a_task(1, "county_recheck", role="reviewer"))
    write(record, an_event(1, case_id=registered(record), case=a_case(1, tasks=tasks, helper="h07")))
    with record.write() as work:
        worklists.claim(work, CLERK, f"{CASE}/1-first_review", AT)
        worklists.claim(work, HELPER, f"{CASE}/1-follow_up", AT)
        worklists.claim(work, COUNTY, f"{CASE}/1-county_recheck", AT)
    row = Transfer(
        transfer_id="H2",
        from_office=OFFICE,
        to_office=ELSEWHERE.area,
        ground="moved",
        on=date(2026, 9, 18),
        by="clerk",
    )
    case = a_case(2, tasks=tasks, helper=helper, office=ELSEWHERE.area, transfers=(row,))
    write(record, an_event(2, case=case, trigger="transfer_case"))


def test_the_old_office_sees_it_no_more_and_the_new_one_sees_all_of_it(record: Record) -> None:
    moved(record, helper="h07")
    with record.read() as work:
        assert case_files.get(work, CLERK, CASE) is None
        assert worklists.my_tasks(work, CLERK) == ()
        assert case_files.get(work, ELSEWHERE, CASE) is not None
        [task] = worklists.my_tasks(work, ELSEWHERE)
    assert (task.kind, task.claimed_by, task.office) == ("first_review", None, ELSEWHERE.area)


def test_counts_of_open_tasks_follow_the_case_although_no_case_is_looked_at(record: Record) -> None:
    moved(record, helper="h07")
    with record.read() as work:
        assert shelf_counts(work, CLERK, (Shelf.ALL,)) == {Shelf.ALL: 0}
        assert shelf_counts(work, ELSEWHERE, (Shelf.ALL, Shelf.FREE)) == {Shelf.ALL: 3, Shelf.FREE: 1}


def test_claims_of_those_who_still_see_it_are_kept(record: Record) -> None:
    moved(record, helper="h07")
    with record.read() as work:
        claims = {t.kind: t.claimed_by for t in worklists.tasks_of(work, ELSEWHERE, CASE) or ()}
    assert claims == {"first_review": None, "follow_up": "h07", "county_recheck": "county"}


def test_a_helper_who_stays_behind_holds_nothing(record: Record) -> None:
    moved(record, helper=None)
    with record.read() as work:
        claims = {t.kind: t.claimed_by for t in worklists.tasks_of(work, ELSEWHERE, CASE) or ()}
        assert not somebody_works_at(work, ELSEWHERE.area)
    assert claims["follow_up"] is None
