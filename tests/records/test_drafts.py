"""Drafts of applications in the record, on both databases: whose they are, lost by nobody, swept when old."""

from datetime import timedelta

import pytest

from casework.errors import Conflict
from records.drafts import (
    KEPT,
    DraftKind,
    Whose,
    became_case,
    draft_for,
    drafts_for,
    forget_draft,
    keep_draft,
    move_draft,
    moves_of,
    others_with_applicant,
    public_owner,
    start_draft,
    sweep_drafts,
)
from records.engine import Record
from tests.records.made import AT, OFFICE

CLERK = Whose(DraftKind.DESK, "clerk", OFFICE)
COLLEAGUE = Whose(DraftKind.DESK, "colleague", OFFICE)
ELSEWHERE = Whose(DraftKind.DESK, "other", "220302005")
NUMBER = "22030219850312101X"


def test_a_draft_is_the_owners_and_the_offices_and_nobody_elses(record: Record) -> None:
    with record.write() as work:
        draft = start_draft(work, CLERK, {"pages": {"home": {"community": "向阳社区"}}}, AT)
        at_home = Whose(DraftKind.PUBLIC, public_owner(work, "a secret of the browser"))
        theirs = start_draft(work, at_home, {}, AT)
    with record.read() as work:
        assert draft_for(work, CLERK, draft.draft_id, AT) == draft
        assert draft_for(work, COLLEAGUE, draft.draft_id, AT) == draft
        assert draft_for(work, ELSEWHERE, draft.draft_id, AT) is None
        assert draft_for(work, at_home, draft.draft_id, AT) is None
        assert draft_for(work, CLERK, theirs.draft_id, AT) is None
        assert draft_for(work, Whose(DraftKind.PUBLIC, "clerk"), draft.draft_id, AT) is None
        assert [d.draft_id for d in drafts_for(work, COLLEAGUE, AT)] == [draft.draft_id]
        assert drafts_for(work, ELSEWHERE, AT) == ()
        assert [d.draft_id for d in drafts_for(work, at_home, AT)] == [theirs.draft_id]


def test_what_was_typed_is_sealed(record: Record) -> None:
    with record.write() as work:
        draft = start_draft(work, CLERK, {"name": "张三"}, AT)
        keep_draft(work, draft, {"number": NUMBER}, by="clerk", now=AT, id_number=NUMBER)
        row = work.connection.exec_driver_sql("SELECT * FROM drafts").one()
    assert NUMBER not in repr(row)
    assert NUMBER.encode() not in bytes(row.content)
    assert NUMBER not in repr(draft)


def test_the_second_of_two_writers_is_stopped(record: Record) -> None:
    with record.write() as work:
        draft = start_draft(work, CLERK, {}, AT)
        first = keep_draft(work, draft, {"a": 1}, by="clerk", now=AT)
    with pytest.raises(Conflict) as stopped, record.write() as work:
        keep_draft(work, draft, {"a": 2}, by="colleague", now=AT)
    assert stopped.value.code == "draft_changed"
    with record.read() as work:
        assert draft_for(work, CLERK, draft.draft_id, AT) == first


def test_a_colleague_takes_it_over_and_that_is_written_down(record: Record) -> None:
    later = AT + timedelta(days=3)
    with record.write() as work:
        draft = start_draft(work, CLERK, {"a": 1}, AT)
        move_draft(work, draft, COLLEAGUE, later)
        moved = draft_for(work, CLERK, draft.draft_id, later)
        assert moved is not None
        assert moved.owner == "colleague"
        assert [(m.at, m.from_owner, m.to_owner) for m in moves_of(work, draft.draft_id)] == [
            (later, "clerk", "colleague")
        ]
        forget_draft(work, moved)
        assert draft_for(work, COLLEAGUE, draft.draft_id, later) is None
        assert moves_of(work, draft.draft_id) == ()


def test_an_old_draft_goes_and_a_case_leaves_nothing_typed(record: Record) -> None:
    with record.write() as work:
        old = start_draft(work, CLERK, {"a": 1}, AT)
        became = start_draft(work, CLERK, {"a": 2}, AT + timedelta(days=1))
        became_case(work, became, "220302004-2026-00001", AT + timedelta(days=1))
    last = AT + KEPT - timedelta(seconds=1)
    with record.write() as work:
        assert sweep_drafts(work, last) == 0
        assert draft_for(work, CLERK, old.draft_id, last) is not None
        assert draft_for(work, CLERK, old.draft_id, AT + KEPT) is None
        assert sweep_drafts(work, AT + KEPT) == 1
        left = draft_for(work, CLERK, became.draft_id, AT + KEPT)
        assert left is not None
        assert (left.case_id, left.content) == ("220302004-2026-00001", {})
        assert drafts_for(work, CLERK, AT + KEPT) == ()


def test_another_draft_of_the_same_applicant_is_found_at_the_office(record: Record) -> None:
    with record.write() as work:
        one = keep_draft(work, start_draft(work, CLERK, {}, AT), {}, by="clerk", now=AT, id_number=NUMBER)
        start = start_draft(work, COLLEAGUE, {}, AT)
        keep_draft(work, start, {}, by="colleague", now=AT, id_number=NUMBER.lower())
        away = start_draft(work, ELSEWHERE, {}, AT)
        keep_draft(work, away, {}, by="other", now=AT, id_number=NUMBER)
        assert others_with_applicant(work, one, NUMBER, AT) == (("colleague", 1),)
        assert others_with_applicant(work, one, "22030219850312102X", AT) == ()
