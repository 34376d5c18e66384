"""What the register makes of a household (研判): eligible or not, and whether to watch it (重点监控, A33).  Pure.

The same judgement for a sheet, a visit and a look at the household's page.  A sheet says the wage and the kind of work;
what it does not say (contract, insurance, changes of job) is not held against a household, but 灵活就业 has no
contract by its nature.  Whoever files the household for monitoring asks for the rest.
"""

from dataclasses import dataclass
from datetime import date

from casework.eligibility import Assessment, assess, working
from casework.explanation import Why
from casework.household import Household, Member, WorkStatus
from casework.key_monitored import Verdict, Work, judge
from casework.ruling import Setting
from casework.times import start_of
from policies.calendars import load_calendar
from policies.schema import Policy

LOW, UNSTABLE, BOTH = "1人就业，收入低", "1人就业，工作不稳定", "1人就业，收入低且不稳定"


@dataclass(frozen=True, slots=True)
class Judged:
    """The assessment on a day, and the verdict on the only earner; none where not exactly one works."""

    assessment: Assessment
    verdict: Verdict | None
    earners: tuple[str, ...]

    @property
    def watch(self) -> str | None:
        """Why the household is to be watched, as lists say it; None: it is not."""
        if self.verdict is None or not self.verdict.watched:
            return None
        return BOTH if self.verdict.low and self.verdict.unstable else LOW if self.verdict.low else UNSTABLE

    @property
    def watch_why(self) -> Why | None:
        return self.verdict.why if self.verdict and self.watch else None


def judged(household: Household, policy: Policy, on: date) -> Judged:
    """Judge a household by a locality's policy on a legal date."""
    assessment = assess(household, policy, on)
    base = (household.member(m) for m in assessment.base)
    at_work = tuple(m for m in base if m is not None and working(m, policy.eligibility))
    verdict = None
    if len(at_work) == 1:
        setting = Setting(policy=policy, calendar=load_calendar(), now=start_of(on))
        verdict = judge(at_work[0], _work(at_work[0]), len(assessment.counted), setting)
    return Judged(assessment, verdict, tuple(m.member_id for m in at_work))


def _work(earner: Member) -> Work:
    return Work(
        wage_fen=earner.wage_fen + earner.business_income_fen,
        contract_months=None,
        contract=earner.status is WorkStatus.FLEXIBLE,
        insured=True,
    )
