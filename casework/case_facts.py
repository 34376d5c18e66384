"""What a case remembers of each family of rules: publicity, objections, referrals, refusals, contacts, jobs.

Ids are a letter and the number of the event that made them (R12, F15), so they are unique within a case without a
random source.  Text is kept by the record service; a case holds only its id (`txt-…`).
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from casework.clocks import Move, Pause
from casework.household import Facts, WorkStatus
from casework.review_facts import DecidedMember

TextId = Annotated[str, Field(pattern=r"^txt-[0-9a-f]{32}$")]
"""Id of a free text that the record service keeps, encrypted."""


class Standing(Facts):
    """How the eligibility rules last judged the household (see `casework/eligibility.py`)."""

    outcome: str
    reason: str
    counted: tuple[str, ...]
    base: tuple[str, ...]
    judged_on: date
    special_decision: bool | None = None
    """The county's written decision of a special situation (J3): True recognises, False does not, None undecided."""
    decided: tuple[DecidedMember, ...] = ()
    """Whom a reviewer included or excluded by a written reason (J3)."""


class Reviews(Facts):
    """Who looked: first review, recheck and seal are three different people (A30)."""

    first_by: str | None = None
    first_on: date | None = None
    reported_on: date | None = None
    recheck_by: str | None = None
    recheck_on: date | None = None
    sealed_by: str | None = None
    certified_on: date | None = None


class Publicity(Facts):
    """One posting of the notice (公示).  Taken down early or without proof it does not count (A8)."""

    round: int
    posted_on: date
    ends_on: date
    ends_at: datetime
    provisional: bool
    over: bool = False
    taken_down_on: date | None = None
    under: str = ""
    """The policy by which it runs, "jilin-2021@1", where a later one left it as it was; "" is the case's own (A36)."""
    proof_on: date | None = None
    """The day of the photograph that proves the posting, where the locality wants one."""

    @property
    def up(self) -> bool:
        return self.taken_down_on is None


class ObjectionStatus(StrEnum):
    OPEN = "open"
    NOT_BLOCKING = "not_blocking"
    DISMISSED = "dismissed"
    UPHELD = "upheld"
    CORRECTED = "corrected"


class Objection(Facts):
    """An objection (异议): an open one raised before the seal blocks the gate, one after it opens a review (A9).

    `concerns` is the account of a member of staff whom it is about.
    """

    objection_id: str
    raised_on: date
    anonymous: bool
    status: ObjectionStatus
    decided_on: date | None = None
    concerns: str | None = None
    after_seal: bool = False


class Promise(Facts):
    """The placement promise (安置承诺): one per certification; nothing resets it but a new certification (A12).

    `target_on` is the office's own aim (内部目标日) where the legal last day moved over days off (A13).  `offered_on`
    and `employed_on` are both kept; which of them is `met_on` is the pack's choice (A11).  `pauses` are the days that
    did not count, `moves` what moved the due day; `told` are the levels that were told that it was missed (逐级督办).
    """

    number: int
    started_on: date
    due_on: date
    provisional: bool
    target_on: date | None = None
    offered_on: date | None = None
    employed_on: date | None = None
    met_on: date | None = None
    overdue_on: date | None = None
    cause: str | None = None
    cause_confirmed_by: str | None = None
    under: str = ""
    pauses: tuple[Pause, ...] = ()
    moves: tuple[Move, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def paused(self) -> bool:
        """True while a pause has no end yet: the promise cannot be missed meanwhile."""
        return any(pause.last is None for pause in self.pauses)

    @property
    def first_due_on(self) -> date:
        """The due day before anything moved it."""
        return self.moves[0].was if self.moves else self.due_on

    @property
    def running(self) -> bool:
        return self.met_on is None and self.overdue_on is None


class ServiceKind(StrEnum):
    """What J18 counts beside referrals."""

    GUIDANCE = "guidance"
    TRAINING_INFO = "training_info"


class Service(Facts):
    service_id: str
    member: str
    kind: ServiceKind
    on: date


class ReferralOutcome(StrEnum):
    """What became of a referral.  Only `declined` can be a refusal (A4)."""

    OPEN = "open"
    EMPLOYER_REJECTED = "employer_rejected"
    HIRED = "hired"
    DECLINED = "declined"


class Referral(Facts):
    """One job put to one member (岗位推荐).  Pay is fen a month.

    It is delivered when the member signed for it or confirmed it, on `delivered_on`; `unsuitable` is the code of what
    makes the job none that could be refused (A4, A5).
    """

    referral_id: str
    member: str
    vacancy: str
    on: date
    pay_fen: int
    suitable: bool
    delivered: bool
    delivered_on: date | None = None
    unsuitable: str | None = None
    outcome: ReferralOutcome = ReferralOutcome.OPEN
    guaranteed: bool = False
    """托底安置: arranged by the upper level for a household in special hardship (N11)."""


class RefusalStatus(StrEnum):
    PENDING = "pending"
    JUSTIFIED = "justified"
    UNJUSTIFIED = "unjustified"


class Refusal(Facts):
    """A member turned a suitable, delivered referral down (拒绝岗位).  Pending never counts (A5).

    `registered`: the member was registered as unemployed then.  `reasons_by` is the last day to give a reason, None
    when the member gave one with the refusal.  `set_aside`: an appeal took it out of the count.
    """

    refusal_id: str
    referral: str
    member: str
    on: date
    reason_code: str | None
    recorded_by: str
    registered: bool = True
    no_show: bool = False
    reasons_by: date | None = None
    set_aside: bool = False
    status: RefusalStatus = RefusalStatus.PENDING
    judged_by: str | None = None


class RefusalWarning(Facts):
    """The written warning after the second unjustified refusal, before the last (scenario 49)."""

    member: str
    on: date
    recorded_on: date | None = None


class ContactOutcome(StrEnum):
    REACHED = "reached"
    FAILED = "failed"
    WRONG_NUMBER = "wrong_number"
    RETURNED = "returned"


class ContactChannel(StrEnum):
    PHONE = "phone"
    VISIT = "visit"
    LETTER = "letter"
    SMS = "sms"


class Answered(StrEnum):
    """Who answered (何人应答).  Only an adult of the household makes it a success (A6)."""

    ADULT = "adult"
    MINOR = "minor"
    OTHER = "other"


class Contact(Facts):
    """An attempt to reach the household (联系); `number_verified` when number or address was checked anew before it.

    `by_household`: the household came or called itself.  `set_aside`: a finding took the attempt out of the count.
    """

    contact_id: str
    on: date
    channel: ContactChannel
    outcome: ContactOutcome
    number_verified: bool = False
    answered: Answered = Answered.ADULT
    answered_by: str | None = None
    by_household: bool = False
    set_aside: bool = False


class Employment(Facts):
    """A member starts work (上岗).  `status_before` is what the member goes back to if it was none (A16, A17).

    `steady_on` is the day from which it is steady work (较为稳定), None while it is not (scenario 65)."""

    employment_id: str
    member: str
    started_on: date
    channel: str
    evidence: str
    monthly_income_fen: int
    contract_months: int | None = None
    insured: bool = False
    recorded_by: str
    recorded_on: date
    status_before: WorkStatus | None = None
    steady_on: date | None = None
    approved_on: date | None = None
    rejected_on: date | None = None
    ended_on: date | None = None

    @property
    def active(self) -> bool:
        return self.ended_on is None and self.rejected_on is None


class FollowUp(Facts):
    """A completed follow-up (跟踪回访) of one calendar month, "2026-11" (A18)."""

    month: str
    on: date
    channel: ContactChannel
    insured: bool = False
