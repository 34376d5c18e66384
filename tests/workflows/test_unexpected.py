"""What nobody expected within a case: the caller is told, nothing happened, and the case goes on."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.worker import Replayer

from casework.errors import Defect, SaidNo
from tests.engine_stack import KEYS, EngineStack
from tests.workflows.lives import CLERK, WHOLE
from tests.workflows.people import put_household
from tests.workflows.playing import move_on_engine, play_on_engine
from worker import sandboxed
from workflows import household_case
from workflows.chapter import workflow_id
from workflows.household_case import HouseholdCaseWorkflow
from workflows.payload_codec import data_converter
from workflows.refusing import as_casework_error, as_failure, as_no

SECRET = "220102198503121234"


def breaks(*_: object, **__: object) -> Any:
    return date.max + timedelta(days=1)


def raised(rule: Callable[[], object]) -> Exception:
    with pytest.raises(Exception) as caught:
        rule()
    return caught.value


def test_whatever_a_rule_raises_the_caller_gets_an_answer() -> None:
    failure = as_failure(raised(breaks))
    assert isinstance(failure, ApplicationError)
    assert (failure.type, failure.non_retryable) == ("unexpected", True)
    told = as_casework_error(failure)
    assert isinstance(told, Defect)
    assert told.details["kind"] == "OverflowError"
    assert str(told.details["place"]).startswith("test_unexpected.py:")


def test_what_the_error_said_goes_nowhere() -> None:
    told = as_no(ValueError(f"{SECRET} is no day"))
    assert SECRET not in f"{told.message}{told.details}{as_failure(told)!r}"


def test_a_no_stays_a_no_and_a_failure_a_failure() -> None:
    no, failure = SaidNo("nothing_changed", "没有变化。"), ApplicationError("没有。", type="step_unknown")
    assert as_no(no) is no
    assert as_failure(failure) is failure
    assert isinstance(as_casework_error(as_failure(no)), SaidNo)  # type: ignore[arg-type]


async def opened(stack: EngineStack) -> str:
    case_id = put_household(stack.record, WHOLE.household)
    await play_on_engine(stack, WHOLE, case_id, range(1))
    return case_id


@pytest.mark.engine
@pytest.mark.parametrize("sent", [[], ["nothing"], [{"until": "tomorrow"}], [None]])
async def test_a_command_that_is_none_is_answered(stack: EngineStack, sent: list[Any]) -> None:
    """No desk sends it, but a newer or older one might."""
    case_id = await opened(stack)
    handle = stack.client.get_workflow_handle(workflow_id(case_id))
    with pytest.raises(WorkflowUpdateFailedError) as failed:
        await handle.execute_update("accept_application", args=sent)
    assert isinstance(failed.value.cause, ApplicationError)
    assert failed.value.cause.type == "unexpected"
    assert "tomorrow" not in str(failed.value.cause.details)
    assert (await stack.take(case_id, "accept_application", CLERK)).seq == 2


@pytest.mark.engine
@pytest.mark.parametrize("sound", [0, 1], ids=["before it is accepted", "after it was accepted"])
async def test_a_rule_that_breaks_does_not_stop_the_case(
    stack: EngineStack, sound: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted defect breaks at once, or only when the handler decides what the validator has let through."""
    case_id = await opened(stack)
    asked, sane = 0, household_case.decide

    def broken(*given: Any, **more: Any) -> Any:
        nonlocal asked
        asked += 1
        return sane(*given, **more) if asked <= sound else breaks()

    with monkeypatch.context() as planted:
        planted.setattr(household_case, "decide", broken)
        with pytest.raises(Defect) as no:
            await stack.take(case_id, "accept_application", CLERK)
    assert asked == sound + 1
    assert no.value.code == "unexpected"
    assert (await stack.take(case_id, "accept_application", CLERK)).seq == 2
    await stack.settled(case_id)
    assert [event.trigger for event in stack.events(case_id)] == ["apply", "accept_application"]


@pytest.mark.engine
async def test_a_case_whose_first_step_breaks_is_not_opened_and_may_be_asked_for_again(
    stack: EngineStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = put_household(stack.record, WHOLE.household)
    with monkeypatch.context() as planted:
        planted.setattr(household_case, "decide", breaks)
        with pytest.raises(Defect):
            await move_on_engine(stack, WHOLE, case_id, 0)
    await play_on_engine(stack, WHOLE, case_id, range(1))
    assert stack.case(case_id).seq == 1


@pytest.mark.engine
async def test_what_was_refused_before_acceptance_leaves_nothing_to_replay(
    stack: EngineStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = await opened(stack)
    with monkeypatch.context() as planted:
        planted.setattr(household_case, "decide", breaks)
        with pytest.raises(Defect):
            await stack.take(case_id, "accept_application", CLERK)
    await stack.take(case_id, "accept_application", CLERK)
    await stack.settled(case_id)
    history = await stack.client.get_workflow_handle(workflow_id(case_id)).fetch_history()
    await Replayer(
        workflows=[HouseholdCaseWorkflow],
        workflow_runner=sandboxed(),
        data_converter=data_converter(KEYS.engine_key),
    ).replay_workflow(history)
