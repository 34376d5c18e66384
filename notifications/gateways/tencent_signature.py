"""Signing a request for Tencent Cloud (腾讯云), method TC3-HMAC-SHA256, from its published description.

Pure: key and time come in, headers come out.  Sending them is `tencent.py`.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import UTC, datetime

ALGORITHM = "TC3-HMAC-SHA256"
CONTENT_TYPE = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class SecretKey:
    """A SecretId and its SecretKey; the latter never shows in a repr."""

    id: str
    secret: str = field(repr=False)


def authorization(key: SecretKey, *, service: str, headers: dict[str, str], body: bytes, at: datetime) -> str:
    """Return the Authorization header of a POST to `/`; `headers` are those signed, `at` is wall-clock time.

    The vendor takes names and values in lower case.
    """
    lowered = {name.lower(): value.strip().lower() for name, value in headers.items()}
    names = ";".join(sorted(lowered))
    lines = "".join(f"{name}:{lowered[name]}\n" for name in sorted(lowered))
    canonical = "\n".join(("POST", "/", "", lines, names, hashlib.sha256(body).hexdigest()))
    day = at.astimezone(UTC).strftime("%Y-%m-%d")
    scope = f"{day}/{service}/tc3_request"
    hashed = hashlib.sha256(canonical.encode("utf-8")).hexdigest()
    to_sign = "\n".join((ALGORITHM, str(int(at.timestamp())), scope, hashed))
    dated = _keyed(f"TC3{key.secret}".encode(), day)
    signing = _keyed(_keyed(dated, service), "tc3_request")
    signature = hmac.new(signing, to_sign.encode("utf-8"), hashlib.sha256).hexdigest()
    return f"{ALGORITHM} Credential={key.id}/{scope}, SignedHeaders={names}, Signature={signature}"


def _keyed(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode("utf-8"), hashlib.sha256).digest()
