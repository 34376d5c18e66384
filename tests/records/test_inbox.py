"""The in-app inbox of the record: lines go with their event, to those who see the case, and each reads for itself."""

from datetime import date, timedelta

import pytest

from casework.events import Channel, NoticeDue
from casework.states import Role
from notifications.catalog import NOTICES
from records.absences import add_absence
from records.accounts import create_account
from records.engine import Record
from records.inbox import answers_for, mark_read, my_lines, put_alert
from records.scope import Scope
from records.tables import messages
from tests.records.made import ADMIN, AT, CASE, CITY, CLERK, COUNTY, ELSEWHERE, HELPER, OFFICE, a_case, an_event
from tests.records.test_case_file import write

TODAY = date(2026, 10, 12)
BOTH = (Channel.SMS, Channel.IN_APP)


def a_line(name: str, role: Role, recipient: str, channels: tuple[Channel, ...] = (Channel.IN_APP,)) -> NoticeDue:
    words = {"promise_due": "2026-10-22"}
    return NoticeDue(name=name, role=role, recipient=recipient, words=words, not_before=AT, channels=channels)


def seen(record: Record, scope: Scope, on: date = TODAY) -> list[str]:
    with record.read() as work:
        page = my_lines(work, scope, on, lambda name: NOTICES[name].looked_up_words)
    assert page.total == len(page.lines)
    return [line.notice for line in page.lines]


def staff(record: Record, *people: tuple[str, Role, str]) -> None:
    for account, role, area in people:
        create_account(
            record, account=account, password="long enough", role=role, area=area, name="某人", phone=None, now=AT
        )


@pytest.mark.parametrize(
    ("role", "recipient", "scope", "others"),
    [
        (Role.HELPER, "h07", HELPER, (CLERK, COUNTY, CITY)),
        (Role.CASEWORKER, OFFICE, CLERK, (HELPER, COUNTY, ELSEWHERE)),
        (Role.REVIEWER, OFFICE[:6], COUNTY, (HELPER, CLERK, Scope("r", Role.REVIEWER, "220303"))),
        (Role.SUPERVISOR, OFFICE, CITY, (CLERK, COUNTY, Scope("s", Role.SUPERVISOR, "210000"))),
    ],
)
def test_a_line_is_seen_by_those_it_is_for_and_nobody_else(
    record: Record, role: Role, recipient: str, scope: Scope, others: tuple[Scope, ...]
) -> None:
    write(record, an_event(1, a_case(helper="h07"), notices=(a_line("promise_overdue", role, recipient),)))

    assert seen(record, scope) == ["promise_overdue"]
    for other in (*others, ADMIN):
        assert seen(record, other) == []


def test_in_app_alone_is_no_message_and_both_is_one_of_each(record: Record) -> None:
    alone = a_line("promise_due_soon", Role.HELPER, "h07")
    both = a_line("promise_overdue", Role.HELPER, "h07", BOTH)
    event = an_event(1, a_case(helper="h07"), notices=(alone, both))
    write(record, event)
    write(record, event)

    assert sorted(seen(record, HELPER)) == ["promise_due_soon", "promise_overdue"]
    with record.read() as work:
        assert [row.notice for row in work.connection.execute(messages.select())] == ["promise_overdue"]


def test_a_notice_to_supervisors_is_the_nearest_ones_own(record: Record) -> None:
    staff(record, ("county", Role.SUPERVISOR, "220302"), ("city", Role.SUPERVISOR, "220300"))
    write(record, an_event(1, a_case(), notices=(a_line("promise_overdue_supervisor", Role.SUPERVISOR, OFFICE, BOTH),)))

    assert seen(record, Scope("county", Role.SUPERVISOR, "220302")) == ["promise_overdue_supervisor"]
    assert seen(record, CITY) == []


