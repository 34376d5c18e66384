"""Online applications (网上申请): handed in by a phone's owner, kept sealed for one office, each with its acts.

An application stays with the answers that were handed in; what is being written is a draft (`drafts.py`).  A desk goes
on with a draft of its own, and when that becomes a case, so does the application.
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from records.engine import Reading, Writing
from records.evidence import APPLICATION, move_evidence, move_to_case
from records.phone_codes import phone_index_of
from records.public_objections import new_receipt
from records.scope import Scope, of_offices
from records.tables_public import online_acts, online_applications

PREFIX = "SQ"
SUBMITTED, RETURNED, ACCEPTED, WITHDRAWN = "submitted", "returned", "accepted", "withdrawn"
LOOKED, TAKEN = "looked", "taken"
STATES = {SUBMITTED: "待受理", RETURNED: "已退回更正", ACCEPTED: "已受理", WITHDRAWN: "已撤回"}
MOST_OPEN = 3
"""Applications of one phone that are not closed: a relative may help another family.  内部规定."""

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class HandedIn:
    """An application as it is handed in."""

    draft_id: str
    office: str
    people: int
    due_on: date
    phone: str = field(repr=False)
    applicant: str = field(repr=False)
    content: Content = field(repr=False)


@dataclass(frozen=True, slots=True)
class Application:
    """An application on record; `content` only where it is opened whole."""

    receipt: str
    draft_id: str
    office: str
    state: str
    people: int
    first_at: datetime
    submitted_at: datetime
    due_on: date
    desk_draft: str | None
    case_id: str | None
    applicant: str = field(repr=False)
    phone: str = field(repr=False)
    content: Content = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Act:
    """Something done with an application; `reasons` say by page what is to be corrected."""

    at: datetime
    what: str
    account: str | None
    reasons: dict[str, str] = field(repr=False)


def hand_in(work: Writing, new: HandedIn, now: datetime) -> str:
    """Keep an application, or what was corrected in one that was returned; return its receipt number."""
    again = (online_applications.c.draft_id == new.draft_id, online_applications.c.state == RETURNED)
    known = work.connection.execute(select(online_applications.c.receipt).where(*again)).scalar()
    receipt = str(known) if known else new_receipt(PREFIX, new.due_on.year)
    values = {
        "office": new.office,
        "state": SUBMITTED,
        "applicant": work.keys.seal_text(new.applicant, f"online_applications.applicant:{receipt}"),
        "people": new.people,
        "content": _sealed(work, receipt, new.content),
        "submitted_at": now,
        "due_on": new.due_on,
        "desk_draft": None,
    }
    if known:
        work.connection.execute(update(online_applications).where(*again).values(**values))
    else:
        who = {
            "receipt": receipt,
            "draft_id": new.draft_id,
            "phone": work.keys.seal_text(new.phone, f"online_applications.phone:{receipt}"),
            "phone_index": phone_index_of(work.keys, new.phone),
            "first_at": now,
        }
        work.connection.execute(insert(online_applications), values | who)
        move_evidence(work, APPLICATION, new.draft_id, receipt)
    note_act(work, receipt, SUBMITTED, None, now)
    return receipt


def applications_of_phone(work: Reading, phone_index: str) -> tuple[Application, ...]:
    """Return the applications of a phone's owner, the last first."""
    rows = select(online_applications).where(online_applications.c.phone_index == phone_index)
    ordered = rows.order_by(online_applications.c.submitted_at.desc())
    return tuple(_of(work, row) for row in work.connection.execute(ordered))


def application_of_draft(work: Reading, draft_id: str) -> Application | None:
    """Return the application a draft became or belongs to.  No scope: whose the draft is was asked before."""
    row = work.connection.execute(select(online_applications).where(online_applications.c.draft_id == draft_id)).first()
    return _of(work, row, whole=True) if row else None


def own_application(work: Reading, receipt: str, phone_index: str) -> Application | None:
    """Return an application to the owner of its phone, else None."""
    mine = (online_applications.c.receipt == receipt, online_applications.c.phone_index == phone_index)
    row = work.connection.execute(select(online_applications).where(*mine)).first()
    return _of(work, row, whole=True) if row else None


