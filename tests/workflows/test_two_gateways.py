"""Issue 3, point 10: whatever two gateways and the worker do, each message reaches a phone at most once.

The carriers are real HTTP servers that answer twice, not at all, or take a message and say so only later.  They have no
idempotency, so a message sent twice is there twice.  Counted by (case, event, notice, recipient): that is its key.
"""

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from types import MappingProxyType

import pytest
from temporalio.client import Client

from desk.case_client import CaseClient
from notifications.catalog import NOTICES
from notifications.gateways.aliyun import AliyunGateway, AliyunSettings
from notifications.gateways.aliyun_signature import AccessKey
from notifications.gateways.failover import Gateways, Limits
from notifications.gateways.tencent import TencentGateway, TencentSettings
from notifications.gateways.tencent_signature import SecretKey
from notifications.rendering import words_in_order
from operations.drill_clock import DrillClock
from records.engine import Record
from tests.engine_stack import KEYS, EngineStack, running
from tests.notifications import carrier_stub, tencent_stub
from tests.workflows import inbox
from tests.workflows.lives import WHOLE
from tests.workflows.people import put_household
from tests.workflows.playing import play_on_engine
from tests.workflows.test_kills import RealStack, insisting
from workflows.payload_codec import data_converter

pytestmark = [pytest.mark.engine, pytest.mark.timeout(300)]

ALIYUN_DOES = ("ok", "ok", "answers_twice", "drop_after_accept", "shown_late", "500", "503", "isp.SYSTEM_ERROR")
TENCENT_DOES = ("ok", "ok", "ok", "drop_after_accept", "503", "InternalError.Timeout")
TEMPLATES = MappingProxyType(dict.fromkeys(NOTICES, "1234"))
SETTLED = {"sent", "confirmed", "failed", "suppressed", "unknown"}


class Carriers:
    """The two carriers; what reached phones by either."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        self.aliyun, self.tencent = carrier_stub.Carrier(), tencent_stub.TencentCarrier()
        self.aliyun.chance = lambda: chance.choice(ALIYUN_DOES)
        self.tencent.chance = lambda: chance.choice(TENCENT_DOES)

    @property
    def arrived(self) -> Counter[str]:
        first = [sent["OutId"] for sent in self.aliyun.accepted]
        return Counter([*first, *(sent["SessionContext"] for sent in self.tencent.accepted)])

    def stop(self) -> None:
        self.aliyun.stop()
        self.tencent.stop()


@pytest.fixture
def carriers(request: pytest.FixtureRequest) -> Iterator[Carriers]:
    made = Carriers(getattr(request, "param", 1))
    yield made
    made.stop()


def both(carriers: Carriers) -> Gateways:
    aliyun = AliyunGateway(
        AliyunSettings(
            AccessKey(carrier_stub.KEY_ID, carrier_stub.KEY_SECRET), TEMPLATES, carriers.aliyun.address, timeout=20
        ),
        clock=lambda: datetime.now(UTC),
        nonce=lambda: token_hex(16),
    )
    tencent = TencentGateway(
        TencentSettings(
            SecretKey(tencent_stub.KEY_ID, tencent_stub.KEY_SECRET),
            tencent_stub.APP_ID,
            TEMPLATES,
            carriers.tencent.address,
            timeout=20,
        ),
        clock=lambda: datetime.now(UTC),
        order_of=words_in_order,
    )
    limits = Limits(failures=4, window=5, rest=1)
    return Gateways([("aliyun", aliyun), ("tencent", tencent)], clock=time.monotonic, limits=limits)


MESSAGES = 2
"""What a household is told in these four steps."""


def _settled(messages: Sequence[inbox.Message]) -> bool:
    """Say whether all that a household is to be told is on record, and nothing of it open."""
    return len(messages) >= MESSAGES and all(message.state in SETTLED for message in messages)


async def until_settled(stack: EngineStack, case_ids: list[str]) -> None:
    """Let the cases' clocks run on until nothing of theirs is open: some doubts end only after days."""
    for round_ in range(30):
        waiting = [c for c in case_ids if not _settled(inbox.rows(stack.record, c))]
        if not waiting:
            return
        for case_id in waiting:
            now = await stack.clock.now(case_id, stack.case(case_id).clock_offset)
            if now is not None:
                await stack.until(case_id, now + timedelta(hours=1 if round_ < 3 else 12))
        await asyncio.sleep(0.2 + round_ / 10)
    raise TimeoutError(f"messages are still open: {waiting}")


