"""Subsidies that somebody has a right to and nobody claimed (应享未享): listed a while after it began (J16, J21).

Pure: the rights come in as the packs' rules found them; one item for a member and a kind.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from casework.times import in_words
from policies.schema import Policy
from register.radar_items import Item, Kind, Words, over_since
from register.subsidies import kind_words


@dataclass(frozen=True, slots=True)
class UnclaimedRight:
    """A right of a member; `about` is the job or the measure that gives it."""

    case_id: str
    office: str
    member: str
    about: str
    kind: str
    by: str
    since: date


def unclaimed_rights(rows: Iterable[UnclaimedRight], on: date, policy: Policy) -> Iterator[Item]:
    """List rights that were not claimed so long after they began, each member's kind once."""
    term = policy.radar.unclaimed_after
    if term is None:
        return
    seen: set[str] = set()
    for row in rows:
        subject = f"{row.case_id}.{row.member}.{row.kind}.{row.by}"
        if on < over_since(row.since, term.value) or subject in seen:
            continue
        seen.add(subject)
        yield Item(
            kind=Kind.UNDELIVERED,
            subject=subject,
            office=row.office,
            since=row.since,
            rule="radar.unclaimed_right",
            clause=term.basis,
            counted=(row.case_id, row.member, row.kind, row.by, row.about),
            tell=partial(_words, row, on),
            case_ids=(row.case_id,),
        )


def _words(row: UnclaimedRight, on: date) -> Words:
    what, who = kind_words(row.kind), "用人单位" if row.by == "unit" else "本人"
    return (
        f"成员{row.member}自{in_words(row.since)}起可以享受{what}，已过{(on - row.since).days}日，{who}没有申领。",
        (("扶持政策", what), ("由谁申领", who), ("起始日", in_words(row.since))),
    )