def test_a_desk_that_is_told_by_sms_is_told_at_each_phone(record: Record) -> None:
    staff(
        record,
        ("r1", Role.REVIEWER, "220302"),
        ("r2", Role.REVIEWER, "220302004"),
        ("r3", Role.REVIEWER, "220303"),
        ("c1", Role.CASEWORKER, OFFICE),
        ("c2", Role.CASEWORKER, "220302005"),
    )
    due = (
        a_line("promise_overdue", Role.REVIEWER, OFFICE[:6], BOTH),
        a_line("promise_due_soon", Role.CASEWORKER, OFFICE, BOTH),
    )
    write(record, an_event(1, a_case(), notices=due))

    with record.read() as work:
        told = sorted(row.recipient for row in work.connection.execute(messages.select()))
    assert told == ["c1", "r1", "r2"]
    assert seen(record, Scope("r2", Role.REVIEWER, "220302")) == ["promise_overdue"]


def test_each_reads_for_itself_and_unread_lines_come_first(record: Record) -> None:
    first = an_event(1, a_case(1), notices=(a_line("promise_due_soon", Role.REVIEWER, OFFICE[:6]),))
    second = an_event(2, a_case(2), notices=(a_line("promise_overdue", Role.REVIEWER, OFFICE[:6]),))
    write(record, first, second)
    colleague = Scope("county2", Role.REVIEWER, "220302")

    assert seen(record, COUNTY) == ["promise_overdue", "promise_due_soon"]
    with record.write() as work:
        newest = f"{CASE}/2/promise_overdue/reviewer"
        assert mark_read(work, COUNTY, TODAY, (newest, "nothing"), AT) == 1
        assert mark_read(work, COUNTY, TODAY, (newest,), AT + timedelta(days=1)) == 0
        assert mark_read(work, ELSEWHERE, TODAY, None, AT) == 0

    assert seen(record, COUNTY) == ["promise_due_soon", "promise_overdue"]
    assert seen(record, colleague) == ["promise_overdue", "promise_due_soon"]
    with record.read() as work:
        page = my_lines(work, COUNTY, TODAY, lambda _: frozenset(), unread_only=True)
        assert ([line.notice for line in page.lines], page.unread, page.total) == (["promise_due_soon"], 1, 2)
        assert my_lines(work, COUNTY, TODAY, lambda _: frozenset(), offset=1, limit=1).lines[0].read_at == AT


def test_79_lines_follow_the_substitute_and_come_back(record: Record) -> None:
    staff(record, ("h07", Role.HELPER, OFFICE), ("h08", Role.HELPER, OFFICE))
    own = an_event(1, a_case(1, f"{OFFICE}-2026-00002", helper="h08"))
    write(record, own, an_event(1, a_case(helper="h07"), notices=(a_line("promise_overdue", Role.HELPER, "h07"),)))
    with record.write() as work:
        add_absence(
            work, account="h07", substitute="h08", first=date(2026, 10, 12), last=date(2026, 10, 16),
            reason="年休假", made_by="h07", now=AT,
        )  # fmt: skip
    on = (date(2026, 10, 11), date(2026, 10, 12), date(2026, 10, 16), date(2026, 10, 17))

    with record.read() as work:
        assert [answers_for(work, "h08", day) for day in on] == [("h08",), ("h08", "h07"), ("h08", "h07"), ("h08",)]
    assert [seen(record, HELPER, day) for day in on] == [["promise_overdue"]] * 4


def test_a_case_that_is_out_of_sight_takes_its_lines_along(record: Record) -> None:
    write(record, an_event(1, a_case(), notices=(a_line("promise_overdue", Role.CASEWORKER, OFFICE),)))
    write(record, an_event(2, a_case(2, office="220302005")))

    assert seen(record, CLERK) == []
    assert seen(record, ELSEWHERE) == ["promise_overdue"]


def test_an_alert_is_for_administrators_alone(record: Record) -> None:
    with record.write() as work:
        put_alert(work, "calendar/2027/1", "calendar_missing", "2027年放假安排尚未导入。", AT)
        put_alert(work, "calendar/2027/1", "calendar_missing", "2027年放假安排尚未导入。", AT)

    assert seen(record, ADMIN) == ["calendar_missing"]
    assert seen(record, CITY) == []
