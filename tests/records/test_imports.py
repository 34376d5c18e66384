"""Imports on record: a household is written whole and once, and comes back as it was."""

import asyncio
import json
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import cast

from sqlalchemy import insert

from casework.states import Role
from desk.desk import Caller, Desk
from desk.import_cases import _restored, take_back
from desk.import_check import Places, check_lines, lines_of, read_file
from desk.import_tidying import tidy_imports
from records import import_households, import_lists, imports
from records.engine import Record
from records.imports import Batch
from records.known_households import count, keep, listed, opened_as
from records.scope import Scope
from records.tables_imports import ledger_entries
from register.sheet_fields import suggested
from tests.records.test_known_households import CLERK, NOW, OFFICE, ZHANG
from tests.register.sheets import an_id, csv_bytes, row

OURS = replace(ZHANG, persons=(replace(ZHANG.persons[0], id_number=an_id(1)),))


def batch_of(record: Record, batch_id: str) -> Batch:
    with record.read() as work:
        found = imports.batch_by_id(work, batch_id)
    assert found is not None
    return found


def checked(record: Record, content: bytes, batch_id: str = "b1") -> Batch:
    with record.write() as work:
        assert imports.begin(
            work, kind="survey", office=OFFICE, account="zhao", file_name="甲家.csv", content=content,
            batch_id=batch_id, now=NOW,
        )  # fmt: skip
    read_file(record, batch_of(record, batch_id), lambda: NOW)
    read = batch_of(record, batch_id)
    assert read.state == "mapping", read.refused_words
    with record.write() as work:
        mapping = {"places": suggested("survey", read.header, {}), "whole": {"社区": "向阳社区"}}
        assert imports.move(work, batch_id, "mapping", "checking", NOW, mapping=mapping)
    batch = batch_of(record, batch_id)
    check_lines(record, batch, Places(record, batch, Role.CASEWORKER, drill=True), lambda: NOW)
    return batch_of(record, batch_id)


def kept(record: Record) -> int:
    with record.read() as work:
        return count(work, CLERK, listed())


def write(record: Record, batch: Batch, limit: int) -> int:
    with record.write() as work:
        return import_households.write_some(work, batch.batch_id, account="zhao", now=NOW, limit=limit)


def five() -> bytes:
    return csv_bytes(row(n, 户编号=f"H{n}", 户口簿号=f"K{n}") for n in range(1, 6))


def test_a_batch_that_is_cut_goes_on_where_it_was_and_writes_nothing_twice(record: Record) -> None:
    batch = checked(record, five())
    assert (batch.state, batch.counts["households"]) == ("checked", 5)
    assert write(record, batch, 2) == 2
    try:
        with record.write() as work:
            import_households.write_some(work, "b1", account="zhao", now=NOW, limit=2)
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    assert kept(record) == 2
    assert [write(record, batch, 2), write(record, batch, 2), write(record, batch, 2)] == [2, 1, 0]
    assert kept(record) == 5
    with record.read() as work:
        versions = {line.version for line in import_lists.lines(work, import_lists.lines_of("b1"))}
    assert versions == {1}


def test_checking_again_after_a_cut_finds_the_same(record: Record) -> None:
    first = checked(record, five())
    with record.write() as work:
        imports.move(work, "b1", "checked", "checking", NOW)
    check_lines(record, first, Places(record, first, Role.CASEWORKER, drill=True), lambda: NOW)
    assert batch_of(record, "b1").counts == first.counts


def test_nothing_personal_of_a_sheet_is_readable_in_the_database(record: Record) -> None:
    batch = checked(record, five())
    with record.read() as work:
        from sqlalchemy import select

        from records.tables_imports import import_batches, import_chunks
        from records.tables_imports import import_households as households

        for table in (import_batches, import_chunks, households):
            stored = b"".join(
                value if isinstance(value, bytes) else str(value).encode()
                for line in work.connection.execute(select(table))
                for value in line
            )
            for secret in ("甲乙", "甲家", "2200001985"):
                assert secret.encode() not in stored
    assert batch.file_name == "甲家.csv"
    assert len(list(lines_of(record, "b1"))) == 5


