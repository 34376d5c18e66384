"""Who may open the register (普查底册), its numbers in addresses, and its words for outcomes and marks."""

from typing import Annotated

from fastapi import Depends, Path

from casework.eligibility import Outcome
from casework.states import Role
from console.asking import CASE_PATH, OpenTo
from desk.desk import Caller
from desk.register import IN_CHARGE

OfTheRegister = Annotated[Caller, Depends(OpenTo(IN_CHARGE))]
VISITORS = (Role.CASEWORKER, Role.HELPER)
Visitor = Annotated[Caller, Depends(OpenTo(VISITORS))]
InPath = Annotated[str, Path(pattern=CASE_PATH)]

OUTCOMES = {
    Outcome.ELIGIBLE.value: ("符合认定条件", "good"),
    Outcome.SPECIAL_REVIEW.value: ("须县级书面决定", "warn"),
    Outcome.NOT_ELIGIBLE.value: ("不符合认定条件", "calm"),
    "not_judged": ("尚未研判", "calm"),
}
MARKS = (
    ("no_case", "还没有建立个案"),
    ("case", "已建立个案"),
    ("watch", "应列入重点监控"),
    ("couple", "夫妻一方失业、一方就业"),
)
SOURCES = {"sheet": "摸底排查表", "ledger": "原有台账", "visit": "入户走访", "layoff": "裁员名单"}


def outcome_words(outcome: str) -> str:
    return OUTCOMES.get(outcome, (outcome, ""))[0]
