"""The groups of a policy's terms (办法的各组条款) that every household case meets, from conditions to notices.

Every leaf is a `Term` with its 依据.  No value is given here.  Groups added later have files of their own,
`groups_<part>.py`; `schema.py` puts all together.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from policies.terms import Frozen, Length, Term

AreaPrefix = Annotated[str, Field(pattern=r"^[0-9A-Z]{2,12}$")]
Count = Annotated[int, Field(ge=1, le=100)]
Fen = Annotated[int, Field(ge=1)]
Minutes = Annotated[int, Field(ge=1, le=600)]
Hour = Annotated[int, Field(ge=0, le=23)]
Code = Annotated[str, Field(min_length=1, max_length=40)]
Codes = Annotated[tuple[Code, ...], Field(min_length=1)]

JustifiedReason = Literal[
    "illness_or_care",
    "too_far",
    "below_minimum_wage",
    "health_mismatch",
    "unlawful_or_unsafe",
    "clash_training_or_interview",
    "family_emergency",
    "other",
]
Evidence = Literal["contract", "insurance_record", "licence", "public_welfare_post", "flexible_registration"]
Channel = Literal["public_welfare_post", "employer", "own_business", "flexible", "labour_export"]


class Terms(Frozen):
    """The locality's words."""

    household: Term[str]


class Eligibility(Frozen):
    """认定条件: who counts as family, who is in the base set, and what defeats it. Words are the survey sheet's."""

    hukou_required: Term[Literal["urban", "any"]]
    mixed_hukou: Term[Literal["special_review", "urban", "reject"]]
    relations_core: Term[Codes]
    relations_if_cohabiting: Term[tuple[Code, ...]]
    deem_spouse_other_booklet: Term[bool]
    deem_parents_of_single_booklet: Term[bool]
    excluded_statuses: Term[Codes]
    excluded_capacities: Term[Codes]
    income_test: Term[Literal["none", "no_business_or_investment"]]
    unemployed_statuses: Term[Codes]
    applicant_must_be_registered: Term[bool]


class Review(Frozen):
    """初审、复核、上报和盖章: by whom, after which checks, and the office's own limits."""

    compare_online: Term[bool]
    certifier: Term[Literal["county"]]
    first_review: Term[Length]
    supplement_wait: Term[Length]
    recheck: Term[Length]
    report_up: Term[Length]
    seal: Term[Length]


class Publicity(Frozen):
    """公示: how long, what proves the posting, and what an objection does."""

    length: Term[Length]
    proof: Term[Literal["board", "photo"]]
    objection_blocks: Term[bool]
    objection_sla: Term[Length]


class Promise(Frozen):
    """就业承诺: the deadline for finding work, from which day, met by what.

    `remind_before` counts working days before the deadline, the earliest first.  `relocated_length` is the promise of a
    household moved back after shanty-town renewal (棚改回迁), where the locality made one.
    """

    length: Term[Length]
    start: Term[Literal["seal", "discovery"]]
    met_by: Term[Literal["employed", "job_offered"]]
    roll: Term[Literal["none", "following"]]
    remind_before: Term[tuple[Count, ...]]
    services_check_after: Term[Length]
    relocated_length: Term[Length] | None = None

    @property
    def rolls(self) -> bool:
        """Say whether a last day that is a day off moves to the next working day (民法典 203)."""
        return self.roll.value == "following"


class Services(Frozen):
    """服务承诺: how many of each service, per member of the base set or per household."""

    guidance: Term[Count]
    training_info: Term[Count]
    referrals: Term[Count]
    per: Term[Literal["member", "household"]]
    helper: Term[Literal["one_to_one"]]
    plan: Term[Literal["per_member"]]
    registration: Term[bool]


class Refusal(Frozen):
    """拒绝岗位: when refusals lead to an exit proposal.

    `minimum_wage_fen` is fen a month; a post that pays less is not suitable.  Where a `dibao_line_fen` (head and month)
    is set, neither is one that leaves the counted members below it; where `commute_minutes` is set, neither is one
    farther away (A4, A5).
    """

    threshold: Term[Count]
    window: Term[Length]
    scope: Term[Literal["any_member", "all_members"]]
    registered_only: Term[bool]
    reason_period: Term[Length]
    warning_at: Term[Count]
    justified_reasons: Term[Annotated[tuple[JustifiedReason, ...], Field(min_length=1)]]
    minimum_wage_fen: Term[Fen]
    dibao_line_fen: Term[Fen] | None = None
    commute_minutes: Term[Minutes] | None = None


class Contact(Frozen):
    """联系: when failed attempts lead to an exit proposal, and how soon a member who was absent is sought again.

    `counting` "within": so many attempts within one window.  "lasting": so many attempts, and one of them after the
    window has passed in which nobody was reached (连续三个月无法取得联系); no two
    attempts in a row lie further apart than it.
    """

    threshold: Term[Count]
    window: Term[Length]
    counting: Term[Literal["within", "lasting"]]
    distinct_days: Term[bool]
    min_channels: Term[Count]
    needs_visit_or_letter: Term[bool]
    member_within: Term[Length]


class Employment(Frozen):
    """实现就业: what proves it and by which channel it came (N7).  Money is fen a month."""

    evidence: Term[Annotated[tuple[Evidence, ...], Field(min_length=1)]]
    channels: Term[Annotated[tuple[Channel, ...], Field(min_length=1)]]
    flexible_minimum_income_fen: Term[Fen]
    double_goal: Term[bool]


class Stable(Frozen):
    """稳定就业: months insured, or months of contract; and after how long a stable exit may be decided."""

    insured_months: Term[Count]
    contract_months: Term[Count]
    after: Term[Length]


class Followup(Frozen):
    """跟踪回访."""

    min_count: Term[Count]
    cadence: Term[Literal["calendar_month"]]


class Reassist(Frozen):
    """重新援助: within how long after the employment a job loss goes back to help, and with or without publicity."""

    within: Term[Length]
    republicity: Term[bool]


class Notices(Frozen):
    """通知的静默时段, Shanghai wall-clock hours; from 21 to 8 means none is sent from 21:00 to 08:00."""

    quiet_from_hour: Term[Hour]
    quiet_to_hour: Term[Hour]

    @model_validator(mode="after")
    def _across_midnight(self) -> "Notices":
        if self.quiet_from_hour.value <= self.quiet_to_hour.value:
            raise ValueError("静默时段须跨夜：开始的钟点要晚于结束的钟点，例如 21 到 8")
        return self
