"""The policy of a locality (办法): which numbers and choices the rules may ask for, in groups.

Every leaf is a `Term`: `policy.promise.length.value` is the value, `.basis` its 依据.  Localities differ only in data
(`packs/*.toml`); a rule that needs an `if` on the locality is missing a term here.  No value is given here.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from policies.groups import (
    Contact,
    Eligibility,
    Employment,
    Exit,
    Followup,
    Grounds,
    Notices,
    Promise,
    Publicity,
    Reassist,
    Refusal,
    Review,
    Services,
    Stable,
    Terms,
)
from policies.terms import Frozen

__all__ = ["Eligibility", "Policy"]

AreaPrefix = Annotated[str, Field(pattern=r"^[0-9A-Z]{2,12}$")]


class Policy(Frozen):
    """A locality's policy as loaded: its own terms over those of its parent."""

    pack_id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    version: Annotated[str, Field(min_length=1, max_length=40)]
    name: Annotated[str, Field(min_length=1, max_length=80)]
    citation: Annotated[str, Field(min_length=1, max_length=200)]
    effective_from: date
    parent: str | None
    areas: tuple[AreaPrefix, ...]
    terms: Terms
    eligibility: Eligibility
    review: Review
    publicity: Publicity
    promise: Promise
    services: Services
    refusal: Refusal
    contact: Contact
    exit: Exit
    grounds: Grounds
    employment: Employment
    stable: Stable
    followup: Followup
    reassist: Reassist
    notices: Notices

    def applies_to(self, area: str) -> bool:
        """Say whether a division code (行政区划代码) lies in this pack's areas."""
        return any(area.startswith(prefix) for prefix in self.areas)
