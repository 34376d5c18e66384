"""A source that is asked over HTTP (实时比对接口): one POST for a household, answers by our own member ids.

    → {"source": "business", "people": [{"ref": "M1", "id_number": "…"}]}      Authorization: Bearer …
    ← {"answers": [{"ref": "M1", "result": "clear" | "hit", "valid_until": "…", "reference": "…", "detail": {…}}]}

ID numbers travel in the body alone, so that no address or log holds them.  Asking changes nothing over there, so what
did not arrive is asked again, a few times.  An answer for fewer or other people than asked is no answer.
"""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import httpx2
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from casework.review_facts import ComparisonOutcome, Source
from casework.times import local_date
from connectors.port import PersonAsked, SourceAnswer, SourceUnavailable, unavailable

LARGEST = 1024 * 1024
AGAIN = (429, 500, 502, 503, 504)
logging.getLogger("httpx2").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class HttpSettings:
    """Where and how to ask.  `timeout` is seconds for each try, `tries` how often in all, `pause` seconds between."""

    url: str
    token: str = field(default="", repr=False)
    timeout: float = 8.0
    tries: int = 3
    pause: float = 0.5


class Told(BaseModel):
    """One answer as the source sends it."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    ref: str
    result: ComparisonOutcome
    valid_until: date | None = None
    reference: str | None = Field(default=None, pattern=r"^[0-9A-Za-z._:/-]{1,80}$")
    detail: dict[str, object] = Field(default_factory=dict, repr=False)


class Answers(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    answers: tuple[Told, ...]


class HttpSource:
    """Owns one HTTP client.  `wait` sleeps between two tries."""

    def __init__(self, source: Source, settings: HttpSettings, *, wait: Callable[[float], None]) -> None:
        self._source = source
        self._settings = settings
        self._wait = wait
        headers = {"Authorization": f"Bearer {settings.token}"} if settings.token else {}
        self._client = httpx2.Client(timeout=settings.timeout, follow_redirects=False, trust_env=False, headers=headers)

    @property
    def source(self) -> Source:
        return self._source

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def ask(self, people: Sequence[PersonAsked], now: datetime) -> tuple[SourceAnswer, ...]:
        """Ask for everybody at once; raises `SourceUnavailable` with the last try's reason."""
        body: dict[str, object] = {
            "source": self._source.value,
            "people": [{"ref": person.member, "id_number": person.id_number} for person in people],
        }
        reason = "not_asked"
        for attempt in range(self._settings.tries):
            if attempt:
                self._wait(self._settings.pause * attempt)
            try:
                status, content = self._post(body)
            except httpx2.TimeoutException:
                reason = "timed_out"
            except (httpx2.TransportError, httpx2.DecodingError) as error:
                reason = type(error).__name__
            else:
                if status == 200:
                    return self._read(content, people, now)
                reason = f"http_{status}"
                if status not in AGAIN:
                    break
        raise SourceUnavailable(reason)

    def _post(self, body: dict[str, object]) -> tuple[int, bytes]:
        content = bytearray()
        with self._client.stream("POST", self._settings.url, json=body) as answer:
            for piece in answer.iter_bytes():
                content += piece
                if len(content) > LARGEST:
                    raise SourceUnavailable("answer_too_large")
            return answer.status_code, bytes(content)

    def _read(self, content: bytes, people: Sequence[PersonAsked], now: datetime) -> tuple[SourceAnswer, ...]:
        try:
            told = {row.ref: row for row in Answers.model_validate_json(content).answers}
        except ValidationError:
            raise SourceUnavailable("answer_malformed") from None
        if set(told) != {person.member for person in people}:
            raise SourceUnavailable("answer_for_other_people")
        return tuple(_answer(told[person.member], now) for person in people)


def _answer(row: Told, now: datetime) -> SourceAnswer:
    """An answer that has expired already is no answer about this person."""
    if row.valid_until is not None and row.valid_until < local_date(now):
        return unavailable((PersonAsked(row.ref, ""),), now, "answer_expired")[0]
    return SourceAnswer(
        member=row.ref,
        result=row.result,
        looked_at=now,
        valid_until=row.valid_until,
        reference=row.reference,
        raw=json.dumps(row.detail, ensure_ascii=False, sort_keys=True),
    )
