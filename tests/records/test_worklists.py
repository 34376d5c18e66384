"""Worklists at the size of a province: what others hold hides nothing, and every list is found by an index."""

from typing import Any

import pytest
from sqlalchemy import event

from casework.states import Role
from records.engine import Record
from records.scope import During, Scope, StandIn
from records.worklists import claim, my_tasks, release_all
from tests.records.made import AT, CASE, CLERK, COUNTY, OFFICE, a_case, a_task, an_event
from tests.records.test_case_file import write


def test_what_others_claimed_never_hides_what_is_still_free(record: Record) -> None:
    write(record, an_event(1, a_case(1, CASE, tasks=tuple(a_task(n) for n in range(1, 6)))))
    colleague = Scope("clerk2", Role.CASEWORKER, OFFICE)
    with record.write() as work:
        for n in range(1, 5):
            claim(work, colleague, f"{CASE}/{n}-first_review", AT)
        assert [t.local_id for t in my_tasks(work, CLERK, limit=4)] == ["5-first_review"]
        assert len(my_tasks(work, colleague)) == 5
        release_all(work, "clerk2")
        assert len(my_tasks(work, CLERK)) == 5


SUBSTITUTE = Scope("h08", Role.HELPER, OFFICE, (StandIn("h07", During(0, 86399, AT.date(), AT.date())),))


@pytest.mark.parametrize(
    "scope", [CLERK, COUNTY, Scope("h07", Role.HELPER, OFFICE), SUBSTITUTE], ids=lambda s: s.account
)
def test_a_worklist_is_found_by_an_index(record: Record, scope: Scope) -> None:
    """143 000 cases of a province: nobody's list may walk through the open tasks of all."""
    if record.engine.dialect.name != "sqlite":
        pytest.skip("SQLite says how it searches; PostgreSQL decides by the size of the tables")
    asked: list[tuple[str, Any]] = []
    with record.read() as work:
        connection = work.connection
        note = lambda *seen: asked.append((seen[2], seen[3]))  # noqa: E731
        event.listen(connection, "before_cursor_execute", note)
        my_tasks(work, scope)
        event.remove(connection, "before_cursor_execute", note)
        statement, values = asked[-1]
        steps = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    first = next(step for step in steps if " tasks " in step)
    assert "office" in first.split("(")[1] or "case_id=?" in first, steps
