"""Opening a case (受理申请表): from the typed form to a reserved household and a running case.

Everything is judged before anything is stored; people are reserved before the engine hears of them, under member ids.
The same key with the same form always leads to the same case, even after the engine was away in between.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.case_facts import Standing
from casework.commands.monitoring import OpenMonitoring
from casework.commands.review import Apply
from casework.decide import decide
from casework.eligibility import PARENTS
from casework.errors import NotYourStep, SaidNo
from casework.events import Receipt, receipt
from casework.household import Household, Member
from casework.reentry_facts import EarlierCase
from casework.resident_id import ResidentId, read_resident_id
from casework.states import Role
from casework.times import local_date
from desk.calendar_runs import bring_one
from desk.case_client import AcceptedNotRecorded, EngineUnavailable
from desk.desk import Caller, Desk, off_loop
from desk.intake_form import ApplicationForm, MemberForm
from desk.monitoring_form import MonitoringForm
from policies.errors import PolicyError
from policies.packs import load_pack, pack_for
from policies.schema import Policy
from records import case_files
from records.calendars import keep_used, newest_for
from records.earlier import earlier_cases
from records.engine import Reading
from records.moving import somebody_works_at
from records.people import HouseholdEntry, PersonEntry, register_household
from records.policies import keep_policy
from records.requests import key_used_for_another
from records.seen_requests import seen_request
from workflows.chapter import Chapter


@dataclass(frozen=True, slots=True)
class Intake:
    """One form handed in by one caller under one key."""

    caller: Caller
    form: ApplicationForm
    key: str
    now: datetime

    @property
    def command_id(self) -> str:
        return f"{self.caller.account}:{self.key}"

    @property
    def office(self) -> str:
        return self.form.office or self.caller.area

    @property
    def trigger(self) -> str:
        return "open_monitoring" if isinstance(self.form, MonitoringForm) else "apply"

    @property
    def offset(self) -> int:
        return self.form.clock_offset or 0

    def hashed(self, work: Reading) -> str:
        whole = [self.trigger, self.form.model_dump(mode="json")]
        return work.keys.digest(json.dumps(whole, ensure_ascii=False, sort_keys=True).encode())


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


def _register(desk: Desk, intake: Intake) -> Chapter:
    """Judge the form, then give the household its number and reserve its people; return the case's first chapter."""
    _check_desk(desk, intake)
    form, policy = intake.form, _policy(intake)
    read = tuple(_read_id(member, place) for place, member in enumerate(form.members))
    _check_people(read, intake)
    business_time = intake.now + timedelta(seconds=intake.offset)
    with desk.record.read() as reading:
        calendar = newest_for(reading, intake.office)
        _check_office(reading, intake)
        earlier = earlier_cases(reading, {f"M{n}": person.number for n, person in enumerate(read, 1)})
    opening = _opening(intake, read, earlier)
    try:
        event = decide(None, opening, policy, calendar, business_time, clock_offset=intake.offset)
    except SaidNo as no:
        field = no.field.removeprefix("household.") if no.field else None
        raise SaidNo(no.code, no.message, field=field, clause=no.clause, details=no.details) from None
    with desk.record.write() as work:
        keep_used(work, calendar, intake.now)
        keep_policy(work, policy, intake.now)
        case_id = register_household(
            work,
            _entry(form, intake.office, read, opening.household, event.case.standing),
            scope=intake.caller.scope,
            key=intake.key,
            request_hash=intake.hashed(work),
            now=intake.now,
        )
    return Chapter(
        policy=policy,
        calendar=calendar,
        opening=opening.model_copy(update={"case_id": case_id}),
        clock_offset=intake.offset,
    )


