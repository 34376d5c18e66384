"""A seal platform (统一电子印章平台) on 127.0.0.1 for the tests: it seals, or answers late, wrongly or not at all."""

import base64
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from documents.seal_port import SealService, SealWanted


class SealPlatform(ThreadingHTTPServer):
    """`modes` says how the next requests go, the last one stays; `made` counts the seals, one for each request id."""

    daemon_threads = True

    def __init__(self, seals: SealService, token: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seals, self.token = seals, token
        self.modes = ["ok"]
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.made: dict[str, bytes] = {}
        self._thread = threading.Thread(target=lambda: self.serve_forever(poll_interval=0.02), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/sign"

    def stop(self) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is part of the test."""

    def sealed(self, body: dict[str, Any]) -> bytes:
        """Seal once for each request id."""
        if body["request_id"] not in self.made:
            pdf = base64.b64decode(body["pdf"])
            wanted = SealWanted(body["request_id"], body["office"], body["office_name"], pdf)
            self.made[body["request_id"]] = self.seals.seal(wanted)
        return self.made[body["request_id"]]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: SealPlatform

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        here = self.server
        here.asked.append(body)
        here.keys.append(self.headers["idempotency-key"])
        mode = here.modes.pop(0) if len(here.modes) > 1 else here.modes[0]
        if here.token and self.headers.get("authorization") != f"Bearer {here.token}":
            self._answer(401, {})
        elif mode == "slow":
            here.sealed(body)
            time.sleep(3)
            self._answer(200, {})
        elif mode == "hang_up":
            here.sealed(body)
            self.close_connection = True
        elif mode.isdigit():
            self._answer(int(mode), {})
        elif mode == "nonsense":
            self._answer(200, {"pdf": "%%%"})
        else:
            self._answer(200, self._told(mode, body))

    def _told(self, mode: str, body: dict[str, Any]) -> dict[str, str]:
        sealed = self.server.sealed(body)
        if mode == "unsealed":
            sealed = base64.b64decode(body["pdf"]) + b"\n% nothing\n"
        if mode == "another":
            sealed = self.server.made["another"]
        request_id = "somebody-else" if mode == "misdirected" else body["request_id"]
        return {"request_id": request_id, "pdf": base64.b64encode(sealed).decode()}

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""
