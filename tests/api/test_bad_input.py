"""Bad input over HTTP: broken, empty, huge, wrong types, unknown ids, future dates; said in Chinese, never echoed."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.installation import CASES, CLERK, CLERK_2, Installation, application, member, resident_id

pytestmark = pytest.mark.engine

KEY = {"Idempotency-Key": "bad-input-0001"}


async def send(api: Installation, content: Any, path: str = CASES, kind: str = "application/json") -> Any:
    return await (await api.of(CLERK)).post(path, content=content, headers=KEY | {"Content-Type": kind})


def error_of(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    body = answer.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "field", "clause", "details"}
    return dict(body["error"])


@pytest.mark.parametrize(
    "content",
    [b"{", b"\xff\xfe", b"[" * 30_000, b'{"a": ' + b"9" * 5000 + b"}", "张三".encode("gbk"), b"{'a': 1}"],
    ids=["cut", "not-utf8", "deep", "huge-number", "gbk", "not-json"],
)
async def test_a_broken_body_is_400(api: Installation, content: bytes) -> None:
    assert error_of(await send(api, content), 400)["code"] == "bad_json"


@pytest.mark.parametrize("content", [b"", b"null", b"[]", b'"x"', b"{}"])
async def test_an_empty_or_shapeless_body_is_422(api: Installation, content: bytes) -> None:
    error = error_of(await send(api, content), 422)
    assert error["code"] == "invalid_request"
    assert error["field"]


async def test_a_huge_body_is_413_before_it_is_parsed(api: Installation) -> None:
    for size in (65_537, 2_000_000):
        assert error_of(await send(api, b"x" * size), 413)["code"] == "body_too_large"

    async def drops() -> AsyncIterator[bytes]:
        for _ in range(70):
            yield b"x" * 1000

    assert error_of(await send(api, drops()), 413)["code"] == "body_too_large"


async def test_another_content_type_is_415(api: Installation) -> None:
    assert error_of(await send(api, b"a=1", kind="application/x-www-form-urlencoded"), 415)["code"] == "not_json"


async def test_an_unknown_address_and_a_wrong_method_keep_the_shape(api: Installation) -> None:
    client = await api.of(CLERK)
    assert error_of(await client.get("/api/v1/nothing"), 404)["code"] == "not_found"
    assert error_of(await client.put(CASES), 405)["code"] == "method_not_allowed"
    assert error_of(await client.get(f"{CASES}/no-such-case"), 404)["code"] == "not_found"
    assert error_of(await client.get(f"{CASES}/%00%27or"), 404)["code"] == "not_found"


async def test_what_was_typed_for_a_field_is_never_repeated(api: Installation) -> None:
    for typed in ("220102198503121234", "19900000001", "张三"):
        answer = await send(api, json.dumps({typed: 1}).encode())
        error_of(answer, 422)
        assert typed not in answer.text
    many = error_of(
        await send(api, json.dumps({chr(97 + n % 26) * (1 + n // 26): 1 for n in range(200)}).encode()), 422
    )
    assert len(many["details"]["fields"]) == 50


async def test_a_wrong_member_is_not_called_a_missing_one(api: Installation) -> None:
    wrong = application(members=[member(id_number=None)])
    error = error_of(await send(api, json.dumps(wrong).encode()), 422)
    assert error["details"]["fields"] == ["members[0].id_number"]


WRONG = [
    ({"community": 7}, "community"),
    ({"community": "向阳街12号楼3单元"}, "community"),
    ({"applied_on": "2026-02-30"}, "applied_on"),
    ({"applied_on": 20260918}, "applied_on"),
    ({"members": []}, "members"),
    ({"members": "张三"}, "members"),
    ({"surprise": 1}, "surprise"),
    ({"office": "22"}, "office"),
    ({"members": [member(wage_fen="100")]}, "members[0].wage_fen"),
    ({"members": [member(wage_fen=True)]}, "members[0].wage_fen"),
    ({"members": [member(wage_fen=-1)]}, "members[0].wage_fen"),
    ({"members": [member(dibao="yes")]}, "members[0].dibao"),
    ({"members": [member(relation="邻居")]}, "members[0].relation"),
    ({"members": [member(name="\x00")]}, "members[0].name"),
    ({"members": [member(name="\ud800")]}, "members[0].name"),
    ({"members": [member(phone="12345")]}, "members[0].phone"),
]


@pytest.mark.parametrize(("change", "field"), WRONG, ids=[f"{f}-{n}" for n, (_, f) in enumerate(WRONG)])
async def test_a_wrong_field_is_named_in_chinese(api: Installation, change: dict[str, Any], field: str) -> None:
    error = error_of(await send(api, json.dumps(application() | change).encode()), 422)
    assert error["field"] == field
    assert error["message"].startswith(field)
    assert any("一" <= c <= "龥" for c in error["message"])


async def test_what_was_typed_is_never_repeated(api: Installation) -> None:
    number = resident_id()
    typed = member(id_number=number, name="欧阳某某", wage_fen="很多", relation="远房亲戚")
    answer = await send(api, json.dumps(application(members=[typed])).encode())
    assert answer.status_code == 422
    assert not [word for word in (number, "欧阳", "很多", "远房", "19900000001") if word in answer.text]


async def test_a_wrong_check_digit_is_refused_and_a_small_x_accepted(api: Installation) -> None:
    """Scenario 92."""
    wrong = application(members=[member(id_number="110105194912310021", status="已退休")])
    error = error_of(await api.post(CLERK, CASES, wrong), 422)
    assert error["code"] == "resident_id_check_digit"
    assert error["field"] == "members[0].id_number"
    assert "110105194912310021" not in str(error)
    right = application(
        members=[member(), member("母亲", id_number="11010519491231002x", status="已退休", marital="丧偶")]
    )
    opened = await api.post(CLERK, CASES, right)
    assert opened.status_code == 201
    case_id = opened.json()["case_id"]
    seen = await api.post(CLERK, f"{CASES}/{case_id}/people/views", {"reason": "核对身份证号"})
    assert seen.json()["people"][1]["id_number"] == "11010519491231002X"


async def test_dates_in_the_future_are_refused_by_name(api: Installation) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    error = error_of(await api.post(CLERK, CASES, application(applied_on=tomorrow)), 422)
    assert (error["code"], error["field"]) == ("date_in_future", "applied_on")
    error = error_of(
        await api.post(CLERK, CASES, application(members=[member(id_number=resident_id("20990101"))])), 422
    )
    assert error["field"] == "members[0].id_number"
    case_id = await api.open()
    await api.step(CLERK, case_id, "acceptances")
    body = {"compared_online": True, "visited_on": tomorrow}
    error = error_of(await api.post(CLERK, f"{CASES}/{case_id}/reviews/first-pass", body), 422)
    assert (error["code"], error["field"]) == ("date_in_future", "visited_on")


async def test_one_person_twice_in_a_form_is_refused(api: Installation) -> None:
    same = resident_id()
    form = application(members=[member(id_number=same), member("兄弟", id_number=same)])
    error = error_of(await api.post(CLERK, CASES, form), 422)
    assert (error["code"], error["field"]) == ("person_twice", "members[1].id_number")


async def test_a_form_without_its_applicant_first_is_refused_by_name(api: Installation) -> None:
    error = error_of(await api.post(CLERK, CASES, application(members=[member("配偶")])), 422)
    assert (error["code"], error["field"]) == ("applicant_not_first", "members")


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=x", "state=zzz", "after=%00", "opened_from=0", "promise_overdue=maybe", "office=%27"]
)
async def test_a_wrong_filter_is_named(api: Installation, query: str) -> None:
    error = error_of(await (await api.of(CLERK)).get(f"{CASES}?{query}"), 422)
    assert error["field"] == query.partition("=")[0]


async def test_scenario_76_two_brothers_of_one_booklet_are_one_household(api: Installation) -> None:
    """Scenario 76: the second application is blocked, and says which case to join."""
    elder, younger = resident_id(), resident_id("19880312")
    first = application(members=[member(id_number=elder), member("兄弟", id_number=younger)])
    case_id = (await api.post(CLERK, CASES, first)).json()["case_id"]
    second = application(members=[member(id_number=younger), member("兄弟", id_number=elder)])
    error = error_of(await api.post(CLERK_2, CASES, second), 409)
    assert error["code"] == "person_in_active_case"
    assert error["field"] == "members[0].id_number"
    assert error["details"]["cases"] == [case_id]
    elsewhere = error_of(await api.post("cw-220102001-1", CASES, second), 409)
    assert case_id not in str(elsewhere), "another office does not learn the case's number"
    await api.step(CLERK, case_id, "withdrawals", {"statement": "本人自愿撤回申请。"})
    assert (await api.post(CLERK_2, CASES, second)).status_code == 201


async def test_unknown_ids_in_a_body_are_refused(api: Installation) -> None:
    case_id = await api.assisted()
    for path, body in (
        ("refusals", {"referral": "R999", "member": "M1", "on": "2026-10-12"}),
        ("refusals/judgements", {"refusal": "F999", "justified": False, "finding": "无此记录。"}),
        ("services", {"member": "M9", "kind": "guidance", "on": "2026-10-12"}),
    ):
        error = error_of(await api.post(CLERK, f"{CASES}/{case_id}/{path}", body), 422)
        assert error["field"]


async def test_a_missing_or_odd_key_is_refused(api: Installation) -> None:
    client = await api.of(CLERK)
    for headers in (
        {},
        {"Idempotency-Key": "short"},
        {"Idempotency-Key": "k" * 121},
        {"Idempotency-Key": "with a space"},
    ):
        error = error_of(await client.post(CASES, json=application(), headers=headers), 422)
        assert error["field"] == "Idempotency-Key"


async def test_a_drill_only_field_needs_a_known_pack(api: Installation) -> None:
    assert error_of(await api.post(CLERK, CASES, application(pack="mars-1")), 422)["field"] == "pack"
    assert error_of(await api.post(CLERK, CASES, application(office="220102999")), 422)["code"] == "office_unknown"
