"""The Alibaba Cloud gateway over real HTTP against a local carrier that checks every signature itself."""

import itertools
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest

from notifications.catalog import NOTICES
from notifications.gateways.aliyun import AliyunGateway, AliyunSettings
from notifications.gateways.aliyun_signature import AccessKey, encoded, signed_headers
from notifications.gateways.port import Absent, Accepted, Found, OutgoingSms, Refused, Unavailable, Unknown
from notifications.outbox import Delivery, NotificationService
from notifications.outbox_port import MessageState
from tests.notifications.carrier_stub import KEY_ID, KEY_SECRET, Carrier
from tests.notifications.memory_outbox import MemoryOutbox
from tests.notifications.outbox_contract import CASE, NINE

SMS = OutgoingSms(
    key="case-0001/7/promise_overdue/h07",
    notice="promise_overdue",
    to="帮扶责任人-h07",
    phone="13900000007",
    sign="万家灯火",
    text="（由运营商按模板生成）",
    words=(("household", "张*家庭 ~+&="), ("promise_due", "10月22日")),
    at=NINE,
)
TEMPLATES = MappingProxyType({name: f"SMS_{number}" for number, name in enumerate(NOTICES)})


@pytest.fixture
def carrier() -> Iterator[Carrier]:
    made = Carrier()
    yield made
    made.stop()


@pytest.fixture
def settings(carrier: Carrier, request: pytest.FixtureRequest) -> AliyunSettings:
    """Impatient only where the carrier does not answer: elsewhere a busy machine is no time-out."""
    patience = 1.2 if "timeout_after_accept" in request.node.name else 20
    return AliyunSettings(AccessKey(KEY_ID, KEY_SECRET), TEMPLATES, endpoint=carrier.address, timeout=patience)


@pytest.fixture
def gateway(settings: AliyunSettings) -> Iterator[AliyunGateway]:
    made = a_gateway(settings)
    yield made
    made.close()


def a_gateway(settings: AliyunSettings) -> AliyunGateway:
    numbers = itertools.count(1)
    return AliyunGateway(settings, clock=lambda: NINE, nonce=lambda: f"nonce-{id(numbers)}-{next(numbers)}")


def test_the_vendors_published_example_gives_its_published_signature() -> None:
    query = encoded(
        {"ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", "RegionId": "cn-shanghai"},
    )

    headers = signed_headers(
        AccessKey("YourAccessKeyId", "YourAccessKeySecret"),
        host="ecs.cn-shanghai.aliyuncs.com",
        action="RunInstances",
        version="2014-05-26",
        query=query,
        body=b"",
        nonce="3156853299f313e23d1673dc12e1703d",
        at=datetime(2023, 10, 26, 10, 22, 32, tzinfo=UTC),
    )

    assert headers["authorization"].endswith(
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


def test_an_accepted_message_carries_our_key(carrier: Carrier, gateway: AliyunGateway) -> None:
    assert gateway.send(SMS) == Accepted("biz-1")

    (arrived,) = carrier.accepted
    assert arrived["OutId"] == SMS.key
    assert arrived["PhoneNumbers"] == SMS.phone
    assert arrived["TemplateCode"] == TEMPLATES["promise_overdue"]
    assert arrived["TemplateParam"] == '{"household": "张*家庭 ~+&=", "promise_due": "10月22日"}'
    assert SMS.phone in carrier.raw[0]


def test_parameters_can_travel_in_the_body_where_an_endpoint_reads_it(
    carrier: Carrier, settings: AliyunSettings
) -> None:
    gateway = a_gateway(replace(settings, parameters_in="body"))

    assert isinstance(gateway.send(SMS), Accepted)
    gateway.close()

    assert carrier.accepted[0]["PhoneNumbers"] == SMS.phone
    assert carrier.raw == ["POST / HTTP/1.1"]


def test_no_log_line_holds_a_phone(gateway: AliyunGateway, caplog: pytest.LogCaptureFixture) -> None:
    """个人信息不得写入日志：请求地址含手机号，不记录。"""
    caplog.set_level(logging.INFO)

    assert isinstance(gateway.send(SMS), Accepted)

    assert SMS.phone not in caplog.text


def test_a_wrong_secret_is_refused_by_the_carrier_and_keeps_the_message_for_later(
    carrier: Carrier, settings: AliyunSettings
) -> None:
    gateway = a_gateway(replace(settings, key=AccessKey(KEY_ID, "another")))

    assert gateway.send(SMS) == Unavailable("SignatureDoesNotMatch")
    gateway.close()

    assert carrier.accepted == []
    assert "another" not in repr(AccessKey(KEY_ID, "another"))


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("isv.MOBILE_NUMBER_ILLEGAL", Refused),
        ("isv.TEMPLATE_MISSING_PARAMETERS", Refused),
        ("isv.BUSINESS_LIMIT_CONTROL", Unavailable),
        ("isv.AMOUNT_NOT_ENOUGH", Unavailable),
        ("isv.SMS_SIGNATURE_ILLEGAL", Unavailable),
        ("Throttling.User", Unavailable),
        ("MissingPhoneNumbers", Unavailable),
        ("isv.A_CODE_OF_NEXT_YEAR", Unavailable),
        ("isp.SYSTEM_ERROR", Unknown),
        ("503", Unavailable),
        ("500", Unknown),
        ("502", Unknown),
        ("nonsense", Unknown),
        ("endless", Unknown),
        ("timeout_after_accept", Unknown),
        ("drop_after_accept", Unknown),
    ],
)
def test_every_answer_has_one_meaning(carrier: Carrier, gateway: AliyunGateway, mode: str, kind: type) -> None:
    carrier.mode = mode

    assert type(gateway.send(SMS)) is kind


