"""The Alibaba Cloud gateway (阿里云短信): SendSms and QuerySendDetails of dysmsapi 2017-05-25 over HTTP.

The service has no idempotency of its own.  `OutId` carries our key and is only echoed, so after an answer that never
came the message is looked up by phone, day and `OutId` before it is tried again.

Parameters travel in the query string, as the vendor's own client sends them, over TLS; `parameters_in="body"` keeps
them out of URLs for an endpoint that reads the body (decision 0008).  URLs are therefore never logged here.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal

import httpx2

from casework.times import local_date
from notifications.gateways.aliyun_codes import meaning
from notifications.gateways.aliyun_signature import AccessKey, encoded, signed_headers
from notifications.gateways.exchange import FAILURES, after_failure, after_status, client, exchange
from notifications.gateways.port import (
    Absent,
    Accepted,
    Found,
    LookupOutcome,
    OutgoingSms,
    SendOutcome,
    Unavailable,
)

VERSION = "2017-05-25"
FORM = "application/x-www-form-urlencoded"
PAGE = 50
MAX_PAGES = 20
_FAILED, _DELIVERED = 2, 3


@dataclass(frozen=True, slots=True)
class AliyunSettings:
    """One account.  `templates` gives the registered TemplateCode of each notice; `timeout` is in seconds."""

    key: AccessKey
    templates: MappingProxyType[str, str]
    endpoint: str = "https://dysmsapi.aliyuncs.com"
    parameters_in: Literal["body", "query"] = "query"
    timeout: float = 8.0


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    fields: dict[str, object]

    @property
    def code(self) -> str:
        code = self.fields.get("Code")
        return code if isinstance(code, str) else ""


class AliyunGateway:
    """Owns one HTTP client.  `clock` is the host's wall clock (the vendor checks it), `nonce` a fresh random text."""

    certain_after = timedelta(minutes=10)

    def __init__(self, settings: AliyunSettings, *, clock: Callable[[], datetime], nonce: Callable[[], str]) -> None:
        self._settings = settings
        self._clock = clock
        self._nonce = nonce
        self._client = client(settings.timeout)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def send(self, message: OutgoingSms) -> SendOutcome:
        """Hand the message over once; whatever leaves doubt is `Unknown`."""
        template = self._settings.templates.get(message.notice)
        if template is None:
            return Unavailable("template_not_registered", timedelta(hours=1))
        try:
            answer = self._ask(
                "SendSms",
                {
                    "OutId": message.key,
                    "PhoneNumbers": message.phone,
                    "SignName": message.sign,
                    "TemplateCode": template,
                    "TemplateParam": json.dumps(dict(message.words), ensure_ascii=False),
                },
            )
        except FAILURES as error:
            return after_failure(error)
        if answer.status == 200 and answer.code == "OK":
            return Accepted(str(answer.fields.get("BizId", "")))
        if answer.code and answer.code != "OK":
            return meaning(answer.code)
        return after_status(answer.status)

    def lookup(self, message: OutgoingSms) -> LookupOutcome:
        """Look through the messages of that phone and day for our key."""
        for page in range(1, MAX_PAGES + 1):
            try:
                answer = self._ask(
                    "QuerySendDetails",
                    {
                        "CurrentPage": str(page),
                        "PageSize": str(PAGE),
                        "PhoneNumber": message.phone,
                        "SendDate": f"{local_date(message.at):%Y%m%d}",
                    },
                )
            except FAILURES as error:
                return Unavailable(type(error).__name__)
            rows = _details(answer)
            if rows is None:
                return Unavailable(answer.code or f"http_{answer.status}")
            for row in rows:
                if row.get("OutId") == message.key:
                    return _found(row)
            if len(rows) < PAGE:
                return Absent()
        return Unavailable("too_many_messages_that_day")

    def _ask(self, action: str, parameters: dict[str, str]) -> _Answer:
        """Sign and post one call."""
        in_body = self._settings.parameters_in == "body"
        query, body = ("", encoded(parameters).encode()) if in_body else (encoded(parameters), b"")
        url = httpx2.URL(self._settings.endpoint).copy_with(path="/", query=query.encode() or None)
        headers = signed_headers(
            self._settings.key,
            host=url.netloc.decode(),
            action=action,
            version=VERSION,
            query=query,
            body=body,
            nonce=self._nonce(),
            at=self._clock(),
            content_type=FORM if in_body else None,
        )
        return _Answer(*exchange(self._client, url, {**headers, "accept": "application/json"}, body))


def _details(answer: _Answer) -> list[dict[str, object]] | None:
    """Return the rows of a QuerySendDetails answer, or None when it is no such answer."""
    if answer.status != 200 or answer.code != "OK":
        return None
    outer = answer.fields.get("SmsSendDetailDTOs")
    rows = outer.get("SmsSendDetailDTO", []) if isinstance(outer, dict) else []
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else None


def _found(row: dict[str, object]) -> Found:
    status = row.get("SendStatus")
    delivered = True if status == _DELIVERED else False if status == _FAILED else None
    return Found(gateway_id="", delivered=delivered, code=str(row.get("ErrCode", "")))
