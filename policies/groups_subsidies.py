"""The groups of terms about money that follows work: subsidies (补贴), and what becomes of benefits (低保、失业保险金).

Every leaf is a `Term` with its 依据; what the amount of a subsidy stands on is said beside it.  No value is given here.
"""

from fractions import Fraction
from typing import Annotated, Literal, get_args

from pydantic import Field, model_validator

from policies.groups import Channel, Fen
from policies.terms import Frozen, Length, Term

SubsidyKind = Literal[
    "social_insurance",
    "post",
    "training",
    "certificate",
    "start_up",
    "tax_relief",
    "loan_interest",
]
Claimant = Literal["unit", "person"]
Because = Literal["work", "training", "certificate", "loan"]
Base = Literal["fixed", "insurance_paid", "minimum_wage", "fee", "interest", "tax"]
CLAIMANTS: dict[Claimant, str] = {"unit": "用人单位", "person": "本人"}
BECAUSE: dict[Because, str] = {
    "work": "实现就业",
    "training": "完成职业技能培训",
    "certificate": "通过职业技能鉴定",
    "loan": "获得创业担保贷款",
}
BASES: dict[Base, str] = {
    "fixed": "定额",
    "insurance_paid": "实际缴纳的社会保险费",
    "minimum_wage": "最低工资标准",
    "fee": "实际支付的费用",
    "interest": "实际支付的贷款利息",
    "tax": "应缴的税款",
}
CHANNELS: dict[Channel, str] = {
    "public_welfare_post": "公益性岗位",
    "employer": "单位吸纳",
    "own_business": "自主创业",
    "flexible": "灵活就业",
    "labour_export": "劳务输出",
}
Months = Annotated[int, Field(ge=1, le=600)]


class Claim(Frozen):
    """Who may claim, and because of what; for work through which channels, and whether it must be insured.

    `share` is the part of the base that is paid, "2/3".
    """

    by: Claimant
    because: Because = "work"
    channels: tuple[Channel, ...] = ()
    insured: bool = False
    share: Annotated[str, Field(pattern=r"^[1-9][0-9]?/[1-9][0-9]?$")] = "1/1"

    @model_validator(mode="after")
    def _sensible(self) -> "Claim":
        if (self.because == "work") != bool(self.channels):
            raise ValueError("因就业享受的（because = work）须写明就业渠道 channels，其他的不写")
        if self.part > 1:
            raise ValueError("share 不能大于 1/1")
        return self

    @property
    def part(self) -> Fraction:
        return Fraction(self.share)

    @property
    def words(self) -> str:
        """Who claims because of what: 用人单位（单位吸纳、公益性岗位，须参保）."""
        ways = "、".join(CHANNELS[c] for c in self.channels) if self.channels else BECAUSE[self.because]
        share = f"，{self.part.numerator}/{self.part.denominator}" if self.part != 1 else ""
        return f"{CLAIMANTS[self.by]}（{ways}{'，须参保' if self.insured else ''}{share}）"


