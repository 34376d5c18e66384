"""The only module that speaks to Temporal for people: opens a case, takes a step, and says what became of it.

Three outcomes of a step: `Taken` (decided and on record), a `CaseworkError` (the rules said no; nothing happened), or
one of the errors below when the engine or the record is away.  Repeating with the same command id is always safe.
"""

import asyncio
from contextlib import suppress
from datetime import timedelta

from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowHandle,
    WorkflowQueryFailedError,
    WorkflowUpdateFailedError,
    WorkflowUpdateHandle,
    WorkflowUpdateRPCTimeoutOrCancelledError,
    WorkflowUpdateStage,
)
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from casework.case import Taken
from casework.commands import Command
from casework.errors import CaseworkError, Conflict
from workflows.chapter import TASK_QUEUE, Chapter, workflow_id
from workflows.household_case import HouseholdCaseWorkflow
from workflows.refusing import as_casework_error

ACCEPT_WITHIN = 8.0
"""Seconds a step may take to be decided.  A missing worker shows as this time-out."""

RECORD_WITHIN = 6.0
"""Seconds an accepted step may take to be on record before the caller is told to ask again."""


class EngineUnavailable(CaseworkError):
    """The engine is away or nobody works for it: safe to repeat with the same key (503)."""

    def __init__(self) -> None:
        super().__init__(
            "engine_unavailable", "办理引擎暂时不可用，本次请求未得到确认。请稍后用同一请求号重试，不会重复办理。"
        )


class AcceptedNotRecorded(CaseworkError):
    """Decided, but not on record yet: ask again with the same key (202)."""

    def __init__(self) -> None:
        super().__init__("accepted_not_recorded", "已受理，正在写入记录。请稍后用同一请求号再次提交以取得结果。")


class CaseClient:
    """Speaks to the engine.  Owns no state; `client` carries the sealing data converter."""

    def __init__(self, client: Client, *, accept_within: float = ACCEPT_WITHIN, record_within: float = RECORD_WITHIN):
        self._client = client
        self._accept_within = accept_within
        self._record_within = record_within

    async def open(self, chapter: Chapter) -> Taken:
        """Start the workflow of a case and answer when its first event is on record."""
        opening = chapter.opening
        assert opening is not None
        start = WithStartWorkflowOperation(
            HouseholdCaseWorkflow.run,
            chapter,
            id=workflow_id(opening.case_id),
            task_queue=TASK_QUEUE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        )
        return await self._outcome(
            self._client.start_update_with_start_workflow(
                opening.trigger,
                opening,
                id=opening.command_id,
                start_workflow_operation=start,
                wait_for_stage=WorkflowUpdateStage.ACCEPTED,
                result_type=Taken,
                rpc_timeout=timedelta(seconds=self._accept_within),
            )
        )

    async def take(self, case_id: str, command: Command) -> Taken:
        """Take a step of an open case and answer when its event is on record."""
        handle = self._client.get_workflow_handle(workflow_id(case_id))
        return await self._outcome(
            handle.start_update(
                command.trigger,
                command,
                id=command.command_id,
                wait_for_stage=WorkflowUpdateStage.ACCEPTED,
                result_type=Taken,
                rpc_timeout=timedelta(seconds=self._accept_within),
            )
        )

    async def catch_up(self, case_id: str, seq: int) -> bool:
        """Have a case compare itself with the record, whose last event is `seq`, when the engine knows less.

        True when it did and a refused step is worth asking again; for desks, after a rule's no.
        """
        handle = self._client.get_workflow_handle(workflow_id(case_id))
        try:
            if await self._known(handle) >= seq:
                return False
            await handle.signal(
                HouseholdCaseWorkflow.look_at_record, rpc_timeout=timedelta(seconds=self._accept_within)
            )
            for _ in range(20):
                if await self._known(handle) >= seq:
                    return True
                await asyncio.sleep(0.1)
        except (RPCError, WorkflowQueryFailedError):
            pass
        return False

    async def look(self, case_id: str) -> None:
        """Have a case look at the record, without waiting; one that has ended or cannot be reached is left alone."""
        handle = self._client.get_workflow_handle(workflow_id(case_id))
        with suppress(RPCError, RuntimeError):
            await handle.signal(
                HouseholdCaseWorkflow.look_at_record, rpc_timeout=timedelta(seconds=self._accept_within)
            )

    async def _known(self, handle: "WorkflowHandle[HouseholdCaseWorkflow, str]") -> int:
        return await handle.query(HouseholdCaseWorkflow.seq, rpc_timeout=timedelta(seconds=self._accept_within))

    async def available(self) -> bool:
        """Say whether the engine answers at all."""
        try:
            return await self._client.service_client.check_health(timeout=timedelta(seconds=2))
        except (RPCError, RuntimeError):
            return False

    async def _outcome(self, asked: "asyncio.Future[WorkflowUpdateHandle[Taken]] | object") -> Taken:
        try:
            handle: WorkflowUpdateHandle[Taken] = await asyncio.wait_for(asked, self._accept_within + 1)  # type: ignore[arg-type]
        except (WorkflowUpdateRPCTimeoutOrCancelledError, TimeoutError):
            raise EngineUnavailable from None
        except WorkflowUpdateFailedError as failure:
            raise _no(failure) from None
        except RPCError as error:
            raise _from_rpc(error) from None
        try:
            return await handle.result(rpc_timeout=timedelta(seconds=self._record_within))
        except WorkflowUpdateFailedError as failure:
            raise _no(failure) from None
        except (WorkflowUpdateRPCTimeoutOrCancelledError, TimeoutError):
            raise AcceptedNotRecorded from None
        except RPCError as error:
            raise _from_rpc(error, accepted=True) from None


ENDED_UNDER_IT = "AcceptedUpdateCompletedWorkflow"
"""What the engine says of an accepted step whose case was ended from outside."""


def _no(failure: WorkflowUpdateFailedError) -> CaseworkError:
    if isinstance(failure.cause, ApplicationError):
        return _not_running() if failure.cause.type == ENDED_UNDER_IT else as_casework_error(failure.cause)
    return EngineUnavailable()


def _from_rpc(error: RPCError, *, accepted: bool = False) -> CaseworkError:
    """Once accepted, whatever goes wrong on the way to the answer is answered by asking again."""
    if accepted:
        return AcceptedNotRecorded()
    return _not_running() if error.status == RPCStatusCode.NOT_FOUND else EngineUnavailable()


def _not_running() -> CaseworkError:
    return Conflict("case_not_running", "个案已结束或正在恢复，不能办理这一步，请刷新后查看。")
