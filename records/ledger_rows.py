"""The ledger as bare rows for a file (台账导出的行): one plain question, no object for a line, in order.

Days come as they are written (2026-09-30), yes and no as 1 and 0.  The conditions, and who gets which lines, are those
of `ledger_pages.py`.  Names are masked, except of cases that the caller has logged a look at.
"""

from collections.abc import Container, Iterator
from typing import Any

from sqlalchemy import Boolean, Date, Integer, String, cast, select

from casework.masking import STAR, mask_name
from records.engine import Reading
from records.ledger_pages import AT_ONCE, LedgerFilter, conditions, joined
from records.ledger_policies import policies_enjoyed
from records.scope import Scope, visible
from records.tables import cases
from records.tables_ledger import ledger_households as h
from records.tables_ledger import ledger_members as m
from records.tables_people import households, persons

LedgerRow = tuple[Any, ...]
"""The columns below in their order, then the name and, in words, the policies enjoyed."""

_COLUMNS = (
    *(h.c.case_id, h.c.office, households.c.community, h.c.state, h.c.certified_on, h.c.promise_due_on),
    *(h.c.promise_met_on, h.c.promise_overdue_on, h.c.eliminated_on, h.c.exit_on, h.c.exit_reason, h.c.helper),
    *(h.c.plan_signed_on, m.c.member_id, m.c.relation, m.c.sex, m.c.birth_year, m.c.status, m.c.base),
    *(m.c.guidance, m.c.training, m.c.referrals, m.c.channel, m.c.employed_on, m.c.income_fen, m.c.insured),
    *(m.c.dibao, m.c.unemployment_insurance),
)


def _plain(column: Any) -> Any:
    """Return a column as both databases give it at once, without a conversion for each value."""
    if isinstance(column.type, Date):
        return cast(column, String)
    return cast(column, Integer) if isinstance(column.type, Boolean) else column


_ASKED = (*(_plain(column) for column in _COLUMNS), persons.c.name)
_MEMBER = _COLUMNS.index(m.c.member_id)


def ledger_rows(
    work: Reading, scope: Scope, wanted: LedgerFilter, *, whole: Container[str] = ()
) -> Iterator[LedgerRow]:
    """Yield the whole ledger, some rows at a time; names are whole for the cases in `whole` alone."""
    asked = select(*_ASKED).select_from(joined(wanted, names=True)).where(*conditions(scope, wanted))
    asked = asked.order_by(h.c.case_id, m.c.member_id)
    open_text = work.keys.open_text
    found = work.connection.execution_options(yield_per=AT_ONCE).execute(asked)
    for some in found.partitions(AT_ONCE):
        enjoyed = policies_enjoyed(work, some[0][0], some[-1][0], wanted.day)
        for row in some:
            case_id, member_id = row[0], row[_MEMBER]
            name = open_text(row[-1], f"persons.name:{case_id}/{member_id}")
            if name is None:
                name = STAR
            elif case_id not in whole:
                name = mask_name(name)
            yield (*row[:-1], name, enjoyed.get((case_id, member_id)))


def ledger_case_ids(work: Reading, scope: Scope, wanted: LedgerFilter) -> tuple[str, ...]:
    """Return the cases a ledger tells of that the caller still has, in order: those whose names may be given whole."""
    asked = (
        select(h.c.case_id)
        .distinct()
        .select_from(joined(wanted, names=False).join(cases, cases.c.case_id == h.c.case_id))
    )
    asked = asked.where(*conditions(scope, wanted), visible(scope))
    return tuple(work.connection.execute(asked.order_by(h.c.case_id)).scalars())
