"""The Tencent Cloud gateway over real HTTP against a local carrier that checks every signature itself."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest

from notifications.catalog import NOTICES, notice_named
from notifications.gateways.failover import NEVER_SURE
from notifications.gateways.port import Absent, Accepted, Found, OutgoingSms, Refused, Unavailable, Unknown
from notifications.gateways.tencent import TencentGateway, TencentSettings
from notifications.gateways.tencent_signature import SecretKey, authorization
from notifications.rendering import numbered_template, render, words_in_order
from notifications.words import spoken, words_from
from tests.notifications.memory_outbox import WORDS
from tests.notifications.outbox_contract import NINE
from tests.notifications.tencent_stub import APP_ID, KEY_ID, KEY_SECRET, TencentCarrier

NOTICE = notice_named("promise_overdue")
SAID = words_from(NOTICE.words, {w: WORDS[w] for w in NOTICE.event_words | NOTICE.looked_up_words})
SMS = OutgoingSms(
    key="case-0001/7/promise_overdue/h07",
    notice="promise_overdue",
    to="帮扶责任人-h07",
    phone="13900000007",
    sign="万家灯火",
    text=render(NOTICE, SAID),
    words=tuple(spoken(SAID).items()),
    at=NINE,
)
TEMPLATES = MappingProxyType({name: f"{number}" for number, name in enumerate(NOTICES, 1000)})


@pytest.fixture
def carrier() -> Iterator[TencentCarrier]:
    made = TencentCarrier()
    yield made
    made.stop()


@pytest.fixture
def settings(carrier: TencentCarrier, request: pytest.FixtureRequest) -> TencentSettings:
    """Impatient only where the carrier does not answer: elsewhere a busy machine is no time-out."""
    patience = 1.2 if "timeout_after_accept" in request.node.name else 20
    return TencentSettings(SecretKey(KEY_ID, KEY_SECRET), APP_ID, TEMPLATES, endpoint=carrier.address, timeout=patience)


@pytest.fixture
def gateway(settings: TencentSettings) -> Iterator[TencentGateway]:
    made = a_gateway(settings)
    yield made
    made.close()


def a_gateway(settings: TencentSettings) -> TencentGateway:
    return TencentGateway(settings, clock=lambda: NINE, order_of=words_in_order)


def test_the_vendors_published_example_gives_its_published_signature() -> None:
    body = rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'

    signed = authorization(
        SecretKey("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"),
        service="cvm",
        headers={"Content-Type": "application/json; charset=utf-8", "Host": "cvm.tencentcloudapi.com"},
        body=body,
        at=datetime(2019, 2, 25, 16, 44, 25, tzinfo=UTC),
    )

    assert signed == (
        "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, "
        "SignedHeaders=content-type;host, "
        "Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"
    )


def test_an_accepted_message_carries_our_key_and_the_words_in_their_places(
    carrier: TencentCarrier, gateway: TencentGateway
) -> None:
    assert gateway.send(SMS) == Accepted("2019:1")

    (arrived,) = carrier.accepted
    assert arrived["SessionContext"] == SMS.key
    assert arrived["PhoneNumberSet"] == ["+8613900000007"]
    assert (arrived["SmsSdkAppId"], arrived["SignName"]) == (APP_ID, "万家灯火")
    text = numbered_template(NOTICE)
    for number, word in enumerate(arrived["TemplateParamSet"], 1):
        text = text.replace(f"{{{number}}}", word)
    assert text == SMS.text
    assert carrier.raw == ["POST / HTTP/1.1"], "no phone in an address"


def test_no_log_line_holds_a_phone(gateway: TencentGateway, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    assert isinstance(gateway.send(SMS), Accepted)
    assert SMS.phone not in caplog.text


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("row:InvalidParameterValue.IncorrectPhoneNumber", Refused),
        ("FailedOperation.PhoneNumberInBlacklist", Refused),
        ("FailedOperation.ContainSensitiveWord", Refused),
        ("row:LimitExceeded.PhoneNumberDailyLimit", Unavailable),
        ("FailedOperation.InsufficientBalanceInSmsPackage", Unavailable),
        ("FailedOperation.TemplateIncorrectOrUnapproved", Unavailable),
        ("AuthFailure.SignatureFailure", Unavailable),
        ("RequestLimitExceeded", Unavailable),
        ("FailedOperation.ACodeOfNextYear", Unavailable),
        ("InternalError.SendAndRecvFail", Unknown),
        ("row:InternalError.Timeout", Unknown),
        ("503", Unavailable),
        ("500", Unknown),
        ("nonsense", Unknown),
        ("timeout_after_accept", Unknown),
        ("drop_after_accept", Unknown),
    ],
)
def test_every_answer_has_one_meaning(carrier: TencentCarrier, gateway: TencentGateway, mode: str, kind: type) -> None:
    carrier.mode = mode

    assert type(gateway.send(SMS)) is kind


def test_a_limit_on_one_phone_is_waited_out(carrier: TencentCarrier, gateway: TencentGateway) -> None:
    carrier.mode = "LimitExceeded.PhoneNumberOneHourLimit"

    assert gateway.send(SMS) == Unavailable(carrier.mode, timedelta(hours=1))


def test_a_wrong_secret_keeps_the_message_for_later(carrier: TencentCarrier, settings: TencentSettings) -> None:
    gateway = a_gateway(replace(settings, key=SecretKey(KEY_ID, "another")))

    assert gateway.send(SMS) == Unavailable("AuthFailure.SignatureFailure")
    gateway.close()
    assert carrier.accepted == []
    assert "another" not in repr(SecretKey(KEY_ID, "another"))


def test_nobody_listening_is_certainly_not_sent(settings: TencentSettings) -> None:
    gateway = a_gateway(replace(settings, endpoint="http://127.0.0.1:1"))

    assert gateway.send(SMS) == Unavailable("ConnectError")
    assert gateway.lookup(SMS) == Unavailable("ConnectError")
    gateway.close()


def test_a_notice_without_a_registered_template_waits(settings: TencentSettings) -> None:
    gateway = a_gateway(replace(settings, templates=MappingProxyType({})))

    assert gateway.send(SMS) == Unavailable("template_not_registered", timedelta(hours=1))
    gateway.close()


def test_lookup_finds_a_message_by_our_key_on_any_page(carrier: TencentCarrier, gateway: TencentGateway) -> None:
    assert gateway.lookup(SMS) == Absent()
    carrier.accepted = [
        {"PhoneNumberSet": ["+8613900000007"], "SessionContext": f"other-{number}"} for number in range(130)
    ]
    assert gateway.lookup(SMS) == Absent()
    carrier.accepted.append({"PhoneNumberSet": ["+8613900000007"], "SessionContext": SMS.key})

    assert gateway.lookup(SMS) == Found("2019:131", delivered=True, code="DELIVRD")
    carrier.accepted[-1]["_status"] = "FAIL"
    assert gateway.lookup(SMS) == Found("2019:131", delivered=False, code="DELIVRD")


def test_what_it_does_not_show_it_may_have_sent_all_the_same(carrier: TencentCarrier, gateway: TencentGateway) -> None:
    """Statuses come only when the carrier reports one, and our key only where the office had that switched on."""
    carrier.contexts = False
    gateway.send(SMS)

    assert gateway.lookup(SMS) == Absent()
    assert gateway.certain_after == NEVER_SURE
    carrier.lookup_mode = "500"
    assert gateway.lookup(SMS) == Unavailable("http_500")


@pytest.mark.parametrize("name", sorted(NOTICES))
def test_every_word_of_every_notice_has_one_place(name: str) -> None:
    notice = notice_named(name)
    order = words_in_order(name)

    assert len(order) == len(set(order))
    assert set(order) == notice.event_words | notice.looked_up_words
    assert all(f"{{{number}}}" in numbered_template(notice) for number in range(1, len(order) + 1))
