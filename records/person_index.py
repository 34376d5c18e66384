"""What people are found by although their names are sealed (姓名索引): keyed tokens of each name's spellings.

Written with intake and joining, in their transaction; a token tells nothing to who has not the key.  People of an
earlier release get theirs when the record is prepared (`catching_up.py`).  ID numbers and phones have indexes of their
own in `persons`.
"""

from collections.abc import Iterable

from sqlalchemy import delete, insert

from records.crypto import Keys
from records.engine import Writing
from records.name_spellings import spellings
from records.tables_lists import person_index

BEGIN, PINYIN, INITIALS = "begin", "pinyin", "initials"
TOKEN = 24
"""Hex characters: 96 bits keep all names of a country apart, and the index small."""


def token(keys: Keys, kind: str, normalised: str) -> str:
    """Return the token under which a spelling stands in the index."""
    return keys.blind_index(f"person_index.{kind}", normalised)[:TOKEN]


def index_people(work: Writing, case_id: str, people: Iterable[tuple[str, str]]) -> None:
    """Index people of a case, given as (member id, name); what stood there of them is replaced."""
    rows = []
    for member_id, name in people:
        forget_person(work, case_id, member_id)
        rows += [
            {"kind": kind, "token": found, "case_id": case_id, "member_id": member_id}
            for kind, found in sorted(_tokens(work.keys, name))
        ]
    if rows:
        work.connection.execute(insert(person_index), rows)


def forget_person(work: Writing, case_id: str, member_id: str) -> None:
    """Take a person out of the index."""
    mine = (person_index.c.case_id == case_id, person_index.c.member_id == member_id)
    work.connection.execute(delete(person_index).where(*mine))


def _tokens(keys: Keys, name: str) -> set[tuple[str, str]]:
    found = spellings(name)
    said = ((BEGIN, found.beginnings), (PINYIN, found.pinyin), (INITIALS, found.initials))
    return {(kind, token(keys, kind, spelling)) for kind, each in said for spelling in each}
