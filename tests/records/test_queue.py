"""Lists that people page through: whose tasks stand on which shelf, what is counted, and that indexes find it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from casework.promise_facts import Hardship
from casework.states import Role, State
from records.applicants import applicants_of, staff_names
from records.case_lists import ListFilter, list_count, list_page
from records.engine import Reading, Record
from records.queue import QueueFilter, Shelf, communities_in, due_days, queue_count, queue_page, shelf_counts
from records.scope import During, Scope, StandIn
from records.worklists import claim, my_tasks
from tests.records.made import (
    AT,
    CASE,
    CITY,
    CLERK,
    COUNTY,
    ELSEWHERE,
    HELPER,
    NAME,
    OFFICE,
    a_case,
    a_task,
    an_event,
    an_exit,
    registered,
)
from tests.records.test_case_file import write

CLERK_2 = Scope("clerk2", Role.CASEWORKER, OFFICE)
TODAY = During(0, 86399, AT.date(), AT.date())
SUBSTITUTE = Scope("clerk2", Role.CASEWORKER, OFFICE, (StandIn("clerk", TODAY),))
AWAY = Scope("clerk", Role.CASEWORKER, OFFICE, away=(TODAY,))
HELPERS_SUBSTITUTE = Scope("h08", Role.HELPER, OFFICE, (StandIn("h07", TODAY),))
EVERYBODY = (CLERK, COUNTY, CITY, HELPER, HELPERS_SUBSTITUTE, SUBSTITUTE, AWAY, ELSEWHERE)


def filled(record: Record) -> None:
    """One case with tasks of several roles; the clerk has claimed the second."""
    tasks = (
        a_task(1, due_on=date(2026, 9, 30)),
        a_task(2, "judge_refusal", due_on=None),
        a_task(3, "county_recheck", role=Role.REVIEWER, overdue=True, due_on=date(2026, 9, 17)),
        a_task(4, "follow_up", role=Role.HELPER),
        a_task(5, "handle_overdue", role=Role.SUPERVISOR),
    )
    write(record, an_event(1, a_case(1, CASE, helper="h07", tasks=tasks)))
    with record.write() as work:
        claim(work, CLERK, f"{CASE}/2-judge_refusal", AT)


def shelf(work: Reading, scope: Scope, which: Shelf) -> list[int]:
    """Return the numbers of the tasks on a shelf, in order; counting finds as many."""
    rows = queue_page(work, scope, QueueFilter(which))
    assert queue_count(work, scope, QueueFilter(which)) == len(rows)
    assert shelf_counts(work, scope, tuple(Shelf))[which] == len(rows)
    assert shelf_counts(work, scope, (which,)) == {which: len(rows)}
    assert shelf_counts(work, scope, ()) == {}
    return [int(row.task.local_id[0]) for row in rows]


def test_each_shelf_holds_what_it_says(record: Record) -> None:
    filled(record)
    with record.read() as work:
        found = {name: shelf(work, CLERK, name) for name in Shelf}
        assert found == {
            Shelf.WORK: [1, 2],
            Shelf.MINE: [2],
            Shelf.FREE: [1],
            Shelf.OVERDUE: [],
            Shelf.WAITING: [3, 5],
            Shelf.ALL: [3, 4, 5, 1, 2],
        }
        assert shelf(work, CLERK_2, Shelf.WORK) == [1]
        assert shelf(work, COUNTY, Shelf.OVERDUE) == [3]
        assert shelf(work, COUNTY, Shelf.WAITING) == [4, 5, 1, 2]
        assert shelf(work, CITY, Shelf.OVERDUE) == [3]
        assert shelf(work, HELPER, Shelf.WORK) == [4]
        assert shelf(work, ELSEWHERE, Shelf.ALL) == []


def test_what_a_caller_is_to_do_is_what_the_plain_list_says(record: Record) -> None:
    """A substitute has the colleague's claims too; while one is away oneself there is nothing."""
    filled(record)
    with record.read() as work:
        for scope in EVERYBODY:
            assert [row.task for row in queue_page(work, scope, QueueFilter())] == list(my_tasks(work, scope)), scope
        assert shelf(work, SUBSTITUTE, Shelf.MINE) == [2]
        assert queue_page(work, SUBSTITUTE, QueueFilter(Shelf.MINE))[0].task.acting_for == "clerk"
        for which in (Shelf.WORK, Shelf.MINE, Shelf.FREE):
            assert shelf(work, AWAY, which) == []
        assert shelf(work, HELPERS_SUBSTITUTE, Shelf.WORK) == [4]


