"""Signing a request for Alibaba Cloud (阿里云), method ACS3-HMAC-SHA256, from its published description.

Pure: key, time and nonce come in, headers come out.  Sending them is `aliyun.py`.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote

ALGORITHM = "ACS3-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class AccessKey:
    """An AccessKey pair; the secret never shows in a repr."""

    id: str
    secret: str = field(repr=False)


def encoded(parameters: Mapping[str, str]) -> str:
    """Return parameters as sorted `name=value` pairs in RFC 3986 percent-encoding (`~` stays, a space is %20)."""
    return "&".join(f"{quote(name, safe='~')}={quote(parameters[name], safe='~')}" for name in sorted(parameters))


def signed_headers(
    key: AccessKey,
    *,
    host: str,
    action: str,
    version: str,
    query: str,
    body: bytes,
    nonce: str,
    at: datetime,
    content_type: str | None = None,
) -> dict[str, str]:
    """Return every header of a signed POST to `/`; `query` is already encoded, `at` is wall-clock time."""
    digest = hashlib.sha256(body).hexdigest()
    headers = {
        "host": host,
        "x-acs-action": action,
        "x-acs-content-sha256": digest,
        "x-acs-date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": nonce,
        "x-acs-version": version,
    }
    if content_type is not None:
        headers["content-type"] = content_type
    names = sorted(headers)
    canonical_headers = "".join(f"{name}:{headers[name].strip()}\n" for name in names)
    canonical = "\n".join(("POST", "/", query, canonical_headers, ";".join(names), digest))
    to_sign = f"{ALGORITHM}\n{hashlib.sha256(canonical.encode('utf-8')).hexdigest()}"
    signature = hmac.new(key.secret.encode("utf-8"), to_sign.encode("utf-8"), hashlib.sha256).hexdigest()
    authorization = f"{ALGORITHM} Credential={key.id},SignedHeaders={';'.join(names)},Signature={signature}"
    return {**headers, "authorization": authorization}
