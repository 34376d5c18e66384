"""The terms of the integrity radar (核查线索): from when on something that looks wrong is listed for a supervisor.

No document says these numbers: every value is the office's own (内部规定).  No value is given here; without one the
rule of that term lists nothing.
"""

from policies.groups import Count
from policies.terms import Frozen, Length, Term


class Radar(Frozen):
    """核查线索: households known but not recognised, placements that look arranged, help that is late.

    Placements at one employer within `placements_window` are listed when there are `placements_at_one` of them or more
    and `placements_ended` of these ended within `placements_ended_within`, or `placements_uninsured` were not insured
    `placements_insured_within` after the start.
    """

    unrecognised_after: Term[Length] | None = None
    placements_window: Term[Length] | None = None
    placements_at_one: Term[Count] | None = None
    placements_ended: Term[Count] | None = None
    placements_ended_within: Term[Length] | None = None
    placements_uninsured: Term[Count] | None = None
    placements_insured_within: Term[Length] | None = None
    undelivered_after: Term[Length] | None = None
    unclaimed_after: Term[Length] | None = None
