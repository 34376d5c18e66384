"""Why something was decided (说明): the rule, the facts counted, the clause.  Attached to every event of the system.

Only the shape lives here; the sentences are written by the rule that decides.  A reason names members by relation and
id, "配偶（M2）", and never carries names, ID numbers, phones, addresses or free text: it is stored, shown and sent on.
"""

from pydantic import Field

from casework.household import Facts, Member


class Fact(Facts):
    """One fact that was looked at, in the reader's words: `Fact(label="就业失业状态", value="登记失业")`."""

    label: str
    value: str


class Why(Facts):
    """The answer to "why": an office, a household or an auditor may ask it of every decision.

    `rule` is a stable code such as "eligibility.all_unemployed"; programs may compare it.
    `says` is one plain Chinese sentence; people read it.
    `facts` are what was counted, in reading order.
    `clause` is the 依据: document and clause, or 内部规定 where no document says it.
    """

    rule: str = Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$")
    says: str
    facts: tuple[Fact, ...] = ()
    clause: str


def called(member: Member) -> str:
    """Return how reasons call a member: relation and id, as in "配偶（M2）"."""
    return f"{member.relation.value}（{member.member_id}）"
