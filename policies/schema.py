"""The policy of a locality (办法): which numbers and choices the rules may ask for, in groups.

Every leaf is a `Term`: `policy.promise.length.value` is the value, `.basis` its 依据.  Localities differ only in data
(`packs/*.toml`); a rule that needs an `if` on the locality is missing a term here.  No value is given here.
"""

import hashlib
from datetime import date
from functools import cached_property
from typing import Annotated

from pydantic import Field

from policies.groups import (
    Contact,
    Eligibility,
    Employment,
    Followup,
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
from policies.groups_exits import Exit, Grounds
from policies.groups_lives import Reentry, Supervision, Watchlist
from policies.groups_promise import Contingency, Escalation, Hardship, Relocated, Steady, Suspension
from policies.groups_radar import Radar
from policies.groups_review import Verification
from policies.groups_subsidies import Linkage, Subsidies
from policies.terms import Frozen

__all__ = ["Eligibility", "Policy"]

_BESIDE = ("subsidies", "linkage", "radar")
"""Groups that decide nothing of a case: what is paid or looked at is judged by the pack of its own day.

They are not of the content that a case is under, so that a new amount moves no open case (decision 0049).
"""

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
    replaces: str | None = None
    """The pack that this one takes the place of, where a new document came under a new id."""
    terms: Terms
    eligibility: Eligibility
    review: Review
    verification: Verification
    publicity: Publicity
    promise: Promise
    suspension: Suspension
    relocated: Relocated
    escalation: Escalation
    contingency: Contingency
    hardship: Hardship
    services: Services
    refusal: Refusal
    contact: Contact
    exit: Exit
    grounds: Grounds
    employment: Employment
    stable: Stable
    steady: Steady
    followup: Followup
    reassist: Reassist
    watchlist: Watchlist
    reentry: Reentry = Reentry()
    supervision: Supervision
    radar: Radar = Radar()
    notices: Notices
    subsidies: Subsidies | None = None
    linkage: Linkage | None = None

    @cached_property
    def sha256(self) -> str:
        """The hash of the content: a version whose content was changed can never pass for another."""
        return hashlib.sha256(self.model_dump_json(exclude=set(_BESIDE)).encode()).hexdigest()

    @property
    def short_hash(self) -> str:
        """What a case remembers of the content it is under."""
        return self.sha256[:16]

    @property
    def label(self) -> str:
        """The pack with its version, as commands name it: jilin-2021@1."""
        return f"{self.pack_id}@{self.version}"

    def applies_to(self, area: str) -> bool:
        """Say whether a division code (行政区划代码) lies in this pack's areas."""
        return any(area.startswith(prefix) for prefix in self.areas)
