"""The API's own description (OpenAPI): complete, in Chinese, with examples that are valid and every error said."""

import re
from typing import Any

import httpx2
import pytest

from api.step_paths import STEP_PATHS
from casework.resident_id import read_resident_id
from desk.bodies import body_of, example_of
from desk.intake_form import FORM_EXAMPLE, ApplicationForm
from tests.installation import Installation

pytestmark = pytest.mark.engine

CHINESE = re.compile(r"[\u4e00-\u9fff]")
PUBLIC = {"log_in", "first_administrator", "board", "health"}


@pytest.fixture
async def described(api: Installation) -> dict[str, Any]:
    async with httpx2.AsyncClient(base_url=api.base, timeout=30, trust_env=False) as client:
        answer: dict[str, Any] = (await client.get("/api/v1/openapi.json")).json()
        return answer


def operations_of(described: dict[str, Any]) -> list[dict[str, Any]]:
    return [said for item in described["paths"].values() for said in item.values()]


def test_every_operation_is_summed_up_in_chinese(described: dict[str, Any]) -> None:
    for said in operations_of(described):
        assert CHINESE.search(said["summary"]), said["operationId"]
        assert CHINESE.search(said["description"]), said["operationId"]
        assert said["tags"]


def test_every_operation_says_its_errors_and_its_answer(described: dict[str, Any]) -> None:
    for said in operations_of(described):
        assert any(status.startswith("4") for status in said["responses"]), said["operationId"]
        assert any(status.startswith("2") for status in said["responses"]), said["operationId"]
        for status, answer in said["responses"].items():
            if status != "204":
                assert answer.get("content") or status == "405", (said["operationId"], status)


def test_every_operation_but_the_public_ones_needs_a_session(described: dict[str, Any]) -> None:
    open_to_all = {said["operationId"] for said in operations_of(described) if not said.get("security")}
    assert open_to_all == PUBLIC


def test_every_body_has_an_example(described: dict[str, Any]) -> None:
    for said in operations_of(described):
        if "requestBody" in said:
            content = said["requestBody"]["content"]["application/json"]
            assert "example" in content or content.get("examples"), said["operationId"]
            assert content["schema"], said["operationId"]


def test_every_field_of_a_body_is_explained(described: dict[str, Any]) -> None:
    for said in operations_of(described):
        for name, schema in _bodies(said, described):
            for field, shape in schema.get("properties", {}).items():
                assert CHINESE.search(shape.get("description", "")), f"{name}.{field}"


def test_the_examples_are_valid() -> None:
    for trigger in STEP_PATHS:
        body_of(trigger).model_validate(example_of(trigger))
    form = ApplicationForm.model_validate(FORM_EXAMPLE)
    assert [read_resident_id(each.id_number).sex.value for each in form.members] == ["男", "女"]


def _bodies(said: dict[str, Any], described: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    schema = said.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    references = [part["$ref"] for part in (schema, *schema.get("anyOf", [])) if "$ref" in part]
    names = [reference.rpartition("/")[2] for reference in references]
    return [(name, described["components"]["schemas"][name]) for name in names]
