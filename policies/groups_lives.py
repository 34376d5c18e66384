"""The groups of terms about lives that go on: key-monitored households (重点监控), coming back after an exit.

Every leaf is a `Term` with its 依据.  No value is given here.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from policies.groups import Code, Count, Fen
from policies.terms import Frozen, Length, Term

Factor = Annotated[Decimal, Field(gt=0, le=10)]


class Watchlist(Frozen):
    """重点监控: when the only earner's work is low-paid or unstable, and how often such a household is visited.

    `dibao_line_fen` is fen a person a month; wages a head below it times `low_income_k` are low.
    """

    dibao_line_fen: Term[Fen]
    low_income_k: Term[Factor]
    unstable_contract_months: Term[Count]
    unstable_without_insurance: Term[bool]
    unstable_job_changes: Term[Count]
    job_changes_within: Term[Length]
    rhythm: Term[Length]
    holds_closing: Term[bool]


class Reentry(Frozen):
    """退出后再次申请: a cooling-off period after exits for certain reasons, where a document sets one."""

    cooling_off: Term[Length] | None = None
    cooling_reasons: Term[Annotated[tuple[Code, ...], Field(min_length=1)]] | None = None


class Supervision(Frozen):
    """督导: when an area without a single recognition is inspected, and by when a month's numbers are reported."""

    persistent_zero_months: Term[Count]
    report_due_working_day: Term[Count]
