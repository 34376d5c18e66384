"""No name, number, phone, address or birth date is in the engine's store or the worker's log after a whole life."""

import base64
import logging
from pathlib import Path

import pytest

from tests.engine_stack import EngineStack
from tests.workflows import inbox
from tests.workflows.lives import COUPLE, WHOLE
from tests.workflows.people import NAMES, STAFF, id_number, put_household
from tests.workflows.playing import play_on_engine

pytestmark = pytest.mark.engine

ADDRESS = "望月路九百九十九号"
BORN = [member.birth_date for member in COUPLE.members]
NUMBERS = [id_number(f"{born:%Y%m%d}", order)[:14] for born in BORN for order in (1,)]
SECRETS = [
    *(*NAMES, *(name for _, _, name, _ in STAFF), ADDRESS, *NUMBERS, "1990143"),
    *(f"{born:%Y-%m-%d}" for born in BORN),
    *(f"{born:%Y%m%d}" for born in BORN),
]


def spellings(secret: str) -> list[bytes]:
    """Return a text as it may lie in a file: plain, escaped, and in base64 at each of the three places it may begin."""
    plain = secret.encode()
    found = [plain, secret.encode("unicode_escape"), secret.encode("utf-16-le")]
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + plain)
        found.append(whole[4 if shift else 0 : -4])
    return [spelling for spelling in found if len(spelling) >= 6]


def leaks(content: bytes) -> set[str]:
    return {secret for secret in SECRETS for spelling in spellings(secret) if spelling in content}


async def test_no_personal_data_in_the_engine_or_the_log(
    stack: EngineStack, engine_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="temporalio")
    case_id = put_household(stack.record, WHOLE.household)
    await play_on_engine(stack, WHOLE, case_id)
    sent = await inbox.delivered(stack.record, case_id)
    store = b"".join(path.read_bytes() for path in engine_folder.glob("temporal.db*"))
    assert case_id.encode() in store
    assert leaks(store) == set()
    assert leaks(caplog.text.encode()) == set()
    told = [line for line in inbox.lines(stack.home) if line["key"].startswith(case_id)]
    assert len(told) == sum(message.state == "sent" for message in sent) > 5
    texts = "".join(line["text"] + line["phone"] for line in told)
    assert leaks(texts.encode()) == set()
    assert any(f"{name[0]}*家庭" in texts for name in NAMES)


def test_the_search_finds_what_is_there() -> None:
    assert leaks(f"…{NAMES[0]}…".encode()) == {NAMES[0]}
    assert leaks(base64.b64encode(f"xx{ADDRESS}yy".encode())) == {ADDRESS}
    assert f"{BORN[0]:%Y-%m-%d}" in leaks(b'"birth_date":"1980-03-07"')
