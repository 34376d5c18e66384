"""Collecting the originals of a case (真实信息): from its events and what the record knows of its people.  Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from casework.events import CaseEvent
from register.story_check import Originals

_ISO_DAY = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)", re.ASCII)
_ACCOUNT = re.compile(r'"(?:account|acting_for|noted_by|helper|concerns|[a-z_]*_by)":"([^"]+)"')
_CODE = re.compile(r'"(?:case_id|office|from_office|to_office|vacancy)":"([^"]+)"')
_FEN = re.compile(r'"[a-z_]*_fen":(\d+)')
_SHORTEST_PIECE = 3
NOBODY = "system"


@dataclass(frozen=True, slots=True)
class InEvents:
    """What the events themselves hold."""

    accounts: frozenset[str] = field(repr=False)
    codes: frozenset[str] = field(repr=False)
    days: frozenset[date] = field(repr=False)
    fen: frozenset[int] = field(default=frozenset(), repr=False)


def in_events(events: Sequence[CaseEvent]) -> InEvents:
    """Return the accounts, numbers and days that stand anywhere in a case's events."""
    documents = [event.model_dump_json() for event in events]
    hands = {hand for text in documents for hand in _ACCOUNT.findall(text)}
    return InEvents(
        accounts=frozenset(part for hand in hands for part in hand.split("/") if part != NOBODY),
        codes=frozenset(code for text in documents for code in _CODE.findall(text)),
        days=frozenset(day for text in documents for day in _days(text)),
        fen=frozenset(int(fen) for text in documents for fen in _FEN.findall(text)),
    )


def originals_of(
    found: InEvents,
    *,
    names: Iterable[str],
    numbers: Iterable[str],
    community: str,
    address: str,
    offices: Iterable[str],
    employers: Iterable[str],
    staff: Iterable[str],
    texts: Iterable[str] = (),
) -> Originals:
    """Return all of it together; of an address every part counts, for "17号3单元" tells as much."""
    return Originals(
        names=frozenset(filter(None, names)),
        numbers=frozenset(filter(None, numbers)),
        places=frozenset(filter(None, (community, *_pieces(address), *offices))),
        employers=frozenset(filter(None, employers)),
        accounts=frozenset(filter(None, (*found.accounts, *staff))),
        codes=found.codes,
        days=found.days,
        fen=found.fen,
        texts=frozenset(filter(None, texts)),
    )


def _days(text: str) -> Iterator[date]:
    for parts in _ISO_DAY.findall(text):
        try:
            yield date(*(int(part) for part in parts))
        except ValueError:
            continue


def _pieces(address: str) -> set[str]:
    parts = re.split(r"[\s，,、；;]+|(?<=[街路号楼栋室])", address)
    return {part for part in (address.strip(), *parts) if len(part) >= _SHORTEST_PIECE}
