"""Groups of terms around the promise (承诺): suspension, relocation, steady work, escalation, hardship, plan."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from policies.groups import Code, Count, Evidence
from policies.terms import Frozen, Length, Term

SuspensionGround = Literal["illness", "custody", "disaster"]
Level = Literal["helper", "supervisor", "county", "city"]
LEVELS: tuple[Level, ...] = ("helper", "supervisor", "county", "city")
"""From the nearest to the furthest: a ladder climbs in this order."""


class Suspension(Frozen):
    """承诺暂停: for which reasons the county may record that a promise stands still."""

    grounds: Term[Annotated[tuple[SuspensionGround, ...], Field(min_length=1)]]


class Steady(Frozen):
    """较为稳定的岗位: what makes a job steady, and until when an unsteady one should have become so.

    A job is steady when it is insured, when its contract is long enough, or when its evidence alone proves it.
    `deadline` counts from the first day of work; a locality without one sets no clock.
    """

    contract_months: Term[Count]
    evidence: Term[tuple[Evidence, ...]]
    deadline: Term[Length] | None = None


class Relocated(Frozen):
    """棚改回迁家庭的承诺: which work keeps it.  Its length is `promise.relocated_length`."""

    met_by: Term[Literal["steady", "employed"]]


class Rung(Frozen):
    """One rung: who is told, and how long after the promise was missed; without `after` at once."""

    level: Level
    after: Length | None = None


class Escalation(Frozen):
    """超期逐级督办: the ladder that a missed promise climbs, each rung once."""

    rungs: Term[Annotated[tuple[Rung, ...], Field(min_length=1)]]

    @model_validator(mode="after")
    def _upwards(self) -> "Escalation":
        order = [LEVELS.index(rung.level) for rung in self.rungs.value]
        if order != sorted(set(order)):
            raise ValueError("逐级督办须由近及远（helper、supervisor、county、city），每级至多一次")
        return self


class Hardship(Frozen):
    """特别困难: on which grounds a household is marked, and how soon the upper level arranges a post (托底安置)."""

    grounds: Term[Annotated[tuple[Code, ...], Field(min_length=1)]]
    arrange_within: Term[Length]


class PlanStep(Frozen):
    """One step of the contingency plan: its code, what is to be done, by whom, within how long of certification."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,38}$")]
    words: Annotated[str, Field(min_length=2, max_length=60)]
    role: Literal["caseworker", "helper", "reviewer", "supervisor"]
    within: Length
    basis: Annotated[str, Field(min_length=4, max_length=300)]


class Contingency(Frozen):
    """即时援助预案: the steps that start by themselves on certification.  A locality without a plan has none."""

    steps: Term[tuple[PlanStep, ...]]

    @model_validator(mode="after")
    def _each_once(self) -> "Contingency":
        codes = [step.code for step in self.steps.value]
        if len(set(codes)) != len(codes):
            raise ValueError("预案步骤的 code 不能重复")
        return self

    def step(self, code: str) -> PlanStep | None:
        """Return the step with this code, or None."""
        return next((step for step in self.steps.value if step.code == code), None)
