"""People are found by what one knows of them although their names are sealed, and only in one's own cases."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from records.catching_up import catch_up
from records.engine import Reading, Record
from records.household_pages import views_of
from records.name_spellings import normal_name, normal_pinyin, spellings
from records.people import PersonEntry, expire_reservations
from records.person_index import index_people
from records.person_search import By, Sought, begin_search, count_found, find, log_found, search_of
from records.scope import Scope
from records.tables import cases
from records.tables_lists import person_index
from tests.records.made import (
    AT,
    CITY,
    CLERK,
    COUNTY,
    ELSEWHERE,
    HELPER,
    ID_NUMBER,
    NAME,
    PHONE,
    a_case,
    an_entry,
    an_event,
    an_exit,
    registered,
)
from tests.records.test_case_file import write
from tests.records.test_queue import count_statements

WIFE = PersonEntry("M2", "查良镛", "220302198207090024", "13900001111")


def here(record: Record, **facts: object) -> str:
    """Take in the household and put its case on record."""
    case_id = registered(record, an_entry(ID_NUMBER, WIFE))
    write(record, an_event(1, a_case(1, case_id, **facts)))
    return case_id


def members(work: Reading, scope: Scope, by: By, value: str) -> list[str]:
    hits = find(work, scope, Sought(by, value))
    assert count_found(work, scope, Sought(by, value)) == len(hits)
    return [hit.member_id for hit in hits]


@pytest.mark.parametrize(
    ("by", "value", "found"),
    [
        (By.NAME, NAME, ["M1"]),
        (By.NAME, NAME[:2], ["M1"]),
        (By.NAME, NAME[:1], []),
        (By.NAME, NAME[1:], []),
        (By.PINYIN, "ouyangguilan", ["M1"]),
        (By.PINYIN, "oygl", ["M1"]),
        (By.PINYIN, "zhaliangyong", ["M2"]),
        (By.PINYIN, "chaliangyong", ["M2"]),
        (By.PINYIN, "zly", ["M2"]),
        (By.PINYIN, "zl", []),
        (By.ID_NUMBER, ID_NUMBER.lower(), ["M1"]),
        (By.ID_NUMBER, ID_NUMBER[:-1], []),
        (By.PHONE, PHONE, ["M1"]),
        (By.PHONE, PHONE[:-1], []),
        (By.NUMBER, "220302004-2026-00001", ["M1"]),
        (By.ENDING, "00001", ["M1"]),
        (By.ENDING, "2026-00001", ["M1"]),
        (By.ENDING, "00002", []),
        (By.ENDING, "%", []),
    ],
)
def test_people_are_found_by_what_one_knows(record: Record, by: By, value: str, found: list[str]) -> None:
    here(record)
    with record.read() as work:
        for scope in (CLERK, COUNTY, CITY):
            assert members(work, scope, by, value) == found
        for scope in (ELSEWHERE, HELPER):
            assert members(work, scope, by, value) == []


def test_a_helper_finds_its_own_households(record: Record) -> None:
    here(record, helper="h07")
    with record.read() as work:
        assert members(work, HELPER, By.NAME, NAME) == ["M1"]


def test_the_name_is_masked_and_nothing_of_it_stands_in_the_index(record: Record) -> None:
    here(record)
    with record.read() as work:
        (hit,) = find(work, CLERK, Sought(By.NAME, NAME))
        assert hit.name == f"{NAME[0]}*"
        assert NAME not in repr(hit) + repr(Sought(By.NAME, NAME))
        rows = [tuple(row) for row in work.connection.execute(select(person_index))]
        assert rows
        assert not [part for row in rows for part in ("欧", "ou", "gui", "查") if part in row[1]]


def test_who_has_left_and_whose_case_has_ended_is_still_found(record: Record) -> None:
    case_id = here(record)
    write(record, an_exit(2, case_id))
    with record.read() as work:
        (hit,) = find(work, CLERK, Sought(By.NAME, NAME))
        assert hit.case.state.value == "exited"


def test_a_household_that_never_became_a_case_is_forgotten(record: Record) -> None:
    registered(record)
    with record.write() as work:
        assert expire_reservations(work, AT + timedelta(days=2))
        assert work.connection.execute(select(person_index)).first() is None


def test_a_corrected_name_replaces_the_other(record: Record) -> None:
    case_id = here(record)
    with record.write() as work:
        index_people(work, case_id, (("M2", "赵敏"),))
    with record.read() as work:
        assert members(work, CLERK, By.PINYIN, "zly") == []
        assert members(work, CLERK, By.PINYIN, "zm") == ["M2"]


def test_a_record_of_an_earlier_release_is_caught_up_once(record: Record) -> None:
    case_id = here(record)
    with record.write() as work:
        work.connection.execute(delete(person_index))
        work.connection.execute(update(cases).values(applicant=None, exit_decided=None, special_hardship=None))
        assert members(work, CLERK, By.NAME, NAME) == []

    assert list(catch_up(record)) == [("姓名索引", 2), ("个案标记", 1)]
    assert list(catch_up(record)) == []

    with record.read() as work:
        assert members(work, CLERK, By.NAME, NAME) == ["M1"]
        row = work.connection.execute(select(cases).where(cases.c.case_id == case_id)).one()
        assert (row.applicant, row.exit_decided, row.special_hardship) == ("M1", False, False)


def test_a_search_is_ones_own_and_over_after_half_an_hour(record: Record) -> None:
    case_id = here(record)
    with record.write() as work:
        search_id = begin_search(work, "clerk", NAME, AT)
        assert begin_search(work, "clerk", NAME, AT) != search_id
    with record.read() as work:
        kept = search_of(work, "clerk", search_id, AT + timedelta(minutes=29))
        assert kept is not None
        assert (kept.text, kept.logged) == (NAME, 0)
        assert NAME not in repr(kept)
        assert search_of(work, "other", search_id, AT) is None
        assert search_of(work, "clerk", search_id, AT + timedelta(minutes=30)) is None
    for _ in range(2):
        with record.write() as work:
            log_found(work, CLERK, search_id, 1, [case_id, case_id], "按姓名查找", AT)
    with record.read() as work:
        assert [(view.what, view.account, view.reason) for view in views_of(work, case_id)] == [
            ("search", "clerk", "按姓名查找")
        ]


@pytest.mark.parametrize("by", [By.NAME, By.PINYIN, By.ID_NUMBER, By.PHONE, By.NUMBER])
def test_a_person_is_found_by_an_index(record: Record, by: By) -> None:
    if record.engine.dialect.name != "sqlite":
        pytest.skip("SQLite says how it searches; PostgreSQL decides by the size of the tables")
    with record.read() as work:
        ((statement, values),) = count_statements(work, lambda: find(work, CITY, Sought(by, "x")))
        steps = [row[3] for row in work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert not [step for step in steps if step.startswith("SCAN")], steps


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("仇英", "qiuying", "qy"),
        ("查良镛", "zhaliangyong", "zly"),
        ("解晓东", "xiexiaodong", "xxd"),
        ("曾志伟", "zengzhiwei", "zzw"),
        ("单田芳", "shantianfang", "stf"),
        ("区桂芝", "ouguizhi", "ogz"),
        ("任盈盈", "renyingying", "ryy"),
        ("盖叫天", "gejiaotian", "gjt"),
        ("朴成浩", "piaochenghao", "pch"),
        ("尉迟恭", "yuchigong", "ycg"),
        ("万俟雅言", "moqiyayan", "mqyy"),
        ("吕丽", "lvli", "ll"),
        ("张三", "zhangsan", "zs"),
        ("阿依古丽·买买提", "ayigulimaimaiti", "ayglmmt"),
    ],
)
def test_surnames_are_read_as_surnames(name: str, pinyin: str, initials: str) -> None:
    found = spellings(name)
    assert pinyin in found.pinyin
    assert initials in found.initials
    assert normal_name(name) in found.beginnings
    assert len(found.pinyin) <= 36


def test_pinyin_and_names_are_compared_however_they_are_typed() -> None:
    assert normal_pinyin("Zhāng  Sān") == normal_pinyin("zhang'san") == "zhangsan"
    assert normal_pinyin("Lü Li") == normal_pinyin("lyuli") == normal_pinyin("LVLI") == "lvli"
    assert normal_name("阿依古丽 · 买买提") == normal_name("阿依古丽•买买提") == "阿依古丽买买提"
    assert normal_name(" 欧阳　桂兰 ") == "欧阳桂兰"
    assert spellings("").pinyin == frozenset()
