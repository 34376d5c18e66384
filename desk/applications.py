"""Opening a case (受理申请表): from the typed form to a reserved household and a running case.

Everything is judged before anything is stored; people are reserved before the engine hears of them, under member ids.
The same key with the same form always leads to the same case, even after the engine was away in between.
"""

from datetime import datetime

from casework.events import Receipt, receipt
from desk.calendar_runs import bring_one
from desk.case_client import AcceptedNotRecorded, EngineUnavailable
from desk.desk import Caller, Desk, off_loop
from desk.intake_form import ApplicationForm
from desk.trying_out import Intake, Judged, judged
from records import case_files
from records.calendars import keep_used
from records.known_lists import opened_for
from records.people import HouseholdEntry, PersonEntry, register_household
from records.policies import keep_policy
from records.requests import key_used_for_another
from records.seen_requests import seen_request
from workflows.chapter import Chapter


async def open_case(desk: Desk, caller: Caller, form: ApplicationForm, key: str, *, now: datetime) -> Receipt:
    """Open a case and return the receipt of its first event.

    Raises `SaidNo` naming `members[i].field`, `Conflict` (`person_in_active_case`, `idempotency_key_reused`),
    `NotYourStep`, `EngineUnavailable`, `RecordUnavailable` or `AcceptedNotRecorded`.
    """
    intake = Intake(caller, form, key, now)
    async with desk.turn(intake.command_id):
        if (done := await off_loop(_look, desk, intake)) is not None:
            return done
        await desk.require_engine()
        chapter = await off_loop(_register, desk, intake)
        try:
            await desk.cases.open(chapter)
        except EngineUnavailable:
            desk.engine_failed()
            raise
        except RuntimeError:
            desk.engine_failed()
            raise EngineUnavailable from None
        if (done := await off_loop(_look, desk, intake)) is None:
            raise AcceptedNotRecorded
        await off_loop(_of_the_register, desk, done.case_id)
        await bring_one(desk.record, desk.cases, done.case_id, now)
        return done


def _look(desk: Desk, intake: Intake) -> Receipt | None:
    """Return the receipt when this very form is on record already."""
    with desk.record.read() as work:
        hashed = intake.hashed(work)
        seen = seen_request(work, account=intake.caller.account, key=intake.key, request_hash=hashed)
        if seen.what == "different":
            raise key_used_for_another()
        if seen.what == "first" or seen.case_id is None:
            return None
        event = case_files.event_by_command(work, seen.case_id, intake.command_id)
    return receipt(event) if event else None


def _of_the_register(desk: Desk, case_id: str) -> None:
    """Known households (普查底册) whose people are in the case now are not to be found a second time."""
    with desk.record.write() as work:
        opened_for(work, case_id)


def _register(desk: Desk, intake: Intake) -> Chapter:
    """Judge the form, then give the household its number and reserve its people; return the case's first chapter."""
    found = judged(desk, intake)
    with desk.record.write() as work:
        keep_used(work, found.calendar, intake.now)
        keep_policy(work, found.policy, intake.now)
        case_id = register_household(
            work,
            _entry(intake, found),
            scope=intake.caller.scope,
            key=intake.key,
            request_hash=intake.hashed(work),
            now=intake.now,
        )
    return Chapter(
        policy=found.policy,
        calendar=found.calendar,
        opening=found.opening.model_copy(update={"case_id": case_id}),
        clock_offset=intake.offset,
    )


def _entry(intake: Intake, found: Judged) -> HouseholdEntry:
    """Return the people as the record keeps them."""
    form = intake.form
    persons = tuple(
        PersonEntry(
            member_id=member.member_id, name=typed.name, id_number=person.number, phone=typed.phone, deemed=deemed
        )
        for member, typed, person, deemed in zip(
            found.household.members, form.members, found.read, found.deemed, strict=True
        )
    )
    return HouseholdEntry(office=intake.office, community=form.community, persons=persons, address=form.address)
