"""Free text (文字记录), kept encrypted before the command that refers to it; a case only ever carries its id.

The id is made from the request, so that the same request repeated keeps one text.
"""

from datetime import datetime

from sqlalchemy import select

from records.engine import Reading, Writing
from records.scope import Scope, visible
from records.tables import cases
from records.tables_people import free_texts
from records.upsert import insert_into


def keep_text(
    work: Writing, *, case_id: str, account: str, command_id: str, field: str, text: str, now: datetime
) -> str:
    """Keep a text and return its id (`txt-…`).  Under a key once used the first text stays."""
    request = "\x00".join((case_id, account, command_id, field))
    text_id = f"txt-{work.keys.blind_index('text id', request)[:32]}"
    row = {
        "text_id": text_id,
        "case_id": case_id,
        "field": field,
        "account": account,
        "written_at": now,
        "sealed": work.keys.seal(text.encode(), f"free_texts.sealed:{text_id}"),
    }
    work.connection.execute(insert_into(work.connection, free_texts).on_conflict_do_nothing(), row)
    return text_id


def texts_of(work: Reading, scope: Scope, case_id: str) -> dict[str, str]:
    """Return the texts of a case by id; empty outside the scope."""
    rows = work.connection.execute(
        select(free_texts.c.text_id, free_texts.c.sealed)
        .join(cases, cases.c.case_id == free_texts.c.case_id)
        .where(free_texts.c.case_id == case_id, visible(scope))
        .order_by(free_texts.c.written_at, free_texts.c.text_id)
    )
    return {row.text_id: work.keys.open(row.sealed, f"free_texts.sealed:{row.text_id}").decode() for row in rows}
