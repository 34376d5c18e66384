"""A small Alibaba Cloud on 127.0.0.1 for the tests: it checks signatures from what arrived on the wire, by itself.

With `chance` each request draws its own mode, among them an answer that comes twice, never, or of which the lookup
hears only later.

The check is written from the published algorithm and shares nothing with the gateway's signer: it takes the raw request
line, headers and body, and looks only at the headers that the client says it signed.
"""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

KEY_ID, KEY_SECRET = "test-key-id", "test-key-secret"
MUST_SIGN = {"host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version"}


class Carrier(ThreadingHTTPServer):
    """`mode` says how SendSms behaves; `accepted` is what reached the phones; `raw` is every request line seen."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.mode = "ok"
        self.lookup_mode = "ok"
        self.chance: Callable[[], str] | None = None
        self.accepted: list[dict[str, str]] = []
        self.raw: list[str] = []
        self.nonces: set[str] = set()
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
    server: Carrier
    SEND_STATUS: ClassVar[dict[str, int]] = {"500": 500, "502": 502, "503": 503}

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        self.server.raw.append(self.requestline)
        target = urlsplit(self.path)
        wrong = self._signature_is_wrong(target.path, target.query, body)
        if wrong:
            self._answer(400, {"Code": wrong, "Message": "rejected"})
            return
        parameters = dict(parse_qsl(target.query) + parse_qsl(body.decode()))
        if self.headers["x-acs-action"] == "SendSms":
            self._send(parameters)
        else:
            self._details(parameters)

    def _send(self, parameters: dict[str, str]) -> None:
        mode = self.server.chance() if self.server.chance else self.server.mode
        if mode in self.SEND_STATUS:
            self._plain(self.SEND_STATUS[mode])
        elif mode.startswith(("isv.", "isp.", "Throttling", "Missing")):
            self._answer(200 if mode.startswith("is") else 400, {"Code": mode, "Message": "no"})
        elif mode == "nonsense":
            self._plain(200)
        elif mode == "endless":
            self._plain(200, b"x" * 400_000)
        else:
            self.server.accepted.append(parameters)
            if mode == "timeout_after_accept":
                time.sleep(2)
            elif mode in ("drop_after_accept", "shown_late"):
                parameters["_hidden"] = "1" if mode == "shown_late" else ""
                self.close_connection = True
                return
            answer = {"Code": "OK", "Message": "OK", "BizId": f"biz-{len(self.server.accepted)}"}
            self._answer(200, answer)
            if mode in ("answers_twice", "answers_twice_late"):
                time.sleep(0.1 if mode.endswith("late") else 0)
                self._answer(200, answer)

    def _details(self, parameters: dict[str, str]) -> None:
        if self.server.lookup_mode != "ok":
            self._plain(500)
            return
        mine = [m for m in self.server.accepted if m["PhoneNumbers"] == parameters["PhoneNumber"]]
        hidden = [m for m in mine if m.get("_hidden")]
        mine = [m for m in mine if not m.get("_hidden")]
        for message in hidden:
            message["_hidden"] = ""
        start = (int(parameters["CurrentPage"]) - 1) * int(parameters["PageSize"])
        rows = [
            {"OutId": m["OutId"], "SendStatus": int(m.get("_status", "1")), "ErrCode": m.get("_code", "")}
            for m in mine
            if m.get("_date", parameters["SendDate"]) == parameters["SendDate"]
        ][start : start + int(parameters["PageSize"])]
        self._answer(200, {"Code": "OK", "TotalCount": len(mine), "SmsSendDetailDTOs": {"SmsSendDetailDTO": rows}})

    def _signature_is_wrong(self, path: str, query: str, body: bytes) -> str:
        algorithm, _, rest = self.headers["Authorization"].partition(" ")
        given = dict(part.split("=", 1) for part in rest.split(","))
        names = given["SignedHeaders"].split(";")
        if algorithm != "ACS3-HMAC-SHA256" or given["Credential"] != KEY_ID:
            return "InvalidAccessKeyId.NotFound"
        if not set(names) >= MUST_SIGN or names != sorted(names):
            return "IncompleteSignature"
        nonce = self.headers["x-acs-signature-nonce"]
        if nonce in self.server.nonces:
            return "SignatureNonceUsed"
        self.server.nonces.add(nonce)
        content = hashlib.sha256(body).hexdigest()
        if self.headers["x-acs-content-sha256"] != content:
            return "BodyDoesNotMatch"
        lines = [self.command, path, query]
        lines += [f"{name}:{self.headers[name].strip()}" for name in names]
        lines += ["", given["SignedHeaders"], content]
        hashed = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        expected = hmac.new(KEY_SECRET.encode(), f"ACS3-HMAC-SHA256\n{hashed}".encode(), "sha256").hexdigest()
        return "" if hmac.compare_digest(expected, given["Signature"]) else "SignatureDoesNotMatch"

    def _answer(self, status: int, answer: dict[str, Any]) -> None:
        self._plain(status, json.dumps(answer).encode())

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
