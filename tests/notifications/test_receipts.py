"""Receipts as the carriers document them, and as nobody should send them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.receipts import DeliveryReceipt, ReceiptsUnreadable, answer_to, receipts_of

ALIYUN = [
    {
        "phone_number": "13811110000",
        "send_time": "2026-10-15 09:00:00",
        "report_time": "2026-10-15 09:00:05",
        "success": True,
        "err_code": "DELIVERED",
        "err_msg": "用户接收成功",
        "sms_size": "1",
        "biz_id": "12345^0",
        "out_id": "case-1/7/promise_overdue/h07",
    }
]
TENCENT = [
    {
        "user_receive_time": "2026-10-15 09:00:05",
        "nationcode": "86",
        "mobile": "13811110000",
        "report_status": "FAIL",
        "errmsg": "MN:0001",
        "description": "用户短信接收失败",
        "sid": "2019:1",
    }
]


def test_aliyuns_documented_example_is_read() -> None:
    assert receipts_of("aliyun", json.dumps(ALIYUN).encode()) == (
        DeliveryReceipt("case-1/7/promise_overdue/h07", "12345^0", True, "DELIVERED"),
    )
    assert answer_to("aliyun") == {"code": 0, "msg": "接收成功"}


def test_tencents_documented_example_is_read() -> None:
    assert receipts_of("tencent", json.dumps(TENCENT).encode()) == (DeliveryReceipt("", "2019:1", False, "MN:0001"),)
    assert answer_to("tencent") == {"result": 0, "errmsg": "OK"}


@pytest.mark.parametrize("gateway", ["aliyun", "tencent"])
@pytest.mark.parametrize("body", [b"", b"{}", b"null", b"[", b"\xff\xfe", b"[" * 100_000, b'"x"'])
def test_what_is_no_list_is_refused(gateway: str, body: bytes) -> None:
    with pytest.raises(ReceiptsUnreadable):
        receipts_of(gateway, body)


@pytest.mark.parametrize("gateway", ["aliyun", "tencent"])
def test_a_bad_row_holds_up_no_good_one(gateway: str) -> None:
    good = (ALIYUN if gateway == "aliyun" else TENCENT)[0]
    bad = [1, None, [], {}, good | {"success": "true", "report_status": "MAYBE"}, {"sid": 3, "out_id": ["x"]}]

    assert len(receipts_of(gateway, json.dumps([*bad, good]).encode())) == 1


def test_a_code_is_nothing_but_a_code() -> None:
    evil = ALIYUN[0] | {"err_code": "DELIVERED\r\n<script>13811110000 张三", "success": False}

    (read,) = receipts_of("aliyun", json.dumps([evil]).encode())
    assert read.code == "DELIVEREDscript13811110000"
    (long,) = receipts_of("aliyun", json.dumps([ALIYUN[0] | {"err_code": "x" * 500}]).encode())
    assert len(long.code) == 80


@given(
    st.recursive(
        st.none() | st.booleans() | st.text() | st.integers(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_nothing_a_stranger_sends_is_an_error_of_ours(value: object) -> None:
    for gateway in ("aliyun", "tencent"):
        try:
            receipts_of(gateway, json.dumps([value]).encode())
            receipts_of(gateway, json.dumps(value).encode())
        except ReceiptsUnreadable:
            continue
