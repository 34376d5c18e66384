"""What nobody expected: an incident number for the caller, a line without values for the operator."""

import logging
from datetime import date, timedelta
from pathlib import Path

import httpx2
import pytest

from records.engine import Record
from tests.engine_stack import KEYS
from tests.installation import CASES, CLERK, Installation, configured, serving
from workflows import household_case

pytestmark = pytest.mark.engine


async def test_an_unexpected_error_tells_nothing_of_the_inside(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    Record(url, KEYS).close()
    caplog.set_level(logging.ERROR, "wanjia.api")
    async with (
        serving(configured("127.0.0.1:1", url, tmp_path)) as base,
        httpx2.AsyncClient(base_url=base, timeout=30, trust_env=False) as client,
    ):
        answer = await client.get("/api/v1/board")
        assert answer.status_code == 500
        error = answer.json()["error"]
        assert error["code"] == "unexpected"
        incident = error["details"]["incident"]
        assert incident in error["message"]
        assert "sqlite" not in answer.text.lower()
        assert "board" not in answer.text
        token = {"Authorization": "Bearer secret-of-somebody"}
        assert (await client.get("/api/v1/cases", headers=token)).status_code == 500
    lines = [record.getMessage() for record in caplog.records if record.name == "wanjia.api"]
    assert any(incident in line and "OperationalError" in line for line in lines)
    assert "secret-of-somebody" not in str(lines)


async def test_a_slash_too_many_is_404_and_no_redirect(tmp_path: Path) -> None:
    async with (
        serving(configured("127.0.0.1:1", f"sqlite:///{tmp_path / 'empty.db'}", tmp_path)) as base,
        httpx2.AsyncClient(base_url=base, timeout=30, trust_env=False) as client,
    ):
        answer = await client.get("/api/v1/cases/", headers={"Host": "elsewhere.example"})
        assert answer.status_code == 404
        assert "location" not in answer.headers


async def test_a_rule_that_breaks_is_an_incident_and_the_case_goes_on(
    api: Installation, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The planted defect: a rule that counts beyond the last day there is, as no date that is let in makes it do."""
    case_id = await api.open()
    caplog.set_level(logging.ERROR, "wanjia.api")

    def broken(*_: object) -> None:
        date.max + timedelta(days=1)

    with monkeypatch.context() as planted:
        planted.setattr(household_case, "decide", broken)
        answer = await api.post(CLERK, f"{CASES}/{case_id}/acceptances", key="breaks-once")
    assert answer.status_code == 500
    error = answer.json()["error"]
    assert error["code"] == "unexpected"
    assert "date value" not in answer.text
    lines = [record.getMessage() for record in caplog.records if record.name == "wanjia.api"]
    assert any(
        error["details"]["incident"] in line and "unexpected OverflowError test_unexpected.py:" in line
        for line in lines
    )
    assert (await api.post(CLERK, f"{CASES}/{case_id}/acceptances", key="breaks-once")).status_code == 201
