"""Cases for imported households (由导入开立个案): one application for each eligible household without a case.

The key of each is made of the batch and the line, and the form of what was confirmed, so that a repeat after any break
is the same request.  Taking an import back withdraws, by the usual step, what nobody has touched.
"""

from datetime import datetime

from pydantic import ValidationError

from casework.errors import CaseworkError
from casework.times import local_date
from desk.applications import open_case
from desk.bodies import body_of
from desk.desk import Caller, Desk, off_loop
from desk.intake_form import ApplicationForm
from desk.steps import take_step
from records import case_files, import_households, import_touched
from records.engine import Reading
from records.import_lists import FAILED, OPENED, PASSED, STAYS, UNDONE, Line
from records.imports import Batch
from records.known_households import Known, forget, keep, whole

WITHDRAWN = "撤销表格导入，一并撤回由该次导入开立的申请；申请人没有递交过申请，家庭情况未变。"
NOT_KEPT = "导入前的内容已不再保存，没有撤销"
TOUCHED = "导入后已有改动，没有撤销"
VISITED = "已列入入户摸底的走访名单，没有撤销"
AWAY = ("engine_unavailable", "record_unavailable", "accepted_not_recorded", "written_meanwhile")
"""Noes after which the same request is put again: the caller waits and does so."""
CASE_GOES_ON = "个案已经受理或有后续办理，没有撤销"


def form_of(known: Known, batch: Batch) -> ApplicationForm:
    """Return a known household as the form of its case; raises `ValidationError` for what a form may not say."""
    assert batch.confirmed_at is not None
    members = [
        {
            **member.model_dump(exclude={"member_id", "sex", "birth_date", "left_on"}),
            "name": person.name,
            "id_number": person.id_number,
            "phone": person.phone,
        }
        for member, person in zip(known.household.members, known.persons, strict=True)
    ]
    return ApplicationForm.model_validate(
        {
            "community": known.community,
            "address": known.address,
            "applied_on": local_date(batch.confirmed_at),
            "discovered_on": known.surveyed_on,
            "members": members,
        }
    )


async def open_one(desk: Desk, caller: Caller, batch: Batch, line: Line, now: datetime) -> None:
    """Open the case of one household; a no is kept with its words, the engine away is the caller's to wait for."""
    known = await off_loop(_known, desk, caller, line)
    try:
        if known is None:
            raise CaseworkError("household_gone", "底册中已没有这一户。")
        done = await open_case(desk, caller, form_of(known, batch), f"import-{batch.batch_id}-{line.position}", now=now)
    except ValidationError as no:
        words = str(no.errors()[0]["msg"]).removeprefix("Value error, ")
        await off_loop(_told, desk, batch, line, FAILED, {"why": f"申请表填写不全或有误：{words}"})
        return
    except CaseworkError as no:
        if no.code in AWAY:
            raise
        await off_loop(_told, desk, batch, line, FAILED, {"why": no.message})
        return
    await off_loop(_opened, desk, batch, line, done.case_id)


async def take_back(desk: Desk, caller: Caller, batch: Batch, line: Line, now: datetime) -> None:
    """Take one household back if nobody has touched it since; otherwise say why it stays."""
    key = f"undo-{batch.batch_id}-{line.position}"
    why = await off_loop(_touched, desk, batch, line, f"{caller.account}:{key}")
    if why is None and line.case_id is not None:
        body = body_of("withdraw").model_validate({"statement": WITHDRAWN})
        try:
            await take_step(desk, caller, line.case_id, "withdraw", body, key, now=now)
        except CaseworkError as no:
            if no.code in AWAY:
                raise
            why = f"个案没有撤回：{no.message}"
    if why is not None:
        await off_loop(_told, desk, batch, line, STAYS, {"why": why})
        return
    await off_loop(_restored, desk, caller, batch, line, now)


def _known(desk: Desk, caller: Caller, line: Line) -> Known | None:
    with desk.record.read() as work:
        return whole(work, caller.scope, line.household_id or "")


def _opened(desk: Desk, batch: Batch, line: Line, case_id: str) -> None:
    with desk.record.write() as work:
        version = import_households.version_of(work, line.household_id or "")
        import_households.told_state(
            work, batch.batch_id, line.position, OPENED, case_id=case_id, version=version, why=None
        )


def _touched(desk: Desk, batch: Batch, line: Line, command_id: str) -> str | None:
    """Say what has happened since; the withdrawal of a run that was cut is this one's own."""
    with desk.record.read() as work:
        case_id = line.case_id
        if case_id is not None and case_files.event_by_command(work, case_id, command_id) is not None:
            return None
        if case_id is not None and not import_touched.untouched_case(work, case_id):
            return CASE_GOES_ON
        if line.state == PASSED:
            return None
        if import_households.version_of(work, line.household_id or "") != line.version:
            return TOUCHED
        return VISITED if _would_go(work, batch, line) else None


def _would_go(work: Reading, batch: Batch, line: Line) -> bool:
    """Say whether somebody's list of visits would lose this household: one that was there before only changes back."""
    household_id = line.household_id or ""
    before = import_households.before_of(work, batch.batch_id, line.position)
    return before is None and import_touched.to_be_visited(work, household_id)


def _restored(desk: Desk, caller: Caller, batch: Batch, line: Line, now: datetime) -> None:
    """Remove the household, or bring back what the register had; again only if nobody has touched it."""
    household_id = line.household_id or ""
    with desk.record.write() as work:
        if line.state == PASSED:
            import_households.forget_told(work, batch.batch_id, household_id)
            import_households.told_state(work, batch.batch_id, line.position, UNDONE)
            return
        if import_households.version_of(work, household_id) != line.version:
            import_households.told_state(work, batch.batch_id, line.position, STAYS, why=TOUCHED)
            return
        if _would_go(work, batch, line):
            import_households.told_state(work, batch.batch_id, line.position, STAYS, why=VISITED)
            return
        before = import_households.before_of(work, batch.batch_id, line.position)
        if before is None and line.known != import_households.NEW:
            import_households.told_state(work, batch.batch_id, line.position, STAYS, why=NOT_KEPT)
            return
        import_households.forget_told(work, batch.batch_id, household_id)
        if line.case_id is not None:
            import_households.case_taken_back(work, household_id, line.case_id)
        if before is None:
            forget(work, [household_id])
        else:
            keep(work, before, account=caller.account, now=now)
            was = (line.version or 0) - (1 if line.case_id is None else 2)  # opening its case was a version too
            import_households.brought_back(work, household_id, before.batch_id, was)
        import_households.told_state(work, batch.batch_id, line.position, UNDONE, before=None, why=None)


def _told(desk: Desk, batch: Batch, line: Line, state: str, more: dict[str, str]) -> None:
    with desk.record.write() as work:
        import_households.told_state(work, batch.batch_id, line.position, state, **more)