def test_a_number_of_other_people_is_refused_and_what_was_seen_later_stays(record: Record) -> None:
    with record.write() as work:
        keep(work, replace(ZHANG, number="H1"), account="zhao", now=NOW)
    assert checked(record, five()).counts["bad_households"] == 1
    later = replace(OURS, number="H9", surveyed_on=date(2026, 12, 1))
    with record.write() as work:
        keep(work, later, account="z", now=NOW)
    same = row(1, 户编号="X")
    batch = checked(record, csv_bytes([same]), "b2")
    with record.read() as work:
        known = [line.known for line in import_lists.lines(work, import_lists.lines_of("b2"))]
    assert known == ["older"]
    assert batch.counts["households"] == 1


def test_what_the_register_had_comes_back(record: Record) -> None:
    with record.write() as work:
        keep(work, OURS, account="zhao", now=NOW)
    same = row(1, 户编号="X")
    batch = checked(record, csv_bytes([same]))
    assert batch.counts["changed"] == 1
    assert write(record, batch, 10) == 1
    assert kept(record) == 1
    with record.read() as work:
        line = import_lists.lines(work, import_lists.lines_of("b1"))[0]
        before = import_households.before_of(work, "b1", line.position)
    assert before == OURS
    assert line.version == 2


def test_a_sheet_nobody_goes_on_with_is_forgotten(record: Record) -> None:
    checked(record, five())
    late = NOW + timedelta(days=8)
    tidy_imports(record, late.date(), late)
    tidy_imports(record, late.date(), late)
    assert batch_of(record, "b1").state == "dropped"
    with record.read() as work:
        assert imports.chunk(work, "b1", "rows", 0) is None
        assert import_lists.count(work, import_lists.lines_of("b1")) == 0
        assert imports.batches(work, Scope("x", Role.CASEWORKER, "220302005")) == ()


def test_the_columns_an_office_chose_are_kept_by_field(record: Record) -> None:
    with record.write() as work:
        imports.remember(work, OFFICE, "survey", {"姓名": "名儿", "手机": "电话"}, NOW)
        imports.remember(work, OFFICE, "survey", {"姓名": "成员"}, NOW)
    with record.read() as work:
        assert imports.remembered(work, OFFICE, "survey") == {"姓名": "成员", "手机": "电话"}
        assert json.loads("{}") == imports.remembered(work, OFFICE, "ledger")


def line_of(record: Record, batch_id: str) -> import_lists.Line:
    with record.read() as work:
        return import_lists.lines(work, import_lists.lines_of(batch_id))[0]


def test_a_sheet_taken_twice_is_undone_twice_the_last_first(record: Record) -> None:
    desk, caller = (
        cast(Desk, SimpleNamespace(record=record)),
        cast(Caller, SimpleNamespace(account="zhao", scope=CLERK)),
    )
    twice = [checked(record, csv_bytes([row(1, 户编号="H1")]), each) for each in ("b1",)]
    write(record, twice[0], 10)
    twice.append(checked(record, csv_bytes([row(1, 户编号="H1")]), "b2"))
    write(record, twice[1], 10)
    assert kept(record) == 1

    def undo(batch: Batch) -> tuple[str, str | None]:
        asyncio.run(take_back(desk, caller, batch, line_of(record, batch.batch_id), NOW))
        found = line_of(record, batch.batch_id)
        return found.state, found.why

    assert undo(twice[0]) == ("stays", "导入后已有改动，没有撤销")
    assert kept(record) == 1
    with record.write() as work:
        import_households.told_state(work, "b1", 1, "kept", why=None)
    assert undo(twice[1]) == ("undone", None)
    assert kept(record) == 1
    assert undo(twice[0]) == ("undone", None)
    assert kept(record) == 0


def test_what_is_not_undone_keeps_what_the_old_ledger_told(record: Record) -> None:
    desk, caller = (
        cast(Desk, SimpleNamespace(record=record)),
        cast(Caller, SimpleNamespace(account="zhao", scope=CLERK)),
    )
    batch = checked(record, csv_bytes([row(1, 户编号="H1")]))
    write(record, batch, 10)
    line = line_of(record, "b1")
    assert line.household_id is not None
    with record.write() as work:
        content = work.keys.seal_text('{"备注": "旧"}', f"ledger_entries.content:{line.household_id}")
        told = {"household_id": line.household_id, "batch_id": "b1", "content": content, "kept_at": NOW}
        work.connection.execute(insert(ledger_entries), told)
        opened_as(work, line.household_id, "case")  # somebody touched it
    _restored(desk, caller, batch, line, NOW)
    assert line_of(record, "b1").state == "stays"
    with record.read() as work:
        assert import_households.told_of(work, line.household_id) == {"备注": "旧"}
