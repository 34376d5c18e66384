"""What the public's door keeps, on both databases: codes, the board, objections, applications, evidence."""

from dataclasses import replace
from datetime import date, timedelta

from casework.states import Role, State
from casework.times import at_local
from records.board_pages import board_page, on_board
from records.drafts import DraftKind, Whose, start_draft
from records.engine import Record
from records.evidence import APPLICATION, NewEvidence, add_evidence, drop_evidence, evidence_about, evidence_of
from records.online_applications import (
    ACCEPTED,
    RETURNED,
    SUBMITTED,
    HandedIn,
    acts_of,
    application_counts,
    applications_at,
    became_case_of,
    hand_in,
    move_on,
    note_act,
    own_application,
    whole_application,
)
from records.phone_codes import A_PHONE, keep_code, phone_index_of, phone_visit, room_for_code, try_code
from records.public_objections import (
    NewObjection,
    keep_objection,
    mark_declined,
    mark_registered,
    objection_counts,
    objection_of_phone,
    objections_to_handle,
)
from records.scope import Scope
from tests.records.made import AT, CASE, CLERK, ELSEWHERE, OFFICE, a_case, a_publicity, an_event
from tests.records.test_case_file import write

PHONE, OTHER = "19900000001", "19900000002"


def test_codes_have_few_tries_and_a_short_life(record: Record) -> None:
    with record.write() as work:
        keep_code(work, token="t1", code="123456", phone=PHONE, address="10.0.0.1", about="X", now=AT)
    for left in (4, 3, 2, 1):
        with record.write() as work:
            assert try_code(work, "t1", "000000", AT) == left
    with record.write() as work:
        assert try_code(work, "t1", "123456", AT + timedelta(minutes=10)) == "over"
        assert try_code(work, "t2", "123456", AT) == "over"
        assert try_code(work, "t1", "123456", AT + timedelta(minutes=9)) == "right"
        assert try_code(work, "t1", "123456", AT + timedelta(minutes=9)) == "over"
    with record.read() as work:
        visit = phone_visit(work, "t1", AT + timedelta(hours=1))
        assert visit is not None
        assert (visit.verified, visit.phone, visit.about) == (True, PHONE, "X")
        assert phone_visit(work, "t1", AT + timedelta(hours=2, minutes=9)) is None


def test_a_phone_has_room_again_after_an_hour(record: Record) -> None:
    with record.write() as work:
        for number in range(A_PHONE):
            assert room_for_code(work, PHONE, f"10.0.0.{number}", AT)
            keep_code(work, token=f"t{number}", code="1", phone=PHONE, address="10.0.0.1", about=None, now=AT)
        assert not room_for_code(work, PHONE, "10.0.0.9", AT)
        assert room_for_code(work, OTHER, "10.0.0.9", AT)
        assert room_for_code(work, PHONE, "10.0.0.9", AT + timedelta(hours=1))


def posted(record: Record, case_id: str, office: str) -> str:
    """Put a case's notice up for 09-30 to 10-10; return its public number."""
    case = a_case(1, case_id, office=office, state=State.IN_PUBLICITY, publicity=a_publicity())
    event = an_event(1, case, target=State.IN_PUBLICITY)
    write(record, event)
    with record.read() as work:
        now = at_local(event.case.publicity.posted_on, 12) if event.case.publicity else AT
        rows = board_page(work, now, area=office, page=1, size=5, drill=False).rows
    return rows[0].public_id


def test_the_board_is_paged_and_narrowed_without_a_drill(record: Record) -> None:
    here, there = f"{OFFICE}-2026-00001", "220402001-2026-00001"
    first = posted(record, here, OFFICE)
    posted(record, there, "220402001")
    publicity = a_publicity()
    noon = at_local(publicity.posted_on, 12)
    with record.read() as work:
        whole = board_page(work, noon, area=None, page=1, size=1, drill=False)
        assert (whole.total, len(whole.rows), dict(whole.areas)) == (2, 1, {OFFICE: 1, "220402001": 1})
        second = board_page(work, noon, area=None, page=2, size=1, drill=False)
        assert whole.rows[0].public_id != second.rows[0].public_id
        narrowed = board_page(work, noon, area="220302", page=1, size=50, drill=False)
        assert [row.public_id for row in narrowed.rows] == [first]
        assert narrowed.total == 1
        last = at_local(publicity.ends_on, 23)
        assert board_page(work, last, area=None, page=1, size=50, drill=False).total == 2
        over = last + timedelta(hours=1)
        assert board_page(work, over, area=None, page=1, size=50, drill=False).total == 0
        gone = on_board(work, first, over)
        assert gone is not None
        assert not gone.up


