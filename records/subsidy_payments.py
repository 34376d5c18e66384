"""Payment lists for finance (补贴发放名册): which months of which approved applications, once and never again.

A list is made for an area and a month and takes every month that is due until then and on no list yet; who was approved
later comes with the next number.  The key of a payment is the application and the month, so nothing is paid twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, not_, select, update

from casework.errors import Conflict, SaidNo
from casework.times import month_in_words
from records.engine import Reading, Writing
from records.scope import Scope, area_prefix, visible, within
from records.subsidy_applications import ACCOUNT_OPEN, FIELDS, A, Applied
from records.tables import cases
from records.tables_subsidies import subsidy_applications, subsidy_lists, subsidy_payments
from records.upsert import insert_into
from register.subsidy_months import ONCE, months_due, number


@dataclass(frozen=True, slots=True)
class PaymentList:
    """One list; `fen` is its sum."""

    list_id: str
    area: str
    month: str
    number: int
    lines: int
    fen: int
    made_by: str
    made_at: datetime
    paid_on: date | None
    paid_by: str | None
    checked_on: date | None
    checked_by: str | None


@dataclass(frozen=True, slots=True)
class Payment:
    """One line of a list."""

    month: str
    fen: int
    applied: Applied


_LIST = tuple(subsidy_lists.c[name] for name in PaymentList.__slots__)
_PAYABLE = ("approved", "ended", "stopped")
MADE_MEANWHILE = "别人刚生成了一份名册，列入了其中的补贴。请刷新后再看还有多少应发。"


def due_in(work: Reading, area: str, month: str) -> tuple[Payment, ...]:
    """Return what a list for an area would take: every month due until then that is on no list.

    What is paid to an account that nobody else has compared waits.
    """
    return _due(work, area, month, not_(ACCOUNT_OPEN))


def held_in(work: Reading, area: str, month: str) -> int:
    """Return how many applications a list leaves out because their account waits to be compared."""
    return len({line.applied.application_id for line in _due(work, area, month, ACCOUNT_OPEN)})


def _due(work: Reading, area: str, month: str, which: ColumnElement[bool]) -> tuple[Payment, ...]:
    asked = select(*FIELDS).join(cases, cases.c.case_id == A.case_id)
    asked = asked.where(
        within(cases.c.office, area),
        A.paid_out,
        A.state.in_(_PAYABLE),
        A.decided_on.is_not(None),
        A.first_month <= month,
        which,
    )
    asked = asked.where(A.stop_code.is_(None) | A.stop_code.not_in(("revoked", "job_rejected")))
    candidates = [Applied(*row) for row in work.connection.execute(asked.order_by(A.case_id, A.application_id))]
    paid: dict[str, set[str]] = {}
    for some in _in_hundreds([each.application_id for each in candidates]):
        rows = select(subsidy_payments.c.application_id, subsidy_payments.c.month)
        for row in work.connection.execute(rows.where(subsidy_payments.c.application_id.in_(some))):
            paid.setdefault(row.application_id, set()).add(row.month)
    return tuple(
        Payment(each_month, each.monthly_fen, each)
        for each in candidates
        for each_month in _months(each, month)
        if each_month not in paid.get(each.application_id, ())
    )


def _months(applied: Applied, month: str) -> tuple[str, ...]:
    if applied.pay == ONCE:
        return (ONCE,)
    until = date(int(month[:4]), int(month[5:7]), 1)
    return months_due(applied.first_month, applied.last_month, until, ended_on=applied.stopped_on)


def make_list(work: Writing, list_id: str, area: str, month: str, *, account: str, now: datetime) -> PaymentList:
    """Make the next list of an area for a month.  Raises SaidNo `nothing_due` or Conflict `made_meanwhile`."""
    code = area_prefix(area)
    lines = due_in(work, area, month)
    if not lines:
        raise SaidNo("nothing_due", f"{month_in_words(month)}没有应发而未列入名册的补贴，不必再生成。", field="month")
    last = select(func.max(subsidy_lists.c.number)).where(subsidy_lists.c.area == code, subsidy_lists.c.month == month)
    made = PaymentList(
        list_id=list_id,
        area=code,
        month=month,
        number=(work.connection.execute(last).scalar() or 0) + 1,
        lines=len(lines),
        fen=sum(line.fen for line in lines),
        made_by=account,
        made_at=now,
        paid_on=None,
        paid_by=None,
        checked_on=None,
        checked_by=None,
    )
    row = {name: getattr(made, name) for name in PaymentList.__slots__}
    added = insert_into(work.connection, subsidy_lists).on_conflict_do_nothing().returning(subsidy_lists.c.list_id)
    if work.connection.execute(added, row).first() is None:
        raise Conflict("made_meanwhile", MADE_MEANWHILE)
    _take(work, list_id, lines)
    end_over(work, month, [p.applied.application_id for p in lines if p.month == ONCE])
    return made


def _take(work: Writing, list_id: str, lines: tuple[Payment, ...]) -> None:
    """Put lines on a list.  Raises Conflict when another list, of whatever month, has just taken one of them."""
    for begun in range(0, len(lines), 500):
        rows = [
            {"application_id": p.applied.application_id, "month": p.month, "list_id": list_id, "fen": p.fen}
            for p in lines[begun : begun + 500]
        ]
        taken = insert_into(work.connection, subsidy_payments).values(rows).on_conflict_do_nothing()
        if len(work.connection.execute(taken.returning(subsidy_payments.c.month)).all()) != len(rows):
            raise Conflict("made_meanwhile", MADE_MEANWHILE)


def end_over(work: Writing, month: str, once: Iterable[str] = ()) -> int:
    """End what has come to its last month before this one, and what was paid a single time; return how many."""
    ended = {"state": "ended", "live": None, "version": A.version + 1}
    over = update(subsidy_applications).where(A.state == "approved", A.pay != ONCE, A.last_month < month).values(ended)
    done = work.connection.execute(over).rowcount
    for some in _in_hundreds(list(once)):
        paid = update(subsidy_applications).where(A.state == "approved", A.application_id.in_(some)).values(ended)
        done += work.connection.execute(paid).rowcount
    return done


def lists_of(work: Reading, scope: Scope) -> tuple[PaymentList, ...]:
    """Return the lists of a caller's area, the newest first."""
    asked = select(*_LIST).where(within(subsidy_lists.c.area, scope.area))
    ordered = asked.order_by(subsidy_lists.c.month.desc(), subsidy_lists.c.area, subsidy_lists.c.number.desc())
    return tuple(PaymentList(*row) for row in work.connection.execute(ordered.limit(200)))