class Subsidy(Frozen):
    """One kind: who may claim, how much a month or once, for how long at most, and who pays.

    `amount_fen` is the fixed amount, `at_most_fen` the ceiling of a computed one; without `paid_out` (税收减免) nothing
    is on a payment list.  From the first approval `cap_months` count; who is then within `retirement_months` of
    retirement has it until then.  `amount_basis` is the 依据 of the amounts.  Once over, it may be granted a second
    time (续期) for `extension_months`, for work through `extension_channels` alone; `extension_basis` says by what.
    """

    claims: Annotated[tuple[Claim, ...], Field(min_length=1, max_length=6)]
    pay: Literal["monthly", "once"]
    base: Base
    amount_fen: Fen | None = None
    at_most_fen: Fen | None = None
    cap_months: Months | None = None
    extension_months: Annotated[int, Field(ge=0, le=60)] = 0
    extension_channels: tuple[Channel, ...] = ()
    extension_basis: Annotated[str, Field(min_length=4, max_length=300)] | None = None
    retirement_months: Months | None = None
    paid_out: bool = True
    fund: Annotated[str, Field(min_length=2, max_length=40)]
    amount_basis: Annotated[str, Field(min_length=4, max_length=300)]

    @model_validator(mode="after")
    def _sensible(self) -> "Subsidy":
        if (self.base == "fixed") != (self.amount_fen is not None):
            raise ValueError("定额的（base = fixed）须写明 amount_fen，按基数计算的不写")
        if (self.pay == "monthly") != (self.cap_months is not None):
            raise ValueError("按月发放的须写明 cap_months，一次性的不写")
        if len({bool(self.extension_months), bool(self.extension_channels), bool(self.extension_basis)}) > 1:
            raise ValueError("可以续期的须写全 extension_months、extension_channels、extension_basis，不可以的都不写")
        return self

    @property
    def amount_words(self) -> str:
        """How much: 每月500元, 一次性按实际支付的费用，最高1000元."""
        often = "每月" if self.pay == "monthly" else "一次性"
        if self.amount_fen is not None:
            return f"{often}{_yuan(self.amount_fen)}"
        most = f"，最高{_yuan(self.at_most_fen)}" if self.at_most_fen is not None else ""
        return f"{often}按{BASES[self.base]}{most}"

    def amount_for(self, claim: Claim) -> str:
        """How much for one of its claims: 每月按实际缴纳的社会保险费的2/3."""
        if self.amount_fen is not None or claim.part == 1:
            return self.amount_words
        base = BASES[self.base]
        return self.amount_words.replace(base, f"{base}的{claim.part.numerator}/{claim.part.denominator}")

    @property
    def words(self) -> str:
        """The whole kind in one line, for comparisons of policies."""
        parts = ["；".join(claim.words for claim in self.claims), self.amount_words]
        if self.cap_months is not None:
            ways = "、".join(CHANNELS[channel] for channel in self.extension_channels)
            more = f"，{ways}期满可续期一次、{self.extension_months}个月" if self.extension_months else ""
            parts.append(f"最长{self.cap_months}个月{more}")
        if self.retirement_months is not None:
            parts.append(f"距法定退休年龄不足{self.retirement_months}个月的至退休")
        return "，".join([*parts, f"由{self.fund}列支" if self.paid_out else f"由{self.fund}办理"])


class Subsidies(Frozen):
    """就业扶持政策: exactly the kinds that J16 names; `ending_notice_days` before its end a subsidy is reminded of."""

    social_insurance: Term[Subsidy]
    post: Term[Subsidy]
    training: Term[Subsidy]
    certificate: Term[Subsidy]
    start_up: Term[Subsidy]
    tax_relief: Term[Subsidy]
    loan_interest: Term[Subsidy]
    ending_notice_days: Term[Annotated[int, Field(ge=1, le=366)]]

    def of(self, kind: str) -> Term[Subsidy] | None:
        """Return the term of a kind, None when there is no such kind."""
        return getattr(self, kind) if kind in get_args(SubsidyKind) else None


class Linkage(Frozen):
    """低保、失业保险与就业联动: what becomes of both when a member starts work, and by when the offices agree on it.

    For `dibao_grace_months` 低保 goes on unchanged; afterwards `dibao_deduct_percent` of wages are left out of account.
    `unemployment_benefit_fen` is a month's 失业保险金.
    """

    coordinate_within: Term[Length]
    dibao_grace_months: Term[Annotated[int, Field(ge=0, le=36)]]
    dibao_deduct_percent: Term[Annotated[int, Field(ge=0, le=100)]]
    unemployment_benefit_fen: Term[Fen]
    unemployment_benefit_ends: Term[bool]


def _yuan(fen: int) -> str:
    return f"{fen / 100:.2f}元" if fen % 100 else f"{fen // 100}元"
