"""What a case remembers of verification, supplements, decided members and conflicts of interest (审核阶段的事实).

Accounts stand here as `Actor.hand` or as typed; texts are ids; people are member ids.
"""

from datetime import date
from enum import StrEnum

from casework.household import Facts


class Source(StrEnum):
    """Where facts are compared online (线上比对的来源)."""

    REGISTER = "register"
    SOCIAL_INSURANCE = "social_insurance"
    BUSINESS = "business"
    TAX = "tax"

    @property
    def words(self) -> str:
        return _SOURCE_WORDS[self]


_SOURCE_WORDS = {
    Source.REGISTER: "户籍",
    Source.SOCIAL_INSURANCE: "社会保险",
    Source.BUSINESS: "工商登记",
    Source.TAX: "税务",
}


class ComparisonOutcome(StrEnum):
    """What a source said of a member: nothing, something, or it could not be asked."""

    CLEAR = "clear"
    HIT = "hit"
    UNAVAILABLE = "unavailable"

    @property
    def words(self) -> str:
        return {"clear": "未发现", "hit": "有记录", "unavailable": "来源不可用"}[self.value]


class Comparison(Facts):
    """The last result of one source for one member (线上比对).  A hit counts only with a person's written finding.

    `affects` is that finding: True when what was found stands against the application.
    """

    source: Source
    member: str
    result: ComparisonOutcome
    looked_on: date
    valid_until: date
    reference: str | None = None
    judged_on: date | None = None
    judged_by: str | None = None
    affects: bool | None = None

    @property
    def key(self) -> str:
        """The subject of the task that judges a hit."""
        return f"{self.source.value}-{self.member}"


class Visit(Facts):
    """A home visit (入户走访) with its three deliveries: 送政策、送岗位、送服务 (N9).  Nobody met, nothing verified."""

    visit_id: str
    visited_on: date
    met: tuple[str, ...]
    policies: bool
    posts: bool
    services: bool
    by: str


class Supplement(Facts):
    """Papers asked for (补正).  The office's own limits wait for them, at most until 24:00 of `until` (A29)."""

    supplement_id: str
    items: tuple[str, ...]
    asked_on: date
    asked_by: str
    until: date
    provisional: bool
    received_on: date | None = None
    lapsed_on: date | None = None

    @property
    def open(self) -> bool:
        return self.received_on is None and self.lapsed_on is None


class DecidedMember(Facts):
    """A reviewer's written decision that a person counts as family, or does not (J3)."""

    member: str
    counts: bool
    decided_by: str
    decided_on: date


class Conflict(Facts):
    """A member of staff who must keep away from this case's judgements (回避), until a supervisor lifts it."""

    account: str
    declared_on: date
    declared_by: str
    lifted_on: date | None = None
