"""Whom a message falls to when its helper cannot be reached (A44): the helper of the day, then the supervisors.

Each is a new row with its own recipient in its key, so that nobody is told the same thing twice; the supervisors are
told in the application as well.  That somebody was reminded says nothing about whether the work was done.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from casework.messages import MessageState, message_key
from casework.states import Role
from casework.times import local_date
from records.accounts import supervisors_of
from records.engine import Reading, Writing
from records.notice_rows import sealed_words
from records.responsible import responsible_for
from records.tables import cases, messages
from records.tables_notices import inbox
from records.upsert import insert_into

NOT_REACHED = "helper_not_reached"
"""The notice by which supervisors learn that a helper did not get one."""


TO_THE_FORMER = frozenset({"helper_relieved"})
"""Notices to somebody who is the household's helper no more, and is meant all the same."""


def stands_in(work: Reading, key: str, now: datetime) -> str | None:
    """Return who is told today in the stead of a planned message's recipient, or None when it is the recipient.

    A household that was given another helper while the message waited (for the morning, for a gateway) is the other's.
    """
    asked = select(messages, cases.c.helper)
    row = work.connection.execute(
        asked.outerjoin(cases, cases.c.case_id == messages.c.case_id).where(
            messages.c.key == key, messages.c.state == MessageState.PLANNED.value
        )
    ).first()
    if row is None or row.role is None:
        return None
    of_helper = row.role == Role.HELPER.value and row.helper is not None and row.notice not in TO_THE_FORMER
    reassigned = of_helper and row.helper != (row.instead_of or row.recipient)
    told = responsible_for(work, row.helper if reassigned else row.recipient, local_date(now))
    if told == row.recipient:
        return None
    other = message_key(row.case_id, row.seq, row.key.split("/")[2], told)
    closed = select(messages.c.key).where(messages.c.key == other, messages.c.state == MessageState.SUPPRESSED.value)
    return told if work.connection.execute(closed).first() is None else None  # handed on from there: somebody is told


def hand_over(work: Writing, key: str, now: datetime) -> bool:
    """Close a planned message to somebody who does not answer for it now and plan it for who does; False: none is."""
    substitute = stands_in(work, key, now)
    if substitute is None:
        return False
    closed = (
        update(messages)
        .where(messages.c.key == key, messages.c.state == MessageState.PLANNED.value)
        .values(state=MessageState.SUPPRESSED.value, code="handed_to_substitute", settled_at=now)
    )
    if work.connection.execute(closed).rowcount != 1:
        return False
    row = work.connection.execute(select(messages).where(messages.c.key == key)).one()
    _plan(work, row, substitute, row.notice, _words(work, row), now)
    return True


def pass_on(work: Writing, key: str, title_of: Callable[[str], str], now: datetime) -> bool:
    """Plan a helper's message that failed for good for the supervisors; False when there is nobody to pass it to."""
    row = work.connection.execute(select(messages).where(messages.c.key == key)).one()
    if row.role != Role.HELPER.value:
        return False
    office = work.connection.execute(select(cases.c.office).where(cases.c.case_id == row.case_id)).scalar_one_or_none()
    supervisors = supervisors_of(work, office) if office else ()
    words = {"about": title_of(row.notice)}
    for supervisor in supervisors:
        _plan(work, row, supervisor, NOT_REACHED, words, now, role=Role.SUPERVISOR)
        _tell_in_app(work, row, supervisor, words, now)
    return bool(supervisors)


def _plan(
    work: Writing,
    row: Row[Any],
    recipient: str,
    notice: str,
    words: dict[str, str],
    now: datetime,
    role: Role | None = None,
) -> None:
    """The key keeps the name of the first notice: each person gets one message of it, whatever its way."""
    key = message_key(row.case_id, row.seq, row.key.split("/")[2], recipient)
    planned = {
        "key": key,
        "case_id": row.case_id,
        "seq": row.seq,
        "place": row.place,
        "notice": notice,
        "role": (role or Role(row.role)).value,
        "recipient": recipient,
        "words": work.keys.seal(json.dumps(words, ensure_ascii=False).encode(), f"messages.words:{key}"),
        "state": MessageState.PLANNED.value,
        "planned_at": row.planned_at if role is None else now,
        "not_before": now,
        "attempts": 0,
        "late": False,
        "instead_of": row.instead_of or row.recipient,
    }
    work.connection.execute(insert_into(work.connection, messages).on_conflict_do_nothing(), planned)


def _tell_in_app(work: Writing, row: Row[Any], supervisor: str, words: dict[str, str], now: datetime) -> None:
    key = message_key(row.case_id, row.seq, f"{NOT_REACHED}-{row.notice}", supervisor)
    line = {
        "key": key,
        "case_id": row.case_id,
        "seq": row.seq,
        "notice": NOT_REACHED,
        "role": Role.SUPERVISOR.value,
        "account": supervisor,
        "words": sealed_words(work.keys, words, key),
        "at": now,
    }
    work.connection.execute(insert_into(work.connection, inbox).on_conflict_do_nothing(), line)


def _words(work: Writing, row: Row[Any]) -> dict[str, str]:
    words: dict[str, str] = json.loads(work.keys.open(row.words, f"messages.words:{row.key}"))
    return words
