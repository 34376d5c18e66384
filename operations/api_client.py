"""A small client of this system's own HTTP API, for the demo, drills on the server and the benchmark.

Synchronous, and safe to share between threads.  It asks again with the same `Idempotency-Key` where the API says that
this is safe (202, 503, a lost connection); every other "no" comes back as `ApiSaidNo`.  It knows no rule.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from types import TracebackType
from typing import Any, Self

import httpx2

from api.step_paths import step_url
from casework.errors import CaseworkError

Json = dict[str, Any]

PATIENCE = 60.0
"""Seconds a request is repeated before the caller is told that the system is away."""

SAFE_TO_REPEAT = frozenset({202, 503})
LARGEST_PAGE = 200


class ApiSaidNo(CaseworkError):
    """The API refused; `status` is the HTTP status, the rest is what it said."""

    def __init__(self, status: int, said: Mapping[str, Any]) -> None:
        super().__init__(
            str(said.get("code", "http_error")),
            str(said.get("message", f"接口答复 {status}。")),
            field=said.get("field"),
            clause=said.get("clause"),
            details=said.get("details"),
        )
        self.status = status


class ApiAway(CaseworkError):
    """The API did not give a final answer within the patience; the same key may be sent again."""

    def __init__(self, what: str) -> None:
        super().__init__("api_away", f"接口没有给出结果（{what}），请查看日志后用同一请求号再试。")


@dataclass(frozen=True, slots=True)
class LogIn:
    """An account and its password."""

    account: str
    password: str = field(repr=False)


class ApiServer:
    """The API at one address: one pool of connections, one session for each account that has logged in."""

    def __init__(self, url: str, *, patience: float = PATIENCE, connections: int = 64) -> None:
        limits = httpx2.Limits(max_connections=connections, max_keepalive_connections=connections)
        self._http = httpx2.Client(base_url=url, timeout=30.0, limits=limits, trust_env=False)
        self._patience = patience
        self._tokens: dict[str, str] = {}
        self._turn = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def give_up(self) -> None:
        """Repeat nothing any more: what is being asked now is asked for the last time."""
        self._patience = 0.0

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def staff(self, who: LogIn) -> "StaffClient":
        """Return the client of a member of staff, logged in on first use; raises `ApiSaidNo` for a wrong password."""
        return StaffClient(self, who)

    def public(self, path: str, **query: str) -> Json:
        """Read something that needs no log-in, such as the publicity board."""
        return self._answer("GET", f"/api/v1{path}", params=query)

    def token(self, who: LogIn, *, fresh: bool = False) -> str:
        """Return the token of an account, logging in when there is none yet or a fresh one is wanted."""
        with self._turn:
            if fresh or who.account not in self._tokens:
                body = {"account": who.account, "password": who.password}
                self._tokens[who.account] = str(self._answer("POST", "/api/v1/sessions", json=body)["token"])
            return self._tokens[who.account]

    def ask(self, who: LogIn, method: str, path: str, *, key: str | None = None, **request: Any) -> Json:
        """Send one request of an account and return the answer; an expired session is renewed once."""
        for fresh in (False, True):
            headers = {"Authorization": f"Bearer {self.token(who, fresh=fresh)}"}
            if key is not None:
                headers["Idempotency-Key"] = key
            try:
                return self._answer(method, path, headers=headers, **request)
            except ApiSaidNo as no:
                if no.status != 401 or fresh:
                    raise
        raise AssertionError("the second round always ends")

    def _answer(self, method: str, path: str, **request: Any) -> Json:
        began = time.monotonic()
        wait = 0.1
        while True:
            try:
                answer = self._http.request(method, path, **request)
                what = f"HTTP {answer.status_code}"
            except httpx2.TransportError as error:
                answer, what = None, type(error).__name__
            if answer is not None and answer.status_code not in SAFE_TO_REPEAT:
                return _content(answer)
            if time.monotonic() + wait > began + self._patience:
                raise ApiAway(what)
            time.sleep(wait)
            wait = min(2 * wait, 2.0)


class StaffClient:
    """What one member of staff does over HTTP.  Answers are the API's JSON; its shapes are in `api/answers.py`."""

    def __init__(self, server: ApiServer, who: LogIn) -> None:
        self._server = server
        self._who = who

    @property
    def account(self) -> str:
        return self._who.account

    def open_case(self, form: Json, key: str, clock_offset: int | None = None, path: str = "/api/v1/cases") -> Json:
        """Open a case and return its first receipt; `clock_offset` (seconds) in a drill only."""
        body = form if clock_offset is None else form | {"clock_offset": clock_offset}
        return self._server.ask(self._who, "POST", path, key=key, json=body)

    def take(self, case_id: str, trigger: str, body: Json | None, key: str) -> Json:
        """Take a step and return its receipt; raises `ApiSaidNo` with the rule's code, field and clause."""
        return self._server.ask(self._who, "POST", step_url(case_id, trigger), key=key, json=body or {})

    def absent(self, body: Json) -> Json:
        """Enter an absence of its own."""
        return self._server.ask(self._who, "POST", "/api/v1/absences", json=body)

    def case(self, case_id: str) -> Json:
        """Return one case."""
        return self._read(f"/cases/{case_id}")

    def cases(self, **narrowed: str | bool) -> list[Json]:
        """Return all cases in the caller's scope, page by page."""
        found: list[Json] = []
        after: str | None = None
        while True:
            page = self._read("/cases", limit=LARGEST_PAGE, **narrowed, **({"after": after} if after else {}))
            found += page["cases"]
            after = page["next_after"]
            if after is None:
                return found

    def timeline(self, case_id: str) -> list[Json]:
        """Return the events of a case in order, each with its why."""
        return list(self._read(f"/cases/{case_id}/timeline")["events"])

    def tasks_of(self, case_id: str, *, closed: bool = False) -> list[Json]:
        """Return the tasks of a case."""
        return list(self._read(f"/cases/{case_id}/tasks", closed=closed)["tasks"])

    def clocks(self, case_id: str) -> list[Json]:
        """Return the running clocks of a case."""
        return list(self._read(f"/cases/{case_id}/clocks")["clocks"])

    def messages(self, case_id: str) -> list[Json]:
        """Return how far each message of a case is."""
        return list(self._read(f"/cases/{case_id}/messages")["messages"])

    def my_tasks(self) -> list[Json]:
        """Return the caller's worklist."""
        return list(self._read("/tasks")["tasks"])

    def overdue(self) -> Json:
        """Return the overdue promises and tasks of the caller's area."""
        return self._read("/overdue")

    def _read(self, path: str, **query: Any) -> Json:
        return self._server.ask(self._who, "GET", f"/api/v1{path}", params=query)


def _content(answer: httpx2.Response) -> Json:
    try:
        content = answer.json() if answer.content else {}
    except ValueError:
        content = {}
    if answer.is_success and isinstance(content, dict):
        return content
    raise ApiSaidNo(answer.status_code, content.get("error", {}) if isinstance(content, dict) else {})