def check(carriers: Carriers, record: Record, case_ids: list[str]) -> Counter[str]:
    """No key twice on a phone; what the record calls sent is there; return how the messages ended."""
    on_record = [message for case_id in case_ids for message in inbox.rows(record, case_id)]
    arrived = carriers.arrived  # asked after the record, which may just be told of one more
    assert all(count == 1 for count in arrived.values()), {k: c for k, c in arrived.items() if c > 1}
    for message in on_record:
        if message.state in ("sent", "confirmed"):
            assert arrived[message.key] == 1, message
        if message.state in ("failed", "suppressed"):
            assert message.key not in arrived, message
    return Counter(message.state for message in on_record)


@pytest.mark.parametrize("carriers", [1, 2], indirect=True)
async def test_scenario_90_each_message_arrives_at_most_once_by_two_lossy_gateways(
    engine_address: str, home: Path, carriers: Carriers
) -> None:
    gateways = both(carriers)
    async with running(engine_address, home, gateway=gateways) as stack:  # type: ignore[arg-type]
        try:
            case_ids = [put_household(stack.record, WHOLE.household) for _ in range(4)]
            await asyncio.gather(*(play_on_engine(stack, WHOLE, case_id, range(4)) for case_id in case_ids))
            await until_settled(stack, case_ids)
            ended = check(carriers, stack.record, case_ids)
        finally:
            gateways.close()
    assert sum(ended.values()) == 8
    assert set(ended) <= {"sent", "confirmed", "unknown"}
    assert ended["sent"] + ended["confirmed"] >= 5


@pytest.mark.slow
@pytest.mark.parametrize("carriers", [11, 12, 13], indirect=True)
async def test_scenario_90_with_the_worker_killed_as_well(home: Path, carriers: Carriers) -> None:
    real = RealStack(home, as_settings(carriers))
    record = Record(f"sqlite:///{home / 'record.db'}", KEYS)
    chance = random.Random(7)
    try:
        client = await Client.connect(f"127.0.0.1:{real.port}", data_converter=data_converter(KEYS.engine_key))
        stack = EngineStack(client, record, home, CaseClient(client, accept_within=3), DrillClock(client))
        case_ids = [put_household(record, WHOLE.household) for _ in range(4)]
        for number in range(4):
            steps = [asyncio.create_task(insisting(stack, number, case_id)) for case_id in case_ids]
            await asyncio.sleep(chance.uniform(0, 0.4))
            if number in (0, 3):  # the steps that tell the household something
                real.kill_worker()
                real.restart_worker()
            await asyncio.gather(*steps)
        await until_settled(stack, case_ids)
        ended = check(carriers, record, case_ids)
        assert sum(ended.values()) == 8
        assert ended["failed"] == 0
    finally:
        record.close()
        real.stop()


def as_settings(carriers: Carriers) -> dict[str, str]:
    """Return the settings of a worker that uses these carriers."""
    templates = json.dumps(dict(TEMPLATES))
    return {
        "WANJIA_SMS_GATEWAY": "aliyun",
        "WANJIA_SMS_SECOND_GATEWAY": "tencent",
        "WANJIA_SMS_REST_SECONDS": "1",
        "WANJIA_ALIYUN_ENDPOINT": carriers.aliyun.address,
        "WANJIA_ALIYUN_ACCESS_KEY_ID": carrier_stub.KEY_ID,
        "WANJIA_ALIYUN_ACCESS_KEY_SECRET": carrier_stub.KEY_SECRET,
        "WANJIA_ALIYUN_TEMPLATE_CODES": templates,
        "WANJIA_TENCENT_ENDPOINT": carriers.tencent.address,
        "WANJIA_TENCENT_KEY_ID": tencent_stub.KEY_ID,
        "WANJIA_TENCENT_SECRET_KEY": tencent_stub.KEY_SECRET,
        "WANJIA_TENCENT_APP_ID": tencent_stub.APP_ID,
        "WANJIA_TENCENT_TEMPLATE_IDS": templates,
    }
