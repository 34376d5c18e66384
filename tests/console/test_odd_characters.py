"""What PostgreSQL cannot keep in a text (U+0000) is never asked of it: nobody makes the system stumble so."""

from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from operations.demo_accounts import seed
from records.engine import Record
from tests.console.test_sign_in import token_in
from tests.engine_stack import KEYS
from tests.installation import CLERK, NOWHERE, configured, serving

pytestmark = [pytest.mark.engine, pytest.mark.postgres]

ADDRESSES = (
    *("/board?area=%00", "/board/%00", "/board/%00/objection", "/evidence/%00", "/intake/%00", "/cases?helper=%00"),
    *("/cases?community=a%00b", "/queue?community=%00", "/applications/%00", "/search/%00", "/account?%00"),
)


async def test_a_character_no_text_may_have_is_no_incident(own_postgres: str, tmp_path: Path) -> None:
    record = Record(own_postgres, KEYS)
    staff = seed(record, datetime.now(UTC), tmp_path)
    async with (
        serving(configured(NOWHERE, own_postgres, tmp_path)) as base,
        httpx2.AsyncClient(base_url=base, timeout=30, trust_env=False, headers={"Origin": base}) as client,
    ):
        csrf = token_in((await client.get("/sign-in")).text)
        wrong = {"csrf": csrf, "account": f"{CLERK}\0x", "password": "x\0"}
        answers = {"sign-in": (await client.post("/sign-in", data=wrong)).status_code}
        right = wrong | {"account": CLERK, "password": staff.password}
        assert (await client.post("/sign-in", data=right)).status_code == 303
        answers |= {address: (await client.get(address)).status_code for address in ADDRESSES}
        csrf = token_in((await client.get("/search")).text)
        for path, name in (("/queue/filters?community=%00x", "name"), ("/search", "wanted"), ("/inbox/read", "key")):
            sent = await client.post(path, data={"csrf": csrf, name: "a\0b", "account": "\0"})
            answers[path] = sent.status_code
    record.close()
    assert {where: status for where, status in answers.items() if status >= 500} == {}
