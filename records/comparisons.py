"""What sources answered (线上比对的原始答复): kept sealed, by run, before the case hears of it; read with a reason.

A run is one request of a person: the same request again finds its answers here and asks nobody twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import delete, select

from casework.errors import SaidNo
from records.engine import Reading, Writing
from records.household_pages import log_view
from records.scope import Scope, visible
from records.tables import cases
from records.tables_people import persons
from records.tables_review import comparison_answers as answers
from records.upsert import insert_into


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """One source's answer about one member; `raw` is what it said."""

    source: str
    member: str
    result: str
    looked_at: datetime
    valid_until: date | None
    reference: str | None
    account: str = ""
    raw: str = field(default="", repr=False)


def keep_answers(work: Writing, case_id: str, run: str, account: str, found: Iterable[KeptAnswer]) -> None:
    """Keep a run's answers; those of a run that is known stay as they are."""
    for one in found:
        row = {
            "case_id": case_id,
            "run": run,
            "source": one.source,
            "member_id": one.member,
            "result": one.result,
            "looked_at": one.looked_at,
            "valid_until": one.valid_until,
            "reference": one.reference,
            "account": account,
            "sealed": work.keys.seal_text(one.raw, _place(case_id, run, one.source, one.member)),
        }
        work.connection.execute(insert_into(work.connection, answers).on_conflict_do_nothing(), row)


def answers_of_run(work: Reading, case_id: str, run: str) -> tuple[KeptAnswer, ...]:
    """Return a run's answers without the sources' own words; empty for a run that never was."""
    rows = select(answers).where(answers.c.case_id == case_id, answers.c.run == run)
    return tuple(
        KeptAnswer(r.source, r.member_id, r.result, r.looked_at, r.valid_until, r.reference, r.account)
        for r in work.connection.execute(rows.order_by(answers.c.source, answers.c.member_id))
    )


def forget_run(work: Writing, case_id: str, run: str) -> None:
    """Forget the answers of a run that the case refused."""
    work.connection.execute(delete(answers).where(answers.c.case_id == case_id, answers.c.run == run))


def open_answers(
    work: Writing, scope: Scope, case_id: str, *, reason: str, now: datetime
) -> tuple[KeptAnswer, ...] | None:
    """Return all answers of a case with the sources' own words, the newest first, and log who looked and why.

    None (and no line) outside the scope.  Raises `SaidNo` without a reason.
    """
    if not reason.strip():
        raise SaidNo("reason_missing", "查看比对答复须填写事由。", field="reason")
    if (
        work.connection.execute(select(cases.c.case_id).where(cases.c.case_id == case_id, visible(scope))).first()
        is None
    ):
        return None
    log_view(work, scope, case_id, what="comparisons", reason=reason, now=now)
    return _answers(work, case_id)


def answers_in_sight(work: Reading, scope: Scope, case_id: str) -> tuple[KeptAnswer, ...] | None:
    """Return the same without a line in the log: only for the page that a logged look leads to."""
    seen = select(cases.c.case_id).where(cases.c.case_id == case_id, visible(scope))
    return None if work.connection.execute(seen).first() is None else _answers(work, case_id)


def _answers(work: Reading, case_id: str) -> tuple[KeptAnswer, ...]:
    rows = select(answers).where(answers.c.case_id == case_id)
    order = (answers.c.looked_at.desc(), answers.c.source, answers.c.member_id)
    return tuple(
        KeptAnswer(
            r.source,
            r.member_id,
            r.result,
            r.looked_at,
            r.valid_until,
            r.reference,
            r.account,
            work.keys.open_text(r.sealed, _place(case_id, r.run, r.source, r.member_id)) or "",
        )
        for r in work.connection.execute(rows.order_by(*order))
    )


def id_numbers(work: Reading, case_id: str) -> dict[str, str]:
    """Return the whole ID numbers of a case by member id, for the connectors alone.

    No scope and no log line: never give this to a caller.
    """
    rows = work.connection.execute(select(persons).where(persons.c.case_id == case_id).order_by(persons.c.position))
    return {
        r.member_id: work.keys.open_text(r.id_number, f"persons.id_number:{case_id}/{r.member_id}") or "" for r in rows
    }


def _place(case_id: str, run: str, source: str, member: str) -> str:
    return f"comparison_answers.sealed:{case_id}/{run}/{source}/{member}"
