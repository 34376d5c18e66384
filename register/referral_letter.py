"""The words of a referral letter (推荐函, 岗位推荐介绍信): whom the office sends to which employer for which job.

It holds a name and phones, whole: only the paper shows it, after a logged look.  How it is set is not here.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class ReferralLetter:
    """Everything a letter says, in words ready to be printed; what is not known is an empty string."""

    number: str
    case_id: str
    referral_id: str
    office: str
    office_phone: str
    referred_on: date
    valid_until: date | None
    sex: str
    age: int
    education: str
    skills: str
    employer: str
    credit_code: str
    title: str
    channel: str
    pay: str
    place: str
    hours: str
    delivered_on: date | None
    guaranteed: bool
    helper: str
    name: str = field(repr=False)
    contact: str = field(default="", repr=False)
    helper_phone: str = field(default="", repr=False)

    @property
    def answers(self) -> tuple[str, ...]:
        """What the employer may tick on the slip that comes back, in the order of the slip."""
        return ("已录用，上岗日期____年__月__日", "未录用，原因：________", "本人未按约到场")