def test_a_shelf_is_narrowed_sorted_and_paged(record: Record) -> None:
    filled(record)
    everything = Shelf.ALL
    with record.read() as work:

        def found(wanted: QueueFilter, **how: Any) -> list[int]:
            return [int(row.task.local_id[0]) for row in queue_page(work, CITY, wanted, **how)]

        assert found(QueueFilter(everything, kind="follow_up")) == [4]
        assert found(QueueFilter(everything, state=State.EXITED)) == []
        assert found(QueueFilter(everything, state=State.APPLIED, overdue=True)) == [3]
        assert found(QueueFilter(everything, community="北二社区")) == []
        days = due_days({date(2026, 9, 18): (date(2026, 9, 18), date(2026, 9, 25))}, AT)
        assert found(QueueFilter(everything, due=days)) == [4, 5]
        assert found(QueueFilter(everything, due=())) == []
        assert found(QueueFilter(everything), sort="case", descending=True) == [5, 4, 3, 2, 1]
        assert found(QueueFilter(everything), descending=True) == [1, 5, 4, 2, 3]
        assert found(QueueFilter(everything), sort="opened", offset=1, limit=2) == [2, 3]


def test_names_of_a_page_are_opened_together_and_only_in_scope(record: Record) -> None:
    case_id = registered(record)
    write(record, an_event(1, a_case(1, case_id)))
    with record.read() as work:
        asked = count_statements(work, lambda: applicants_of(work, CLERK, [case_id, "x"]))
        assert len(asked) == 1
        (who,) = applicants_of(work, CLERK, [case_id, case_id, "x"]).values()
        assert (who.name, who.community) == (f"{NAME[0]}*", "北二社区")
        assert NAME not in repr(who)
        assert applicants_of(work, ELSEWHERE, [case_id]) == {}
        assert staff_names(work, ["nobody"]) == {}
        assert communities_in(work, CLERK) == ("北二社区",)
        assert communities_in(work, ELSEWHERE) == communities_in(work, HELPER) == communities_in(work, COUNTY) == ()
        assert queue_count(work, CLERK, QueueFilter(Shelf.ALL, community="北二社区")) == 0


def test_marks_of_a_case_are_found_while_they_hold(record: Record) -> None:
    hard = Hardship(ground="illness", marked_on=date(2026, 9, 18), marked_by="county")
    write(record, an_event(1, a_case(1, hardship=hard)))
    with record.read() as work:
        assert [row.case_id for row in list_page(work, CLERK, ListFilter(special_hardship=True))] == [CASE]
        assert list_count(work, CLERK, ListFilter(exit_decided=True)) == 0
        assert list_count(work, ELSEWHERE, ListFilter(special_hardship=True)) == 0
    write(record, an_exit(2))
    with record.read() as work:
        assert list_page(work, CLERK, ListFilter(special_hardship=True)) == ()
        assert list_count(work, CLERK, ListFilter(open_only=True)) == 0
        assert list_count(work, CLERK, ListFilter()) == 1


def count_statements(work: Reading, reading: Callable[[], object]) -> list[tuple[str, Any]]:
    """Return what a read asks the database."""
    asked: list[tuple[str, Any]] = []
    note = lambda *seen: asked.append((seen[2], seen[3]))  # noqa: E731
    event.listen(work.connection, "before_cursor_execute", note)
    reading()
    event.remove(work.connection, "before_cursor_execute", note)
    return [one for one in asked if one[0].startswith("SELECT")]


@pytest.mark.parametrize("scope", EVERYBODY[:-1], ids=lambda s: f"{s.account}-{len(s.stands_in)}-{len(s.away)}")
@pytest.mark.parametrize("which", Shelf)
def test_every_shelf_and_its_count_are_found_by_an_index(record: Record, scope: Scope, which: Shelf) -> None:
    """143 000 cases of a province: nobody's queue may walk through the tasks of all."""
    if record.engine.dialect.name != "sqlite":
        pytest.skip("SQLite says how it searches; PostgreSQL decides by the size of the tables")
    wanted = QueueFilter(which, kind="follow_up", community="北二社区")
    with record.read() as work:
        asked: tuple[Callable[[], object], ...] = (
            lambda: queue_page(work, scope, wanted),
            lambda: queue_count(work, scope, wanted),
            lambda: shelf_counts(work, scope, tuple(Shelf)),
        )
        for reading in asked:
            ((statement, values),) = count_statements(work, reading)
            steps = [row[3] for row in work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
            assert not [step for step in steps if step.startswith("SCAN") and "CONSTANT" not in step], steps
            walked = [step for step in steps if " tasks " in step and "task_id=?" not in step]
            assert walked, steps
            assert all("office" in s or "case_id=?" in s or "claimed_by=?" in s for s in walked), steps
