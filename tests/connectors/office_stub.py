"""Another office's register on 127.0.0.1 for the tests: it answers by reference, late, wrongly, or not at all."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class OtherOffice(ThreadingHTTPServer):
    """`on_record` are the ID numbers with a record; `modes` says how the next requests go, the last one stays."""

    daemon_threads = True

    def __init__(self, token: str = "", *, on_record: tuple[str, ...] = ()) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.token = token
        self.on_record = on_record
        self.modes = ["ok"]
        self.valid_until = "2026-10-20"
        self.asked: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self._thread = threading.Thread(target=lambda: self.serve_forever(poll_interval=0.02), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/compare"

    def stop(self) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is part of the test."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: OtherOffice

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.asked.append(body)
        self.server.paths.append(self.path)
        mode = self.server.modes.pop(0) if len(self.server.modes) > 1 else self.server.modes[0]
        if self.server.token and self.headers.get("authorization") != f"Bearer {self.server.token}":
            self._answer(401, {})
        elif mode == "slow":
            time.sleep(2)
            self._answer(200, {"answers": []})
        elif mode == "hang_up":
            self.close_connection = True
        elif mode.isdigit():
            self._answer(int(mode), {})
        elif mode == "nonsense":
            self._answer(200, {"answer": "yes"})
        else:
            people = body["people"][1:] if mode == "fewer" else body["people"]
            self._answer(200, {"answers": [self._told(p) for p in people]})

    def _told(self, person: dict[str, str]) -> dict[str, Any]:
        if person["id_number"] not in self.server.on_record:
            return {"ref": person["ref"], "result": "clear", "valid_until": self.server.valid_until}
        found = {"detail": {"name": "小店", "status": "存续"}, "reference": "GS-0007"}
        return {"ref": person["ref"], "result": "hit", "valid_until": self.server.valid_until, **found}

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""
