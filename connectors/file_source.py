"""A source that hands over a file (按期交换的数据文件): a complete extract of whom it has on record, as JSON.

    {"source": "business", "as_of": "2026-09-28", "valid_until": "2026-10-05",
     "records": [{"id_number": "…", "reference": "GS-0007", "detail": {…}}]}

Whoever is not in a complete extract has no record there.  An extract past its day, cut short or unreadable is no
answer.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from casework.review_facts import ComparisonOutcome, Source
from casework.times import local_date
from connectors.port import PersonAsked, SourceAnswer, SourceUnavailable

LARGEST = 200 * 1024 * 1024
"""Bytes of a county's extract; more is a mistake."""


class Row(BaseModel):
    """One person on record."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    id_number: str = Field(min_length=15, max_length=18, repr=False)
    reference: str | None = Field(default=None, pattern=r"^[0-9A-Za-z._:/-]{1,80}$")
    detail: dict[str, object] = Field(default_factory=dict, repr=False)


class Extract(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    source: Source
    as_of: date
    valid_until: date
    records: tuple[Row, ...]


def old_number(id_number: str) -> str:
    """Return the 15-digit number that a person had before 1999, as old registers still hold it; "" for the younger."""
    return id_number[:6] + id_number[8:17] if id_number[6:8] == "19" else ""


class FileSource:
    """Reads the file anew for each run, so that a newer extract counts at once."""

    def __init__(self, source: Source, path: Path) -> None:
        self._source = source
        self._path = path

    @property
    def source(self) -> Source:
        return self._source

    def close(self) -> None:
        """Nothing is held open."""

    def ask(self, people: Sequence[PersonAsked], now: datetime) -> tuple[SourceAnswer, ...]:
        """Look everybody up in the extract; raises `SourceUnavailable` (`file_…`)."""
        extract = self._extract()
        if extract.source is not self._source:
            raise SourceUnavailable("file_of_another_source")
        today = local_date(now)
        if not extract.as_of <= today <= extract.valid_until:
            raise SourceUnavailable("file_expired" if today > extract.valid_until else "file_from_the_future")
        found = {row.id_number.upper(): row for row in extract.records}
        rows = (
            (person, found.get(person.id_number.upper()) or found.get(old_number(person.id_number)))
            for person in people
        )
        return tuple(self._answer(person, row, extract, now) for person, row in rows)

    def _extract(self) -> Extract:
        try:
            if self._path.stat().st_size > LARGEST:
                raise SourceUnavailable("file_too_large")
            return Extract.model_validate_json(self._path.read_bytes())
        except OSError:
            raise SourceUnavailable("file_missing") from None
        except ValidationError:
            raise SourceUnavailable("file_malformed") from None

    def _answer(self, person: PersonAsked, row: Row | None, extract: Extract, now: datetime) -> SourceAnswer:
        told = {"as_of": extract.as_of.isoformat(), **({"detail": row.detail} if row else {})}
        return SourceAnswer(
            member=person.member,
            result=ComparisonOutcome.HIT if row else ComparisonOutcome.CLEAR,
            looked_at=now,
            valid_until=extract.valid_until,
            reference=row.reference if row else None,
            raw=json.dumps(told, ensure_ascii=False, sort_keys=True),
        )