def applications_at(work: Reading, scope: Scope, state: str) -> tuple[Application, ...]:
    """Return the applications in a state at the caller's offices, those due first before the others."""
    here = (of_offices(scope, online_applications.c.office), online_applications.c.state == state)
    rows = select(online_applications).where(*here).limit(500)
    ordered = rows.order_by(online_applications.c.due_on, online_applications.c.submitted_at)
    return tuple(_of(work, row) for row in work.connection.execute(ordered))


def application_counts(work: Reading, scope: Scope) -> dict[str, int]:
    """Return how many applications of the caller's offices are in each state."""
    grouped = select(online_applications.c.state, func.count()).where(of_offices(scope, online_applications.c.office))
    found: dict[str, int] = dict(work.connection.execute(grouped.group_by(online_applications.c.state)).all())
    return {state: found.get(state, 0) for state in STATES}


def whole_application(work: Reading, scope: Scope, receipt: str) -> Application | None:
    """Return an application whole; None outside the caller's offices.  The caller logs who looked (`note_act`)."""
    here = (online_applications.c.receipt == receipt, of_offices(scope, online_applications.c.office))
    row = work.connection.execute(select(online_applications).where(*here)).first()
    return _of(work, row, whole=True) if row else None


def move_on(work: Writing, found: Application, state: str, **values: Any) -> bool:
    """Bring an application from the state it was read in to another; False when somebody was first."""
    there = (online_applications.c.receipt == found.receipt, online_applications.c.state == found.state)
    moved = update(online_applications).where(*there).values(state=state, **values)
    return work.connection.execute(moved).rowcount == 1


def forget_content(work: Writing, receipt: str) -> None:
    """Forget the answers of an application that nobody goes on with."""
    emptied = {"content": _sealed(work, receipt, {})}
    work.connection.execute(
        update(online_applications).where(online_applications.c.receipt == receipt).values(**emptied)
    )


def note_act(
    work: Writing, receipt: str, what: str, account: str | None, now: datetime, reasons: dict[str, str] | None = None
) -> None:
    """Write down what was done with an application."""
    place = f"online_acts.reasons:{receipt}/{now.isoformat()}"
    sealed = work.keys.seal_text(json.dumps(reasons, ensure_ascii=False), place) if reasons else None
    line = {"receipt": receipt, "at": now, "what": what, "account": account, "reasons": sealed}
    work.connection.execute(insert(online_acts), line)


def acts_of(work: Reading, receipt: str) -> tuple[Act, ...]:
    """Return what was done with an application, in order."""
    rows = select(online_acts).where(online_acts.c.receipt == receipt).order_by(online_acts.c.act_id)
    return tuple(
        Act(
            row.at,
            row.what,
            row.account,
            json.loads(work.keys.open_text(row.reasons, f"online_acts.reasons:{receipt}/{row.at.isoformat()}") or "{}"),
        )
        for row in work.connection.execute(rows)
    )


def became_case_of(work: Writing, desk_draft: str, case_id: str, account: str, now: datetime) -> None:
    """When a desk's draft has become a case, so has the application it came from; its answers are forgotten."""
    row = work.connection.execute(
        select(online_applications.c.receipt).where(online_applications.c.desk_draft == desk_draft)
    ).first()
    if row is None:
        return
    values = {"state": ACCEPTED, "case_id": case_id, "content": _sealed(work, row.receipt, {})}
    work.connection.execute(
        update(online_applications).where(online_applications.c.receipt == row.receipt).values(**values)
    )
    move_to_case(work, APPLICATION, row.receipt, case_id)
    note_act(work, row.receipt, ACCEPTED, account, now)


def _sealed(work: Reading, receipt: str, content: Content) -> bytes:
    return work.keys.seal(json.dumps(content).encode(), f"online_applications.content:{receipt}")


def _of(work: Reading, row: Row[Any], *, whole: bool = False) -> Application:
    place = f":{row.receipt}"
    content = work.keys.open(row.content, f"online_applications.content{place}") if whole else b"{}"
    return Application(
        receipt=row.receipt,
        draft_id=row.draft_id,
        office=row.office,
        state=row.state,
        people=row.people,
        first_at=row.first_at,
        submitted_at=row.submitted_at,
        due_on=row.due_on,
        desk_draft=row.desk_draft,
        case_id=row.case_id,
        applicant=work.keys.open_text(row.applicant, f"online_applications.applicant{place}") or "",
        phone=work.keys.open_text(row.phone, f"online_applications.phone{place}") or "",
        content=json.loads(content),
    )
