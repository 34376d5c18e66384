"""Two people at one thing at the same moment (同时办理), on both databases: one is kept, the other is told so."""

from datetime import date
from threading import Thread

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from casework.errors import Conflict
from records.engine import Record, Writing
from records.errors import WrittenMeanwhile
from records.inspections import NewInspection, add_record, close, get, open_inspection
from records.plans import plans_of, save_plan
from records.tables_inspections import inspections
from register.inspection_file import RecordKind, Result
from register.plan import Measure, MeasureKind, Plan
from tests.records.made import CASE, CITY
from tests.records.test_subsidies import NOW, a_job, at_work

ON = date(2026, 11, 2)
INSPECTION = "5f0c1a52-0000-5000-8000-000000000001"
A_PLAN = Plan(
    profile="四十八岁，做过缝纫工。",
    wishes="缝纫工",
    measures=(Measure(kind=MeasureKind.GUIDANCE, by=date(2026, 11, 30), who="李帮扶"),),
)


def save(work: Writing, account: str) -> int:
    told = {"case_id": CASE, "member_id": "M1", "plan": A_PLAN, "seen": 0, "after_seq": 1}
    return save_plan(work, **told, account=account, request_key="k", now=NOW)


def noted(work: Writing, account: str) -> int:
    found = get(work, CITY, INSPECTION, lock=True)
    assert found is not None
    if found.row.closed_on is not None:
        raise Conflict("inspection_closed", "已办结。")
    told = {"on_day": ON, "due_on": None, "whom": None, "text": "台账缺记录。"}
    return add_record(work, INSPECTION, kind=RecordKind.FINDING, **told, account=account, now=NOW)


def opened(record: Record) -> None:
    with record.write() as work:
        new = NewInspection(INSPECTION, "220302", "核查零上报", "孙督导", date(2026, 12, 31))
        open_inspection(work, new, account="sv-1", on=ON)


def test_of_two_versions_of_a_plan_written_at_once_one_is_kept(record: Record) -> None:
    at_work(record, a_job())
    refused: list[str] = []

    def second() -> None:
        try:
            with record.write() as work:
                save(work, "hp-2")
        except Conflict as no:
            refused.append(no.code)

    later = Thread(target=second)
    with record.write() as work:
        assert save(work, "hp-1") == 1
        later.start()
        later.join(0.3)
    later.join()

    assert refused in (["written_meanwhile"], ["plan_changed"])
    with record.read() as work:
        assert [(v.number, v.account) for v in plans_of(work, CASE)] == [(1, "hp-1")]


def test_a_row_that_is_there_once_is_a_conflict_where_writers_do_not_take_turns(record: Record) -> None:
    opened(record)
    with record.read() as work:
        row = dict(work.connection.execute(inspections.select()).one()._mapping)
    expected = WrittenMeanwhile if record.engine.dialect.name == "postgresql" else IntegrityError
    with pytest.raises(expected) as no, record.write() as work:
        work.connection.execute(insert(inspections), row)
    if isinstance(no.value, WrittenMeanwhile):
        assert "没有保存" in no.value.message
        assert "220302" not in str(no.value)


def test_two_who_write_in_one_inspection_at_once_are_both_kept_and_nothing_comes_after_its_end(record: Record) -> None:
    opened(record)
    done: list[int | str] = []

    def second() -> None:
        try:
            with record.write() as work:
                done.append(noted(work, "sv-2"))
        except Conflict as no:
            done.append(no.code)

    def beside(first: str) -> None:
        later = Thread(target=second)
        with record.write() as work:
            if first == "note":
                noted(work, "sv-1")
            else:
                get(work, CITY, INSPECTION, lock=True)
                assert close(
                    work, INSPECTION, version=1, result=Result.PARTLY, conclusion="已核实。", account="sv-3", on=ON
                )
            later.start()
            later.join(0.3)
        later.join()

    beside("note")
    beside("end")

    assert done == [2, "inspection_closed"]
