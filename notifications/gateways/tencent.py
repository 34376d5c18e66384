"""The Tencent Cloud gateway (腾讯云短信): SendSms and PullSmsSendStatusByPhoneNumber of sms 2021-01-11 over HTTP.

The service has no idempotency of its own.  `SessionContext` carries our key; it comes back with a message's status only
where the office has had that switched on, and a status appears only once the carrier has reported one.  So a message
that is not found is never taken for one that was not sent (`certain_after`): in the end a person is asked.

Words travel by position, in the order in which the text of the notice says them; an office registers the text that
`rendering.numbered_template` gives.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

import httpx2

from notifications.gateways.exchange import FAILURES, after_failure, after_status, client, exchange
from notifications.gateways.failover import NEVER_SURE
from notifications.gateways.port import (
    Absent,
    Accepted,
    Found,
    LookupOutcome,
    OutgoingSms,
    SendOutcome,
    Unavailable,
)
from notifications.gateways.tencent_codes import meaning
from notifications.gateways.tencent_signature import CONTENT_TYPE, SecretKey, authorization

SERVICE, VERSION = "sms", "2021-01-11"
PAGE = 100
MAX_PAGES = 10
AROUND = timedelta(hours=1)
"""How long before the attempt the statuses asked for begin; clocks differ."""


@dataclass(frozen=True, slots=True)
class TencentSettings:
    """One application of one account.  `templates` gives the registered TemplateId of each notice."""

    key: SecretKey
    app_id: str
    templates: MappingProxyType[str, str]
    endpoint: str = "https://sms.tencentcloudapi.com"
    region: str = "ap-guangzhou"
    timeout: float = 8.0


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    fields: dict[str, object]

    @property
    def code(self) -> str:
        error = self.fields.get("Error")
        code = error.get("Code") if isinstance(error, dict) else None
        return code if isinstance(code, str) else ""

    def rows(self, name: str) -> list[dict[str, object]] | None:
        found = self.fields.get(name)
        return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else None


class TencentGateway:
    """Owns one HTTP client.  `clock` is the host's wall clock (the vendor checks it); `order_of` the words' order."""

    certain_after = NEVER_SURE

    def __init__(
        self,
        settings: TencentSettings,
        *,
        clock: Callable[[], datetime],
        order_of: Callable[[str], tuple[str, ...]],
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._order_of = order_of
        self._client = client(settings.timeout)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def send(self, message: OutgoingSms) -> SendOutcome:
        """Hand the message over once; whatever leaves doubt is `Unknown`."""
        template = self._settings.templates.get(message.notice)
        if template is None:
            return Unavailable("template_not_registered", timedelta(hours=1))
        words = dict(message.words)
        wanted: dict[str, object] = {
            "PhoneNumberSet": [f"+86{message.phone}"],
            "SmsSdkAppId": self._settings.app_id,
            "SignName": message.sign,
            "TemplateId": template,
            "TemplateParamSet": [words[name] for name in self._order_of(message.notice)],
            "SessionContext": message.key,
        }
        try:
            answer = self._ask("SendSms", wanted)
        except FAILURES as error:
            return after_failure(error)
        if answer.code:
            return meaning(answer.code)
        rows = answer.rows("SendStatusSet")
        if answer.status == 200 and rows and isinstance(code := rows[0].get("Code"), str):
            return Accepted(str(rows[0].get("SerialNo", ""))) if code == "Ok" else meaning(code)
        return after_status(answer.status)

    def lookup(self, message: OutgoingSms) -> LookupOutcome:
        """Look through the statuses of that phone since the attempt for our key."""
        since = int((message.at - AROUND).timestamp())
        for page in range(MAX_PAGES):
            wanted: dict[str, object] = {
                "BeginTime": since,
                "EndTime": max(int(self._clock().timestamp()), since + 1),
                "Offset": page * PAGE,
                "Limit": PAGE,
                "PhoneNumber": f"+86{message.phone}",
                "SmsSdkAppId": self._settings.app_id,
            }
            try:
                answer = self._ask("PullSmsSendStatusByPhoneNumber", wanted)
            except FAILURES as error:
                return Unavailable(type(error).__name__)
            rows = answer.rows("PullSmsSendStatusSet")
            if answer.code or answer.status != 200 or rows is None:
                return Unavailable(answer.code or f"http_{answer.status}")
            for row in rows:
                if row.get("SessionContext") == message.key:
                    return _found(row)
            if len(rows) < PAGE:
                return Absent()
        return Unavailable("too_many_messages_since")

    def _ask(self, action: str, wanted: dict[str, object]) -> _Answer:
        """Sign and post one call."""
        body = json.dumps(wanted, ensure_ascii=False).encode("utf-8")
        url = httpx2.URL(self._settings.endpoint).copy_with(path="/")
        at = self._clock()
        signed = {"content-type": CONTENT_TYPE, "host": url.netloc.decode(), "x-tc-action": action}
        headers = {
            **signed,
            "x-tc-timestamp": str(int(at.timestamp())),
            "x-tc-version": VERSION,
            "x-tc-region": self._settings.region,
            "authorization": authorization(self._settings.key, service=SERVICE, headers=signed, body=body, at=at),
        }
        status, fields = exchange(self._client, url, headers, body)
        inner = fields.get("Response")
        return _Answer(status, inner if isinstance(inner, dict) else {})


def _found(row: dict[str, object]) -> Found:
    status = row.get("ReportStatus")
    delivered = True if status == "SUCCESS" else False if status == "FAIL" else None
    return Found(str(row.get("SerialNo", "")), delivered, str(row.get("Description", "")))