def test_a_limit_is_waited_out_for_an_hour(carrier: Carrier, gateway: AliyunGateway) -> None:
    carrier.mode = "isv.BUSINESS_LIMIT_CONTROL"

    assert gateway.send(SMS) == Unavailable("isv.BUSINESS_LIMIT_CONTROL", timedelta(hours=1))


def test_nobody_listening_is_certainly_not_sent(carrier: Carrier, settings: AliyunSettings) -> None:
    gateway = a_gateway(replace(settings, endpoint="http://127.0.0.1:1"))

    assert gateway.send(SMS) == Unavailable("ConnectError")
    assert gateway.lookup(SMS) == Unavailable("ConnectError")
    gateway.close()


def test_a_notice_without_a_registered_template_waits(settings: AliyunSettings) -> None:
    gateway = a_gateway(replace(settings, templates=MappingProxyType({})))

    assert gateway.send(SMS) == Unavailable("template_not_registered", timedelta(hours=1))
    gateway.close()


def test_lookup_finds_a_message_by_our_key_on_any_page(carrier: Carrier, gateway: AliyunGateway) -> None:
    assert gateway.lookup(SMS) == Absent()
    carrier.accepted = [{"PhoneNumbers": SMS.phone, "OutId": f"other-{n}"} for n in range(70)]
    assert gateway.lookup(SMS) == Absent()

    carrier.accepted.append({"PhoneNumbers": SMS.phone, "OutId": SMS.key, "_date": "20261015"})

    assert gateway.lookup(SMS) == Found("", None)
    carrier.accepted[-1]["_status"] = "3"
    assert gateway.lookup(SMS) == Found("", delivered=True)
    carrier.accepted[-1].update(_status="2", _code="MOBILE_NOT_ON_SERVICE")
    assert gateway.lookup(SMS) == Found("", delivered=False, code="MOBILE_NOT_ON_SERVICE")


def test_a_lookup_that_fails_says_nothing_about_the_message(carrier: Carrier, gateway: AliyunGateway) -> None:
    carrier.lookup_mode = "500"

    assert gateway.lookup(SMS) == Unavailable("http_500")


@pytest.mark.parametrize("mode", ["timeout_after_accept", "drop_after_accept"])
def test_a_message_accepted_without_an_answer_reaches_the_phone_once(
    carrier: Carrier, gateway: AliyunGateway, mode: str
) -> None:
    """The whole way: outbox, signing, wire, lost answer, lookup."""
    store = MemoryOutbox()
    key = store.plan(CASE, 7, "promise_overdue", "h07", NINE)
    service = NotificationService(store, gateway)
    carrier.mode = mode

    first = service.deliver(CASE, 7, NINE)
    carrier.mode = "ok"
    second = service.deliver(CASE, 7, NINE + timedelta(minutes=2))
    third = service.deliver(CASE, 7, NINE + timedelta(hours=1))

    assert (first.doubtful, second, third) == (1, Delivery(sent=1), Delivery())
    assert len(carrier.accepted) == 1
    assert store.state(key) is MessageState.SENT


def test_a_5xx_that_did_not_take_the_message_is_sent_again_after_ten_minutes(
    carrier: Carrier, gateway: AliyunGateway
) -> None:
    store = MemoryOutbox()
    store.plan(CASE, 7, "promise_overdue", "h07", NINE)
    service = NotificationService(store, gateway)
    carrier.mode = "500"

    now: datetime | None = NINE
    for _ in range(10):
        assert now is not None
        delivery = service.deliver(CASE, 7, now)
        carrier.mode = "ok"
        if delivery.retry_at is None:
            break
        now = delivery.retry_at

    assert delivery == Delivery(sent=1)
    assert now is not None
    assert now - NINE >= timedelta(minutes=10)
    assert len(carrier.accepted) == 1


def test_a_second_answer_to_one_message_is_never_the_answer_to_the_next(
    carrier: Carrier, gateway: AliyunGateway
) -> None:
    """It arrives while the next message is on its way: that one was refused, and nobody has it."""
    carrier.mode = "answers_twice_late"
    assert isinstance(gateway.send(SMS), Accepted)
    carrier.mode = "503"
    assert isinstance(gateway.send(replace(SMS, key="case-0001/8/promise_overdue/h07")), Unavailable)
    assert [sent["OutId"] for sent in carrier.accepted] == [SMS.key]
