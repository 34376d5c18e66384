"""The notices of an event become rows in its transaction: a message for each phone, a line for each in-app inbox.

Called by `case_file.py` alone.  A key is used once, whatever is written again.
"""

import json
from typing import Any

from casework.events import CaseEvent, Channel, NoticeDue
from casework.messages import message_key
from casework.states import Role
from records.addressees import accounts_meant
from records.case_rows import Row, message_row
from records.crypto import Keys
from records.engine import Writing
from records.tables import messages
from records.tables_notices import inbox
from records.upsert import insert_into


def write_notices(work: Writing, event: CaseEvent) -> None:
    """Plan the messages due and put the in-app lines where they belong."""
    by_sms: list[Row] = []
    in_app: list[Row] = []
    for place, notice in enumerate(event.notices):
        people = accounts_meant(work, notice)
        if Channel.SMS in notice.channels:
            recipients = people or ((notice.recipient,) if notice.role is Role.SUPERVISOR else ())
            by_sms += [message_row(event, place, notice, recipient, work.keys) for recipient in recipients]
        if Channel.IN_APP in notice.channels:
            in_app += [inbox_row(event, notice, account, work.keys) for account in _inboxes(notice, people)]
    for table, rows in ((messages, by_sms), (inbox, in_app)):
        if rows:
            work.connection.execute(insert_into(work.connection, table).on_conflict_do_nothing(), rows)


def _inboxes(notice: NoticeDue, people: tuple[str, ...]) -> tuple[str | None, ...]:
    """A helper's and a supervisor's lines are their own; an office's or a county's are of whoever sees the case."""
    if notice.role in (Role.HELPER, Role.SUPERVISOR) and people:
        return people
    return (None,)


def inbox_row(event: CaseEvent, notice: NoticeDue, account: str | None, keys: Keys) -> Row:
    """Return the row of an in-app line for an account, or (None) for the people of the notice's role."""
    assert notice.role is not None
    key = message_key(event.case_id, event.seq, notice.name, account or notice.role.value)
    return {
        "key": key,
        "case_id": event.case_id,
        "seq": event.seq,
        "notice": notice.name,
        "role": notice.role.value,
        "account": account,
        "words": sealed_words(keys, dict(notice.words), key),
        "at": event.at,
    }


def sealed_words(keys: Keys, words: dict[str, Any], key: str) -> bytes:
    """Return the words of an in-app line as they are kept."""
    return keys.seal(json.dumps(words, ensure_ascii=False).encode(), f"inbox.words:{key}")
