"""The client of the API against a small real server that answers as it is told."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from operations.api_client import ApiAway, ApiSaidNo, ApiServer, LogIn

WHO = LogIn("cw-1", "secret")


class Desk(ThreadingHTTPServer):
    """Answers steps from a list and remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.steps: list[tuple[int, dict[str, object]]] = []
        self.asked: list[tuple[str, str | None, str | None]] = []
        self.log_ins = 0


class _Answer(BaseHTTPRequestHandler):
    server: Desk

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/api/v1/sessions":
            self.server.log_ins += 1
            self._say(201, {"token": f"token-{self.server.log_ins}"})
            return
        self.server.asked.append((self.path, self.headers["Idempotency-Key"], self.headers["Authorization"]))
        self._say(*self.server.steps.pop(0))

    def _say(self, status: int, content: dict[str, object]) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Stay silent."""


@pytest.fixture
def desk() -> Iterator[Desk]:
    server = Desk()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def _api(desk: Desk, patience: float = 10.0) -> ApiServer:
    return ApiServer(f"http://127.0.0.1:{desk.server_port}", patience=patience)


def test_what_is_safe_to_repeat_is_repeated_with_the_same_key(desk: Desk) -> None:
    away = {"error": {"code": "engine_unavailable", "message": "办理引擎暂时不可用"}}
    desk.steps = [(503, away), (202, away), (201, {"seq": 4})]

    with _api(desk) as api:
        answer = api.staff(WHO).take("220302004-2026-00001", "report_up", None, "key-00001")

    assert answer == {"seq": 4}
    assert {asked[:2] for asked in desk.asked} == {
        ("/api/v1/cases/220302004-2026-00001/publicity/report-ups", "key-00001")
    }
    assert len(desk.asked) == 3


def test_patience_ends(desk: Desk) -> None:
    desk.steps = [(503, {})] * 20

    with _api(desk, patience=0.5) as api, pytest.raises(ApiAway) as away:
        api.staff(WHO).take("c-1", "report_up", None, "key-00001")

    assert away.value.code == "api_away"


def test_a_no_comes_back_with_what_was_said_and_is_not_repeated(desk: Desk) -> None:
    no = {"code": "publicity_not_over", "message": "公示期未满。", "field": "publicity", "clause": "第二条"}
    desk.steps = [(422, {"error": no | {"details": {}}})]

    with _api(desk) as api, pytest.raises(ApiSaidNo) as said:
        api.staff(WHO).take("c-1", "report_up", None, "key-00001")

    assert (said.value.status, said.value.code, said.value.field) == (422, "publicity_not_over", "publicity")
    assert said.value.message == "公示期未满。"
    assert len(desk.asked) == 1


def test_an_account_logs_in_once_and_again_when_its_session_has_ended(desk: Desk) -> None:
    desk.steps = [(201, {}), (401, {"error": {"code": "not_logged_in", "message": "请先登录。"}}), (201, {"seq": 9})]

    with _api(desk) as api:
        staff = api.staff(WHO)
        staff.take("c-1", "report_up", None, "key-00001")
        answer = staff.take("c-1", "report_up", None, "key-00002")

    assert answer == {"seq": 9}
    assert desk.log_ins == 2
    assert [token for _, _, token in desk.asked] == ["Bearer token-1", "Bearer token-1", "Bearer token-2"]


def test_a_page_that_is_not_ours_is_an_error_and_not_an_answer(desk: Desk) -> None:
    desk.steps = [(500, {"unexpected": "shape"})]

    with _api(desk) as api, pytest.raises(ApiSaidNo) as said:
        api.staff(WHO).open_case({}, "key-00001", clock_offset=-5)

    assert said.value.code == "http_error"
