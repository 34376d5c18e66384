"""The group of verification (核查): how the facts of an application are checked before first review (J5).

Every leaf is a `Term` with its 依据.  No value is given here.
"""

from typing import Annotated, Literal

from pydantic import Field

from policies.terms import Frozen, Length, Term

Source = Literal["register", "social_insurance", "business", "tax"]


class Verification(Frozen):
    """线上比对、入户走访: declared by the caseworker, or only as recorded.

    `comparison` "connected": first review needs a recorded result of every source for every family member, no older
    than `validity`.  `visit` "recorded": it needs a recorded home visit.
    """

    comparison: Term[Literal["declared", "connected"]]
    sources: Term[Annotated[tuple[Source, ...], Field(min_length=1)]]
    validity: Term[Length]
    visit: Term[Literal["declared", "recorded"]]
