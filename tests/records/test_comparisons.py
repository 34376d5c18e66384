"""What sources answered, on record: sealed, once per run, read with a reason; and the history of postings."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from casework.errors import SaidNo
from casework.states import Actor, Role, State
from records.board import postings_of
from records.case_file import write_event
from records.comparisons import KeptAnswer, answers_of_run, forget_run, id_numbers, keep_answers, open_answers
from records.engine import Record
from records.household_pages import views_of
from records.tables_review import comparison_answers
from tests.records.made import AT, CASE, CLERK, ELSEWHERE, a_case, a_publicity, an_event, registered

RUN = "clerk:key-1"


def told(source: str = "business", raw: str = '{"status": "存续"}') -> KeptAnswer:
    return KeptAnswer(source, "M1", "hit", AT, date(2026, 10, 20), "GS-0007", "clerk", raw)


def test_answers_are_sealed_and_a_run_is_kept_once(record: Record) -> None:
    with record.write() as work:
        keep_answers(work, CASE, RUN, "clerk", [told(), told("tax")])
        keep_answers(work, CASE, RUN, "clerk", [told(raw="other")])

    with record.read() as work:
        rows = work.connection.execute(select(comparison_answers)).all()
        assert [(r.source, r.account) for r in rows] == [("business", "clerk"), ("tax", "clerk")]
        assert not [r for r in rows if "存续".encode() in r.sealed]
        kept = answers_of_run(work, CASE, RUN)
    assert [(k.source, k.member, k.result, k.valid_until, k.raw) for k in kept] == [
        ("business", "M1", "hit", date(2026, 10, 20), ""),
        ("tax", "M1", "hit", date(2026, 10, 20), ""),
    ]


def test_the_sources_words_are_read_with_a_reason_and_a_line_in_the_log(record: Record) -> None:
    case_id = registered(record)
    with record.write() as work:
        write_event(work, an_event(1))
        keep_answers(work, case_id, RUN, "clerk", [told()])
        now = datetime(2026, 9, 28, 2, tzinfo=UTC)
        with pytest.raises(SaidNo):
            open_answers(work, CLERK, case_id, reason=" ", now=now)
        assert open_answers(work, ELSEWHERE, case_id, reason="看一看", now=now) is None

        found = open_answers(work, CLERK, case_id, reason="查明工商登记", now=now)

        assert found is not None
        assert [f.raw for f in found] == ['{"status": "存续"}']
        assert [(v.account, v.what, v.reason) for v in views_of(work, case_id)] == [
            ("clerk", "comparisons", "查明工商登记")
        ]


def test_a_refused_run_is_forgotten_and_numbers_are_whole_for_connectors(record: Record) -> None:
    case_id = registered(record)
    with record.write() as work:
        keep_answers(work, case_id, RUN, "clerk", [told()])
        forget_run(work, case_id, RUN)
        assert answers_of_run(work, case_id, RUN) == ()
        numbers = id_numbers(work, case_id)
    assert next(iter(numbers)) == "M1"
    assert all(len(number) == 18 for number in numbers.values())


def test_each_posting_has_its_own_history(record: Record) -> None:
    """张贴经过：谁张贴、何时上网、何时撤下."""
    registered(record)
    second = Actor(account="clerk2", role=Role.CASEWORKER)
    up = a_case(2, state=State.IN_PUBLICITY, publicity=a_publicity())
    down = a_case(3, state=State.IN_PUBLICITY, publicity=a_publicity(taken_down_on=date(2026, 10, 9)))
    again = a_publicity(round=2, posted_on=date(2026, 10, 12), ends_on=date(2026, 10, 15))
    reposted = a_case(4, state=State.IN_PUBLICITY, publicity=again)
    sealed = a_case(5, state=State.CERTIFIED, publicity=again)
    seal_day = date(2026, 10, 19)
    with record.write() as work:
        for event in (
            an_event(1),
            an_event(2, up, source=State.APPLIED),
            an_event(3, down, by=second),
            an_event(4, reposted),
            an_event(5, sealed, source=State.IN_PUBLICITY, on=seal_day),
        ):
            write_event(work, event)

    with record.read() as work:
        assert postings_of(work, ELSEWHERE, CASE) is None
        first, later = postings_of(work, CLERK, CASE) or ()
    assert (first.round, first.down_on, first.down_by) == (1, date(2026, 10, 9), "clerk2")
    assert first.up_at is not None
    assert first.down_at is not None
    assert (later.round, later.posted_on, later.down_on, later.down_by) == (2, date(2026, 10, 12), None, None)