def _opening(intake: Intake, read: tuple[ResidentId, ...], earlier: tuple[EarlierCase, ...]) -> Apply:
    """Return the command that opens the case; its number comes with the registration."""
    form = intake.form
    members = tuple(_facts(n, m, i) for n, (m, i) in enumerate(zip(form.members, read, strict=True)))
    opening = Apply(
        command_id=intake.command_id,
        by=intake.caller.actor,
        case_id="unregistered",
        office=intake.office,
        applied_on=form.applied_on,
        discovered_on=form.discovered_on,
        relocated_on=form.relocated_on,
        household=Household(members=members),
        forwarded_by=intake.caller.area if intake.office != intake.caller.area else None,
        earlier=earlier,
    )
    if not isinstance(form, MonitoringForm):
        return opening
    same = {name: getattr(opening, name) for name in type(opening).model_fields}
    return OpenMonitoring(**same, cause=form.cause, alert_on=form.alert_on, jobs=form.jobs)


def _check_office(work: Reading, intake: Intake) -> None:
    """Nobody is sent away for the wrong window: the case opens where it belongs, if somebody works there (A28)."""
    if intake.office != intake.caller.area and not somebody_works_at(work, intake.office):
        raise SaidNo("office_unknown", "没有这个机构，或该机构尚无经办人账号，请核对机构代码。", field="office")


def _check_desk(desk: Desk, intake: Intake) -> None:
    """Intake is a caseworker's; a household of another office is taken in and forwarded there."""
    caller, form = intake.caller, intake.form
    if caller.role is not Role.CASEWORKER:
        raise NotYourStep("role_not_allowed", f"申请由经办人受理，您的角色是{caller.role.words}。")
    if not desk.drill and (form.clock_offset is not None or form.pack is not None):
        field = "clock_offset" if form.clock_offset is not None else "pack"
        raise NotYourStep("drill_only", "个案时钟和指定办法只在演练方式下可用，请去掉这一项。", field=field)


def _policy(intake: Intake) -> Policy:
    """Return the version in force on the case's first day (business time)."""
    try:
        on = local_date(intake.now + timedelta(seconds=intake.offset))
        return load_pack(intake.form.pack, on=on) if intake.form.pack else pack_for(intake.office, on=on)
    except PolicyError as no:
        raise SaidNo(no.code, no.message, field="pack" if intake.form.pack else "office") from None


def _read_id(member: MemberForm, place: int) -> ResidentId:
    try:
        return read_resident_id(member.id_number)
    except SaidNo as no:
        raise SaidNo(no.code, no.message, field=f"members[{place}].id_number", clause=no.clause) from None


def _check_people(read: tuple[ResidentId, ...], intake: Intake) -> None:
    today = local_date(intake.now + timedelta(seconds=intake.offset))
    seen: dict[str, int] = {}
    for place, person in enumerate(read):
        field = f"members[{place}].id_number"
        if person.birth_date > today:
            raise SaidNo("birth_date_in_future", "身份证号中的出生日期晚于今天，请逐位核对。", field=field)
        if person.number in seen:
            first = seen[person.number] + 1
            raise SaidNo("person_twice", f"第{first}位和第{place + 1}位成员的身份证号相同，请核对。", field=field)
        seen[person.number] = place


def _facts(place: int, form: MemberForm, person: ResidentId) -> Member:
    """Return the member as the rules see him or her: facts under an id, and nothing that tells who it is."""
    return Member(
        member_id=f"M{place + 1}",
        sex=person.sex,
        birth_date=person.birth_date,
        **form.model_dump(exclude={"name", "id_number", "phone"}),
    )


def _entry(
    form: ApplicationForm, office: str, read: tuple[ResidentId, ...], household: Household, standing: Standing
) -> HouseholdEntry:
    """Return the people as the record keeps them.

    Not reserved are those who do not count as family, and deemed parents of another booklet, who may be in a sibling's
    case too (A27).
    """
    booklet = household.applicant.booklet
    persons = tuple(
        PersonEntry(
            member_id=member.member_id,
            name=typed.name,
            id_number=person.number,
            phone=typed.phone,
            deemed=member.member_id not in standing.counted
            or (member.relation in PARENTS and member.booklet != booklet),
        )
        for member, typed, person in zip(household.members, form.members, read, strict=True)
    )
    return HouseholdEntry(office=office, community=form.community, persons=persons, address=form.address)
