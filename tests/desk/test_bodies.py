"""Bodies made from commands: nothing lost, nothing added, and stricter than what a command would take."""

from typing import Any

import pytest
from pydantic import ValidationError

import desk.household_form  # noqa: F401 - it registers the bodies of its own
from casework.commands import COMMANDS, OF_PEOPLE, OPENINGS, Command
from casework.commands.verification import ComparisonResult
from desk.bodies import ENVELOPE, LONGEST_TEXT, body_of, example_of, text_fields
from desk.household_form import OWN_BODIES
from desk.intake_form import FORM_EXAMPLE, ApplicationForm, MemberForm
from desk.monitoring_form import JobForm

TRIGGERS = sorted(t for t in OF_PEOPLE if t not in OPENINGS)


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_a_body_is_its_command_without_the_envelope(trigger: str) -> None:
    body, command = body_of(trigger), COMMANDS[trigger]
    assert set(body.model_fields) == set(command.model_fields) - ENVELOPE - command.from_desk
    for name, field in body.model_fields.items():
        assert field.is_required() == command.model_fields[name].is_required()
        assert field.description


@pytest.mark.parametrize("trigger", [t for t in TRIGGERS if t not in OWN_BODIES])
def test_a_valid_body_becomes_a_valid_command(trigger: str) -> None:
    values: dict[str, Any] = body_of(trigger).model_validate(example_of(trigger)).model_dump()
    texts = text_fields(trigger)
    values |= {name: "txt-" + "0" * 32 for name in texts if values[name] is not None}
    command = COMMANDS[trigger].model_validate(
        {**values, "command_id": "k", "by": {"account": "a", "role": "caseworker"}}
    )
    assert isinstance(command, Command)


def refused(step: str, /, **change: object) -> str:
    with pytest.raises(ValidationError) as caught:
        body_of(step).model_validate(example_of(step) | change)
    return str(caught.value.errors()[0]["type"])


@pytest.mark.parametrize("envelope", ["command_id", "by", "task_id", "trigger"])
def test_nobody_can_type_the_envelope(envelope: str) -> None:
    assert refused("record_refusal", **{envelope: "x"}) == "extra_forbidden"


@pytest.mark.parametrize("value", [True, "260000", 2.5, None, 0, 10**12, float("nan")])
def test_money_is_a_whole_number_of_fen(value: object) -> None:
    assert refused("record_referral", pay_fen=value)


@pytest.mark.parametrize(
    "value",
    [0, 20260930, "2026-9-30", "2026-02-30", "20260930", "0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31", None],
)
def test_a_day_is_a_written_day(value: object) -> None:
    assert refused("record_contact", on=value)


@pytest.mark.parametrize("value", [0, "2026-02-30", "0001-01-01", "9999-12-31"])
def test_a_day_inside_a_list_is_a_written_day_too(value: object) -> None:
    row = {"source": "business", "member": "M1", "result": "clear", "valid_until": value}
    assert refused("record_comparison", results=[row])
    with pytest.raises(ValidationError):
        JobForm.model_validate({"member": "M1", "changed_on": [value]})


def test_what_a_list_is_of_is_typed_as_strictly() -> None:
    row = {"source": "business", "member": "M1", "result": "clear", "valid_until": "2026-10-20"}
    (result,) = body_of("record_comparison").model_validate({"results": [row]}).model_dump()["results"]
    assert ComparisonResult.model_validate(result) == ComparisonResult.model_validate(row)
    assert refused("record_comparison", results=[row | {"member": "X1"}])
    assert refused("record_comparison", results=[row | {"reference": "a\x00b"}])


@pytest.mark.parametrize(
    "value",
    ["", "   ", "a" * (LONGEST_TEXT + 1), "a\x00b", "\ud800", "\x1b[2J", "\u202e张三", "\u200b", 7, ["a"], None],
)
def test_a_text_is_a_text(value: object) -> None:
    assert refused("withdraw", statement=value)


def test_a_text_may_have_lines_and_is_trimmed() -> None:
    body = body_of("withdraw").model_validate({"statement": "  第一行\n第二行\t完  "})
    assert body.model_dump() == {"statement": "第一行\n第二行\t完"}


@pytest.mark.parametrize("value", ["M0", "M100", "m1", "M1\n", "张三"])
def test_a_member_is_named_by_its_number(value: str) -> None:
    if value.strip() != value:
        assert body_of("issue_warning").model_validate(example_of("issue_warning") | {"member": value})
    else:
        assert refused("issue_warning", member=value)


@pytest.mark.parametrize("name", ["\u200b", "\u202e三张", "\ufeff", "😀", "张三1", "张３", "·", "张<三>", "a@b"])
def test_a_name_is_what_one_can_read(name: str) -> None:
    with pytest.raises(ValidationError):
        MemberForm.model_validate(FORM_EXAMPLE["members"][0] | {"name": name})


@pytest.mark.parametrize("name", ["张三", "𬭛𫖮", "买买提·艾力", "〇", "\U000323b0一", "\ue863", "Anna Li"])
def test_rare_names_are_names(name: str) -> None:
    assert MemberForm.model_validate(FORM_EXAMPLE["members"][0] | {"name": name}).name == name


@pytest.mark.parametrize("typed", ["199 0000 0001", "１９９００００－０００１", "+86 199-0000-0001", "8619900000001"])
def test_a_phone_is_taken_as_people_type_it(typed: str) -> None:
    assert MemberForm.model_validate(FORM_EXAMPLE["members"][0] | {"phone": typed}).phone == "19900000001"


@pytest.mark.parametrize("typed", ["1990000000", "29900000001", "861990000000", "٠٩٩٠٠٠٠٠٠٠١", "0434-3200000"])
def test_what_is_no_mobile_number_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        MemberForm.model_validate(FORM_EXAMPLE["members"][0] | {"phone": typed})


@pytest.mark.parametrize("typed", ["向阳社区①号楼", "向阳社区１２３ ４５", "㍿" * 60])
def test_a_community_is_judged_as_it_is_kept(typed: str) -> None:
    with pytest.raises(ValidationError):
        ApplicationForm.model_validate(FORM_EXAMPLE | {"community": typed})
