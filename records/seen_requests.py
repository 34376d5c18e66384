"""Requests looked up and taken back: whether a key was used, and forgetting what a refused step left behind.

Remembering a key is in `requests.py`.  A refused step keeps nothing, so that the corrected one may use the same key.
"""

from sqlalchemy import delete, select

from records.engine import Reading, Writing
from records.requests import Remembered
from records.tables import events
from records.tables_people import free_texts, requests
from records.vacancy_places import free_place


def seen_request(work: Reading, *, account: str, key: str, request_hash: str) -> Remembered:
    """Say whether this key was used, without remembering it."""
    row = work.connection.execute(select(requests).where(requests.c.account == account, requests.c.key == key)).first()
    if row is None:
        return Remembered("first", None)
    return Remembered("same" if row.request_hash == request_hash else "different", row.case_id)


def case_of_key(work: Reading, *, account: str, key: str) -> str | None:
    """Return the case a request was given, whatever its body was."""
    asked = select(requests.c.case_id).where(requests.c.account == account, requests.c.key == key)
    return work.connection.execute(asked).scalar_one_or_none()


def forget_request(
    work: Writing, *, account: str, key: str, case_id: str, command_id: str, text_ids: tuple[str, ...]
) -> bool:
    """Forget a key, the texts and the vacancy's place that came with it, unless the command is on record after all."""
    there = select(events.c.seq).where(events.c.case_id == case_id, events.c.command_id == command_id)
    if work.connection.execute(there).first() is not None:
        return False
    free_place(work, command_id)
    if text_ids:
        work.connection.execute(
            delete(free_texts).where(free_texts.c.case_id == case_id, free_texts.c.text_id.in_(text_ids))
        )
    work.connection.execute(
        delete(requests).where(requests.c.account == account, requests.c.key == key, requests.c.case_id == case_id)
    )
    return True
