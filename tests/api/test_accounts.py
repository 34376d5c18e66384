"""Logging in and out, throttles, new accounts, and the first administrator of a real installation."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest

from desk.first_administrator import make_first_code
from operations.demo_accounts import seed
from records.engine import Record
from records.migrations import upgrade
from tests.engine_stack import KEYS
from tests.fresh_names import fresh
from tests.installation import CASES, CLERK, Installation, application, configured, serving

pytestmark = pytest.mark.engine

SESSIONS = "/api/v1/sessions"


@pytest.fixture
async def anybody(api: Installation) -> AsyncIterator[httpx2.AsyncClient]:
    async with api.visitor() as client:
        yield client


async def log_in(client: httpx2.AsyncClient, account: str, password: str) -> dict[str, str]:
    answer = await client.post(SESSIONS, json={"account": account, "password": password})
    assert answer.status_code == 201, answer.text
    return {"Authorization": f"Bearer {answer.json()['token']}"}


async def test_a_session_ends_with_logging_out(api: Installation, anybody: httpx2.AsyncClient) -> None:
    head = await log_in(anybody, CLERK, api.staff.password)
    me = (await anybody.get("/api/v1/me", headers=head)).json()
    assert (me["account"], me["role_words"], me["area"]) == (CLERK, "经办人", "220302004")
    assert (await anybody.delete(f"{SESSIONS}/current", headers=head)).status_code == 204
    assert (await anybody.get("/api/v1/me", headers=head)).status_code == 401


async def test_an_unknown_account_and_a_wrong_password_look_alike(anybody: httpx2.AsyncClient) -> None:
    answers = [
        await anybody.post(SESSIONS, json={"account": account, "password": "not-this-one"})
        for account in ("hp-220102003-1", "nobody-at-all")
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert answers[0].text == answers[1].text
    assert "not-this-one" not in answers[0].text


async def test_a_new_account_must_change_its_password_first(api: Installation, anybody: httpx2.AsyncClient) -> None:
    name = f"new-{fresh()}"
    body = {"account": name, "password": "first-secret", "role": "caseworker", "area": "220302004", "name": "李四"}
    assert (await api.post("admin", "/api/v1/accounts", body)).status_code == 201
    assert (await api.post("admin", "/api/v1/accounts", body)).json()["error"]["code"] == "account_exists"
    assert (await api.post(CLERK, "/api/v1/accounts", body)).status_code == 403
    outside = await api.post("admin", "/api/v1/accounts", {**body, "account": name + "x", "area": "210102001"})
    assert outside.json()["error"]["code"] == "area_not_yours"
    head = await log_in(anybody, name, "first-secret")
    refused = await anybody.get("/api/v1/cases", headers=head)
    assert refused.status_code == 403
    assert refused.json()["error"]["code"] == "password_change_required"
    change = {"old_password": "first-secret", "new_password": "second-secret"}
    assert (await anybody.put("/api/v1/me/password", json=change, headers=head)).status_code == 204
    assert (await anybody.get("/api/v1/me", headers=head)).status_code == 401, "all sessions have ended"
    head = await log_in(anybody, name, "second-secret")
    assert (await anybody.get("/api/v1/cases", headers=head)).status_code == 200
    assert name in str(await api.get("admin", "/api/v1/accounts?role=caseworker"))
    assert (await api.ask("admin", "DELETE", f"/api/v1/accounts/{name}")).status_code == 204
    assert (await anybody.get("/api/v1/me", headers=head)).status_code == 401
    assert (await api.ask("admin", "DELETE", "/api/v1/accounts/nobody")).status_code == 404
    assert (await api.ask("admin", "DELETE", "/api/v1/accounts/admin")).status_code == 422


async def test_an_administrator_lifts_a_lock_and_gives_a_new_password(
    api: Installation, anybody: httpx2.AsyncClient
) -> None:
    name = f"new-{fresh()}"
    body = {"account": name, "password": "first-secret", "role": "caseworker", "area": "220302004", "name": "李四"}
    assert (await api.post("admin", "/api/v1/accounts", body)).status_code == 201
    path = f"/api/v1/accounts/{name}"

    async def locked() -> bool:
        right = {"account": name, "password": "first-secret"}
        return (await anybody.post(SESSIONS, json=right)).status_code == 429

    for _ in range(5):
        await anybody.post(SESSIONS, json={"account": name, "password": "wrong"})
    assert await locked()
    assert (await api.ask(CLERK, "DELETE", f"{path}/lock")).status_code == 403
    assert (await api.ask("admin", "DELETE", f"{path}/lock")).status_code == 204
    head = await log_in(anybody, name, "first-secret")
    assert (await api.ask("admin", "PUT", f"{path}/password", json={"password": "short"})).status_code == 422
    assert (await api.ask("admin", "PUT", f"{path}/password", json={"password": "second-secret"})).status_code == 204
    assert (await anybody.get("/api/v1/me", headers=head)).status_code == 401, "all sessions have ended"
    head = await log_in(anybody, name, "second-secret")
    assert (await anybody.get("/api/v1/me", headers=head)).json()["must_change"] is True
    nobody = "/api/v1/accounts/nobody"
    assert (await api.ask("admin", "PUT", f"{nobody}/password", json={"password": "x" * 8})).status_code == 404
    assert (await api.ask("admin", "DELETE", f"{nobody}/lock")).status_code == 404
    own = await api.ask("admin", "PUT", "/api/v1/accounts/admin/password", json={"password": "third-secret"})
    assert own.json()["error"]["code"] == "own_account"


async def test_a_task_claimed_by_somebody_who_left_is_free_again(
    api: Installation, anybody: httpx2.AsyncClient
) -> None:
    name = f"new-{fresh()}"
    body = {"account": name, "password": "first-secret", "role": "caseworker", "area": "220302004", "name": "李四"}
    await api.post("admin", "/api/v1/accounts", body)
    head = await log_in(anybody, name, "first-secret")
    change = {"old_password": "first-secret", "new_password": "second-secret"}
    await anybody.put("/api/v1/me/password", json=change, headers=head)
    head = await log_in(anybody, name, "second-secret")
    case_id = await api.open()
    (task,) = (await api.get(CLERK, f"{CASES}/{case_id}/tasks"))["tasks"]
    claim = f"{CASES}/{case_id}/tasks/{task['task_id']}/claim"
    assert (await anybody.post(claim, headers=head)).status_code == 200
    assert (await api.post(CLERK, claim)).status_code == 409
    assert (await api.ask("admin", "DELETE", f"/api/v1/accounts/{name}")).status_code == 204
    assert (await api.post(CLERK, claim)).status_code == 200


async def test_a_real_installation_begins_with_its_first_administrator(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'record.db'}"
    record = Record(url, KEYS)
    upgrade(record.engine)
    record.close()
    config = configured("127.0.0.1:1", url, tmp_path, drill=False)
    code = make_first_code(config.first_code_file)
    assert config.first_code_file.stat().st_mode & 0o077 == 0
    assert code not in config.first_code_file.read_text()
    body = {"code": code, "account": "chief", "password": "a-long-secret", "name": "管理员", "area": "220000"}
    async with (
        serving(config) as base,
        httpx2.AsyncClient(base_url=base, timeout=30, trust_env=False) as client,
    ):
        early = await client.post(SESSIONS, json={"account": "x", "password": "y"})
        assert early.status_code == 503
        assert early.json()["error"]["code"] == "first_administrator_required"
        assert (await client.get("/api/v1/board")).status_code == 200
        path = "/api/v1/first-administrator"
        wrong = await client.post(path, json={**body, "code": "0000-0000"})
        assert wrong.json()["error"]["code"] == "code_wrong"
        assert (await client.post(path, json={**body, "password": "short"})).status_code == 422
        assert (await client.post(path, json=body)).status_code == 201
        again = await client.post(path, json={**body, "account": "second"})
        assert again.json()["error"]["code"] == "already_set_up"
        head = await log_in(client, "chief", "a-long-secret")
        assert (await client.get("/api/v1/accounts", headers=head)).status_code == 200
        stale = await client.get("/api/v1/board?as_of=2026-01-01")
        assert stale.json()["error"]["code"] == "drill_only"


async def test_a_drills_clock_is_refused_in_a_real_installation(api: Installation) -> None:
    token = (await api.of(CLERK)).headers["Authorization"]
    config = configured("127.0.0.1:1", f"sqlite:///{api.home / 'record.db'}", api.home, drill=False)
    async with (
        serving(config) as base,
        httpx2.AsyncClient(base_url=base, timeout=30, trust_env=False, headers={"Authorization": token}) as client,
    ):
        for more in ({"clock_offset": 0}, {"pack": "national-2007"}):
            answer = await client.post(CASES, json=application(**more), headers={"Idempotency-Key": uuid4().hex})
            assert answer.status_code == 403
            assert answer.json()["error"]["code"] == "drill_only"
        early = await client.get("/api/v1/notices?as_of=2099-01-01")  # a colleague's absence to come opens nothing
        assert (early.status_code, early.json()["error"]["code"]) == (403, "drill_only")
        assert (await client.get("/api/v1/notices")).status_code == 200


async def test_many_failures_lock_the_account_and_then_the_address(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'record.db'}"
    record = Record(url, KEYS)
    upgrade(record.engine)
    staff = seed(record, datetime.now(UTC), tmp_path)
    record.close()
    async with (
        serving(configured("127.0.0.1:1", url, tmp_path)) as base,
        httpx2.AsyncClient(base_url=base, timeout=30, trust_env=False) as client,
    ):
        for _ in range(5):
            body = {"account": CLERK, "password": "wrong-password"}
            assert (await client.post(SESSIONS, json=body)).status_code == 401
        locked = await client.post(SESSIONS, json={"account": CLERK, "password": staff.password})
        assert locked.status_code == 429
        assert locked.json()["error"]["code"] == "login_locked"
        codes = set()
        for number in range(16):
            answer = await client.post(SESSIONS, json={"account": f"guess-{number}", "password": "wrong-password"})
            codes.add(answer.json()["error"]["code"])
        assert codes == {"login_failed", "too_many_tries"}
        assert answer.headers["Retry-After"]
