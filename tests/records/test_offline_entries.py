"""Offline entries and helpers' loads in the record, on both databases (scenario 81)."""

from datetime import timedelta
from typing import Any

import pytest

from casework.errors import Conflict
from casework.states import Role
from records.engine import Record
from records.helper_loads import has_helped, helpers_with_loads, open_cases_of
from records.offline_entries import (
    EntryState,
    OfflineEntry,
    begin_taking,
    discard,
    entries_for,
    entry_for,
    hand_over,
    keep_entry,
    refused,
    taken,
)
from records.scope import Scope
from tests.records.made import ADMIN, AT, CASE, CITY, CLERK, ELSEWHERE, OFFICE, a_case, a_promise, a_task, an_event
from tests.records.made import an_exit as exited
from tests.records.test_absences import AWAY, away, staffed
from tests.records.test_case_file import write

SENDER, RECEIVER = Scope("h1", Role.HELPER, OFFICE), Scope("h07", Role.HELPER, OFFICE)
STRANGER = Scope("h3", Role.HELPER, OFFICE)
NOTE = {"channel": "visit", "note": "成员在家。"}


def kept(record: Record, **more: Any) -> OfflineEntry:
    given: dict[str, Any] = {
        "account": "h1", "device_key": "phone-00000001", "case_id": CASE, "step": "record_contact",
        "recorded_at": AT, "content": NOTE, "now": AT + timedelta(days=3),
    }  # fmt: skip
    with record.write() as work:
        return keep_entry(work, **given | more)


def seen(record: Record, scope: Scope) -> list[tuple[str, EntryState]]:
    with record.read() as work:
        return [(entry.entry_id, entry.state) for entry in entries_for(work, scope, 10)]


def test_an_entry_is_kept_once_under_the_devices_key(record: Record) -> None:
    entry = kept(record)
    assert kept(record, now=AT + timedelta(days=9)) == entry
    assert entry.content == NOTE
    assert kept(record, account="h2").entry_id != entry.entry_id
    with pytest.raises(Conflict) as no:
        kept(record, content={})
    assert no.value.code == "idempotency_key_reused"
    assert seen(record, SENDER) == [(entry.entry_id, EntryState.WAITING)]


def test_an_entry_handed_over_is_seen_by_those_who_see_the_case(record: Record) -> None:
    write(record, an_event(1, a_case(1, helper="h07")))
    entry = kept(record)
    for scope in (RECEIVER, CLERK, STRANGER, ELSEWHERE):
        assert seen(record, scope) == []
    with record.write() as work:
        assert hand_over(work, entry.entry_id, AT)
        assert not hand_over(work, entry.entry_id, AT)
    handed = [(entry.entry_id, EntryState.HANDED_OVER)]
    for scope, there in ((SENDER, handed), (RECEIVER, handed), (CLERK, handed), (STRANGER, []), (ADMIN, [])):
        assert seen(record, scope) == there
        with record.read() as work:
            assert (entry_for(work, scope, entry.entry_id) is not None) is bool(there)


def test_an_entry_of_a_case_that_is_not_there_stays_with_its_sender(record: Record) -> None:
    entry = kept(record, case_id="220302004-2026-77777")
    assert seen(record, SENDER) == [(entry.entry_id, EntryState.WAITING)]


def test_one_takes_an_entry_at_a_time_and_a_refusal_puts_it_back_where_it_waited(record: Record) -> None:
    write(record, an_event(1, a_case(1, helper="h07")))
    entry = kept(record)
    with record.write() as work:
        assert begin_taking(work, entry.entry_id, "h1")
        assert begin_taking(work, entry.entry_id, "h1"), "the same person may try again"
        assert not begin_taking(work, entry.entry_id, "h07")
        refused(work, entry, "h07", "not_found", "别人的答复")
        assert seen_state(work, entry) is EntryState.TAKING, "only who takes it may put it back"
        refused(work, entry, "h1", "not_found", "没有办理")
        assert seen_state(work, entry) is EntryState.WAITING
        hand_over(work, entry.entry_id, AT)
        again = entry_for(work, RECEIVER, entry.entry_id)
        assert again is not None
        assert (again.code, again.message) == ("not_found", "没有办理")
        assert begin_taking(work, entry.entry_id, "h07")
        refused(work, again, "h07", "date_in_future", "日期")
        assert seen_state(work, entry) is EntryState.HANDED_OVER
        begin_taking(work, entry.entry_id, "h07")
        taken(work, entry.entry_id, "h07", 7, AT)
        assert not discard(work, entry.entry_id, "h07", "不要了", [EntryState.WAITING, EntryState.HANDED_OVER], AT)
        done = entry_for(work, RECEIVER, entry.entry_id)
    assert done is not None
    assert (done.state, done.seq, done.taken_by, done.code) == (EntryState.TAKEN, 7, "h07", None)
    assert seen(record, RECEIVER) == []


def seen_state(work: Any, entry: OfflineEntry) -> EntryState:
    found = entry_for(work, SENDER, entry.entry_id)
    assert found is not None
    return found.state


def test_a_load_counts_the_open_cases_in_sight_and_who_stands_in(record: Record) -> None:
    staffed(record, "h1", "h2")
    staffed(record, "x1", area="220102001")
    overdue = a_task(1, "follow_up", role=Role.HELPER, overdue=True)
    late = a_promise(overdue_on=AWAY)
    write(record, an_event(1, a_case(1, helper="h1", tasks=(overdue,), promise=late)))
    second, gone = f"{OFFICE}-2026-00002", f"{OFFICE}-2026-00003"
    write(record, an_event(1, a_case(1, second, helper="h1", tasks=(a_task(1, "follow_up", role=Role.HELPER),))))
    write(record, an_event(1, a_case(1, gone, helper="h1")))
    leaving = exited(2, gone)
    write(record, leaving.model_copy(update={"case": leaving.case.model_copy(update={"helper": "h1"})}))
    away(record, "h1", "h2")
    with record.read() as work:
        loads = {load.helper.account: load for load in helpers_with_loads(work, CLERK, AWAY)}
        first = loads["h1"]
        assert (first.open_cases, first.overdue_promises, first.open_tasks, first.overdue_tasks) == (2, 1, 2, 1)
        assert first.responsible == "h2"
        assert (loads["h2"].open_cases, loads["h2"].responsible) == (0, "h2")
        assert "x1" not in loads
        assert {load.helper.account for load in helpers_with_loads(work, CITY, AWAY)} == {"h1", "h2"}
        assert helpers_with_loads(work, ELSEWHERE, AWAY) == ()
        assert open_cases_of(work, "h1") == (CASE, second)
        assert has_helped(work, gone, ["h1"])
        assert not has_helped(work, gone, ["h2"])
