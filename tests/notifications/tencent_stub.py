"""A small Tencent Cloud on 127.0.0.1 for the tests: it checks signatures from what arrived on the wire, by itself.

The check is written from the published algorithm and shares nothing with the gateway's signer.
"""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY_ID, KEY_SECRET, APP_ID = "test-secret-id", "test-secret-key", "1400006666"


class TencentCarrier(ThreadingHTTPServer):
    """`mode` says how SendSms behaves; `accepted` is what reached the phones; `contexts` whether statuses tell ours."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.mode = "ok"
        self.lookup_mode = "ok"
        self.contexts = True
        self.chance: Callable[[], str] | None = None
        self.accepted: list[dict[str, Any]] = []
        self.raw: list[str] = []
        self.wait = 0.0
        self._thread = threading.Thread(target=lambda: self.serve_forever(poll_interval=0.02), daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def stop(self) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: TencentCarrier

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        self.server.raw.append(self.requestline)
        wrong = self._signature_is_wrong(body)
        if wrong:
            self._error(wrong)
        elif self.headers["X-TC-Action"] == "SendSms":
            self._send(json.loads(body))
        else:
            self._statuses(json.loads(body))

    def _send(self, asked: dict[str, Any]) -> None:
        mode = self.server.chance() if self.server.chance else self.server.mode
        time.sleep(self.server.wait)
        if mode in ("500", "503"):
            self._plain(int(mode))
        elif mode.startswith("row:"):
            self._answer({"SendStatusSet": [{"SerialNo": "", "Code": mode[4:], "Message": "no"}]})
        elif "." in mode or mode == "RequestLimitExceeded":
            self._error(mode)
        elif mode == "nonsense":
            self._plain(200)
        else:
            self.server.accepted.append(asked)
            if mode == "timeout_after_accept":
                time.sleep(2)
            elif mode == "drop_after_accept":
                self.close_connection = True
                return
            serial = f"2019:{len(self.server.accepted)}"
            row = {"SerialNo": serial, "PhoneNumber": asked["PhoneNumberSet"][0], "Fee": 1, "Code": "Ok"}
            self._answer({"SendStatusSet": [row | {"SessionContext": asked["SessionContext"], "Message": "ok"}]})

    def _statuses(self, asked: dict[str, Any]) -> None:
        if self.server.lookup_mode != "ok":
            self._plain(500)
            return
        rows = [
            {
                "SerialNo": f"2019:{number}",
                "PhoneNumber": sent["PhoneNumberSet"][0],
                "ReportStatus": sent.get("_status", "SUCCESS"),
                "Description": "DELIVRD",
                "SessionContext": sent["SessionContext"] if self.server.contexts else "",
            }
            for number, sent in enumerate(self.server.accepted, 1)
            if sent["PhoneNumberSet"] == [asked["PhoneNumber"]] and asked["BeginTime"] < asked["EndTime"]
        ]
        self._answer({"PullSmsSendStatusSet": rows[asked["Offset"] : asked["Offset"] + asked["Limit"]]})

    def _signature_is_wrong(self, body: bytes) -> str:
        algorithm, _, rest = self.headers["Authorization"].partition(" ")
        given = dict(part.split("=", 1) for part in rest.split(", "))
        who, day, service, closing = given["Credential"].split("/")
        stamp = self.headers["X-TC-Timestamp"]
        if (algorithm, who, service, closing) != ("TC3-HMAC-SHA256", KEY_ID, "sms", "tc3_request"):
            return "AuthFailure.SecretIdNotFound"
        if datetime.fromtimestamp(int(stamp), UTC).strftime("%Y-%m-%d") != day:
            return "AuthFailure.SignatureExpire"
        if self.headers["X-TC-Version"] != "2021-01-11" or not self.headers["X-TC-Region"]:
            return "InvalidParameter"
        names = given["SignedHeaders"].split(";")
        if not {"content-type", "host"} <= set(names):
            return "AuthFailure.SignatureFailure"
        lines = ["POST", "/", ""] + [f"{name}:{self.headers[name].strip().lower()}" for name in names]
        lines += ["", given["SignedHeaders"], hashlib.sha256(body).hexdigest()]
        hashed = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        key = f"TC3{KEY_SECRET}".encode()
        for part in (day, "sms", "tc3_request"):
            key = hmac.new(key, part.encode(), "sha256").digest()
        told = f"TC3-HMAC-SHA256\n{stamp}\n{day}/sms/tc3_request\n{hashed}"
        expected = hmac.new(key, told.encode(), "sha256").hexdigest()
        return "" if hmac.compare_digest(expected, given["Signature"]) else "AuthFailure.SignatureFailure"

    def _error(self, code: str) -> None:
        self._answer({"Error": {"Code": code, "Message": "no"}})

    def _answer(self, fields: dict[str, Any]) -> None:
        self._plain(200, json.dumps({"Response": fields | {"RequestId": "r"}}).encode())

    def _plain(self, status: int, body: bytes = b"<html>oops</html>") -> None:
        try:
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Stay silent."""
