"""One spelling of a community where an earlier release stored another (社区名称), by the rule of `place_names.py`.

Run by `catching_up.py`.  What was put up on the publicity board stays as it was posted; events hold no community, and
neither indexes of people nor seals are made from it.
"""

from typing import Any

from sqlalchemy import Table, select, update

from casework.place_names import community_name
from records.engine import Reading, Writing
from records.tables_people import households
from records.tables_register import known_households
from records.tables_surveys import survey_shares, survey_visits

AT_ONCE = 10
"""Names put right in one transaction: each reads a table once."""
LONGEST = 60


def spell_some(work: Writing, _after: str) -> list[str]:
    """Put some names right; return them, and nothing when every name is spelled as it is now."""
    done: list[str] = []
    for table in (households, known_households):
        for typed in _misspelled(work, table)[: AT_ONCE - len(done)]:
            _spell(work, table, typed, table.c.community == typed)
            done.append(typed)
    for round_id, typed in _shares(work)[: AT_ONCE - len(done)]:
        for table in (survey_shares, survey_visits):
            _spell(work, table, typed, table.c.community == typed, table.c.round_id == round_id)
        done.append(typed)
    return done


def spellings(typed: str) -> tuple[str, ...]:
    """Return a name as somebody once kept it in a filter, and as it is stored since."""
    return tuple(dict.fromkeys((typed, community_name(typed))))


def _spell(work: Writing, table: Table, typed: str, *at: Any) -> None:
    work.connection.execute(update(table).where(*at).values(community=community_name(typed)))


def _misspelled(work: Reading, table: Table) -> list[str]:
    names = work.connection.execute(select(table.c.community).distinct().order_by(table.c.community)).scalars()
    return [name for name in names if _has_another(name)]


def _has_another(name: str) -> bool:
    wanted = community_name(name)
    return wanted != name and 0 < len(wanted) <= LONGEST


def _shares(work: Reading) -> list[tuple[str, str]]:
    """Return the shares to rename; of two that would be one, shared out to two people perhaps, neither is."""
    rows = work.connection.execute(select(survey_shares.c.round_id, survey_shares.c.community).order_by("round_id"))
    named: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        named.setdefault((row.round_id, community_name(row.community)), []).append(row.community)
    return [
        (round_id, names[0]) for (round_id, _), names in named.items() if len(names) == 1 and _has_another(names[0])
    ]
