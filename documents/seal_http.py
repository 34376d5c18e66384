"""An official seal platform (统一电子印章平台) asked over HTTP: one POST for a paper, the sealed PDF comes back.

    → {"request_id": "…", "office": "220104", "office_name": "…", "sha256": "…", "pdf": "base64",
       "place": {"page": "last", "right_mm": 42, "bottom_mm": 33, "side_mm": 42}}
       Authorization: Bearer …   Idempotency-Key: request_id
    ← {"request_id": "…", "pdf": "base64"}

What did not arrive is asked again under the same request number, so the platform seals once.  What comes back must be
what was sent with something added and a seal over all of it, else it is refused.
"""

import base64
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import httpx2
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from documents.seal_check import SealState, look_at
from documents.seal_port import BOTTOM, MM, RIGHT, SIDE, SealAnswerWrong, SealRefused, SealUnavailable, SealWanted

LARGEST = 16 * 1024 * 1024
AGAIN = (429, 500, 502, 503, 504)
logging.getLogger("httpx2").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class PlatformSettings:
    """Where the platform is and what its seals are known by.  `timeout` is seconds for each of `tries`."""

    url: str
    token: str = field(default="", repr=False)
    timeout: float = 10.0
    tries: int = 3
    pause: float = 0.5
    certificates: tuple[bytes, ...] = ()


class Sealed(BaseModel):
    """The platform's answer."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    request_id: str
    pdf: str = Field(repr=False)


class PlatformSeal:
    """Owns one HTTP client.  `wait` sleeps between two tries."""

    def __init__(self, settings: PlatformSettings, *, wait: Callable[[float], None]) -> None:
        self._settings = settings
        self._wait = wait
        headers = {"Authorization": f"Bearer {settings.token}"} if settings.token else {}
        self._client = httpx2.Client(timeout=settings.timeout, follow_redirects=False, trust_env=False, headers=headers)

    def only_for_trying(self, office: str) -> bool:  # noqa: ARG002 the platform's seals are real for every office
        return False

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def known_certificates(self) -> tuple[bytes, ...]:
        return self._settings.certificates

    def seal(self, wanted: SealWanted) -> bytes:
        """Return the sealed PDF; raises `SealUnavailable`, `SealRefused`, `SealAnswerWrong`."""
        return self._checked(wanted, self._asked(wanted))

    def _asked(self, wanted: SealWanted) -> bytes:
        body: dict[str, Any] = {
            "request_id": wanted.request_id,
            "office": wanted.office,
            "office_name": wanted.office_name,
            "sha256": sha256(wanted.pdf).hexdigest(),
            "pdf": base64.b64encode(wanted.pdf).decode(),
            "place": {
                "page": "last",
                "right_mm": round(RIGHT / MM),
                "bottom_mm": round(BOTTOM / MM),
                "side_mm": round(SIDE / MM),
            },
        }
        reason = "not_asked"
        for attempt in range(self._settings.tries):
            if attempt:
                self._wait(self._settings.pause * attempt)
            try:
                status, content = self._post(wanted.request_id, body)
            except httpx2.TimeoutException:
                reason = "timed_out"
            except (httpx2.TransportError, httpx2.DecodingError) as error:
                reason = type(error).__name__
            else:
                if status == 200:
                    return content
                reason = f"http_{status}"
                if status not in AGAIN:
                    raise SealRefused(reason)
        raise SealUnavailable(reason)

    def _post(self, request_id: str, body: dict[str, Any]) -> tuple[int, bytes]:
        content = bytearray()
        with self._client.stream(
            "POST", self._settings.url, json=body, headers={"Idempotency-Key": request_id}
        ) as answer:
            for piece in answer.iter_bytes():
                content += piece
                if len(content) > LARGEST:
                    raise SealAnswerWrong("answer_too_large")
            return answer.status_code, bytes(content)

    def _checked(self, wanted: SealWanted, content: bytes) -> bytes:
        try:
            answer = Sealed.model_validate_json(content)
            sealed = base64.b64decode(answer.pdf, validate=True)
        except (ValidationError, ValueError):
            raise SealAnswerWrong("answer_malformed") from None
        if answer.request_id != wanted.request_id:
            raise SealAnswerWrong("answer_to_another_request")
        if not sealed.startswith(wanted.pdf) or len(sealed) <= len(wanted.pdf):
            raise SealAnswerWrong("another_paper")
        state = look_at(sealed, self._settings.certificates).state
        if state is not SealState.WHOLE:
            raise SealAnswerWrong(f"seal_{state.value}")
        return sealed