def one_list(work: Reading, scope: Scope, list_id: str) -> PaymentList | None:
    """Return a list; None outside the caller's area."""
    asked = select(*_LIST).where(subsidy_lists.c.list_id == list_id, within(subsidy_lists.c.area, scope.area))
    row = work.connection.execute(asked).first()
    return PaymentList(*row) if row else None


def lines_of(work: Reading, scope: Scope, list_id: str, *, offset: int = 0, limit: int = 50) -> tuple[Payment, ...]:
    """Return the lines of a list in the caller's cases."""
    p = subsidy_payments.c
    asked = select(p.month, p.fen, *FIELDS).join(subsidy_applications, A.application_id == p.application_id)
    asked = asked.join(cases, cases.c.case_id == A.case_id).where(p.list_id == list_id, visible(scope))
    ordered = asked.order_by(A.case_id, A.application_id, p.month).offset(offset).limit(limit)
    return tuple(Payment(row[0], row[1], Applied(*row[2:])) for row in work.connection.execute(ordered))


def hands_on(work: Reading, list_id: str) -> tuple[frozenset[str], frozenset[str], int]:
    """Return who approved what is on a list, who wrote its accounts, and how many accounts nobody has compared."""
    on_it = select(subsidy_payments.c.application_id).where(subsidy_payments.c.list_id == list_id)
    mine = A.application_id.in_(on_it)
    deciders = work.connection.execute(select(A.decided_by).where(mine, A.decided_by.is_not(None)).distinct())
    writers = work.connection.execute(select(A.account_by).where(mine, A.account_by.is_not(None)).distinct())
    waiting = select(func.count()).select_from(subsidy_applications).where(mine, ACCOUNT_OPEN)
    counted = work.connection.execute(waiting).scalar_one()
    return frozenset(deciders.scalars()), frozenset(writers.scalars()), counted


def keep_checked(work: Writing, made: PaymentList, *, on: date, account: str) -> None:
    """Write down that somebody else went over a list.  Raises Conflict when somebody did."""
    mine = (subsidy_lists.c.list_id == made.list_id, subsidy_lists.c.checked_on.is_(None))
    checked = update(subsidy_lists).where(*mine).values(checked_on=on, checked_by=account)
    if work.connection.execute(checked).rowcount != 1:
        raise Conflict("already_checked", "这份名册已经核对过，请刷新后查看。")


def confirm_paid(work: Writing, made: PaymentList, *, on: date, account: str) -> None:
    """Write down that finance has paid a list.  Raises Conflict when somebody did."""
    mine = (subsidy_lists.c.list_id == made.list_id, subsidy_lists.c.paid_on.is_(None))
    if work.connection.execute(update(subsidy_lists).where(*mine).values(paid_on=on, paid_by=account)).rowcount != 1:
        raise Conflict("already_paid", "这份名册已登记发放，请刷新后查看。")


def paid_months(work: Reading, application_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the months on lists, by application."""
    found: dict[str, list[str]] = {}
    for some in _in_hundreds(list(application_ids)):
        p = subsidy_payments.c
        rows = select(p.application_id, p.month).where(p.application_id.in_(some)).order_by(p.month)
        for row in work.connection.execute(rows):
            found.setdefault(row.application_id, []).append(row.month)
    return {key: tuple(months) for key, months in found.items()}


def months_left(applied: Applied, on: str) -> int:
    """Return how many months an application still runs after this one."""
    return max(0, number(applied.last_month) - number(on))


def _in_hundreds(ids: list[str]) -> Iterable[list[str]]:
    return (ids[begun : begun + 500] for begun in range(0, len(ids), 500))