def test_an_objection_is_handled_once_and_shown_to_whom_it_concerns(record: Record) -> None:
    write(record, an_event(1, a_case(1)))
    new = NewObjection(CASE, 1, "form-1", date(2026, 10, 9), "有摊位", "王五", PHONE)
    with record.write() as work:
        receipt = keep_objection(work, new, AT)
        assert keep_objection(work, new, AT) == receipt
        assert keep_objection(work, replace(new, key="form-2"), AT) != receipt
    with record.read() as work:
        assert objection_counts(work, CLERK)["received"] == 2
        assert objection_counts(work, ELSEWHERE)["received"] == 0
        listed = objections_to_handle(work, CLERK, "received")
        assert {(one.content, one.name) for one in listed} == {("", None)}
        mine = objection_of_phone(work, receipt, phone_index_of(record.keys, PHONE))
        assert mine is not None
        assert mine.content == "有摊位"
        assert objection_of_phone(work, receipt, phone_index_of(record.keys, OTHER)) is None
    with record.write() as work:
        assert mark_registered(work, receipt, objection="O2", account="cw1", now=AT)
        assert not mark_declined(work, receipt, reason="不是", account="cw2", now=AT)


def test_an_application_is_returned_handed_in_again_and_becomes_a_case(record: Record) -> None:
    scope = Scope("cw1", Role.CASEWORKER, OFFICE)
    content = {"pages": {"home": {"community": "向阳社区"}}, "stamps": {}}
    with record.write() as work:
        draft = start_draft(work, Whose(DraftKind.PUBLIC, "somebody"), content, AT)
        file = NewEvidence(APPLICATION, draft.draft_id, "户口簿", "jpg", 10, "d" * 64, "a.jpg")
        evidence_id = add_evidence(work, file, AT)
        assert add_evidence(work, file, AT) == evidence_id
        new = HandedIn(draft.draft_id, OFFICE, 2, date(2026, 10, 16), PHONE, "张三", content)
        receipt = hand_in(work, new, AT)
        assert [one.evidence_id for one in evidence_about(work, APPLICATION, receipt)] == [evidence_id]
    with record.read() as work:
        assert application_counts(work, scope)[SUBMITTED] == 1
        assert whole_application(work, ELSEWHERE, receipt) is None
        assert own_application(work, receipt, phone_index_of(record.keys, OTHER)) is None
        found = whole_application(work, scope, receipt)
    assert found is not None
    assert found.content == content
    with record.write() as work:
        assert move_on(work, found, RETURNED, draft_id="again")
        assert not move_on(work, found, RETURNED, draft_id="twice")
        note_act(work, receipt, RETURNED, "cw1", AT, {"home": "请写全称"})
        assert hand_in(work, replace(new, draft_id="again"), AT + timedelta(days=1)) == receipt
        fresh = whole_application(work, scope, receipt)
        assert fresh is not None
        assert move_on(work, fresh, SUBMITTED, desk_draft="desk-1")
        became_case_of(work, "desk-1", CASE, "cw1", AT + timedelta(days=2))
        became_case_of(work, "nobody's", CASE, "cw1", AT)
    write(record, an_event(1, a_case(1)))
    with record.read() as work:
        done = own_application(work, receipt, phone_index_of(record.keys, PHONE))
        assert done is not None
        assert (done.state, done.case_id, done.content) == (ACCEPTED, CASE, {})
        assert [act.what for act in acts_of(work, receipt)] == [SUBMITTED, RETURNED, SUBMITTED, ACCEPTED]
        assert acts_of(work, receipt)[1].reasons == {"home": "请写全称"}
        assert [one.evidence_id for one in evidence_of(work, CLERK, CASE)] == [evidence_id]
        assert evidence_of(work, ELSEWHERE, CASE) == ()
        assert applications_at(work, scope, SUBMITTED) == ()


def test_a_content_goes_only_with_its_last_file(record: Record) -> None:
    file = NewEvidence(APPLICATION, "d1", "户口簿", "jpg", 10, "e" * 64, "a.jpg")
    with record.write() as work:
        first = add_evidence(work, file, AT)
        second = add_evidence(work, replace(file, about="d2"), AT)
        assert drop_evidence(work, first) is None
        assert drop_evidence(work, second) == "e" * 64
        assert drop_evidence(work, second) is None
