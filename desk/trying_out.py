"""Judging an application (预判) before anything is stored: what opening the case would say, with nothing kept.

`judged` is what `applications.py` does first when a case is opened, and what intake shows while it is still being
typed: who counts as family, whether the household is eligible, and every "no" that would come at the end.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from casework.commands.monitoring import OpenMonitoring
from casework.commands.review import Apply
from casework.decide import decide
from casework.eligibility import PARENTS
from casework.errors import NotYourStep, SaidNo
from casework.events import CaseEvent
from casework.household import Household, Member
from casework.reentry_facts import EarlierCase
from casework.resident_id import ResidentId, read_resident_id
from casework.states import Role
from casework.times import local_date
from desk.desk import Caller, Desk
from desk.intake_form import ApplicationForm, MemberForm
from desk.monitoring_form import MonitoringForm
from policies.calendar_model import WorkCalendar
from policies.errors import PolicyError
from policies.packs import load_pack, pack_for
from policies.schema import Policy
from records.calendars import newest_for
from records.earlier import earlier_cases
from records.engine import Reading
from records.moving import somebody_works_at


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

    @property
    def business_time(self) -> datetime:
        return self.now + timedelta(seconds=self.offset)

    def hashed(self, work: Reading) -> str:
        whole = [self.trigger, self.form.model_dump(mode="json")]
        return work.keys.digest(json.dumps(whole, ensure_ascii=False, sort_keys=True).encode())


@dataclass(frozen=True, slots=True)
class Judged:
    """An application that would be taken in: whose numbers were read, the command, and the event it would become."""

    read: tuple[ResidentId, ...] = field(repr=False)
    opening: Apply
    policy: Policy
    calendar: WorkCalendar
    event: CaseEvent

    @property
    def household(self) -> Household:
        return self.opening.household

    @property
    def deemed(self) -> tuple[bool, ...]:
        """Who is not reserved, in order: those who do not count as family, and deemed parents of another booklet, who
        may be in a sibling's case too (A27).
        """
        booklet, counted = self.household.applicant.booklet, self.event.case.standing.counted
        return tuple(
            m.member_id not in counted or (m.relation in PARENTS and m.booklet != booklet)
            for m in self.household.members
        )


def judged(desk: Desk, intake: Intake) -> Judged:
    """Judge a form by everything that can be known before it is stored; whether somebody is in another active case
    is known only when the people are reserved.

    Raises `SaidNo` naming `members[i].field`, or `NotYourStep`.
    """
    _check_desk(desk, intake)
    form, policy = intake.form, policy_of(intake)
    read = tuple(_read_id(member, place) for place, member in enumerate(form.members))
    _check_people(read, intake)
    with desk.record.read() as reading:
        calendar = newest_for(reading, intake.office)
        _check_office(reading, intake)
        earlier = earlier_cases(reading, {f"M{n}": person.number for n, person in enumerate(read, 1)})
    opening = _opening(intake, read, earlier)
    try:
        event = decide(None, opening, policy, calendar, intake.business_time, clock_offset=intake.offset)
    except SaidNo as no:
        field_ = no.field.removeprefix("household.") if no.field else None
        raise SaidNo(no.code, no.message, field=field_, clause=no.clause, details=no.details) from None
    return Judged(read, opening, policy, calendar, event)


def household_of(members: Mapping[int, MemberForm]) -> Household:
    """Return people whose numbers can be read as the rules see them, by their place from 1; the applicant is 1."""
    return Household(
        members=tuple(_facts(n - 1, form, read_resident_id(form.id_number)) for n, form in members.items())
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


def policy_of(intake: Intake) -> Policy:
    """Return the version of the policy in force on the case's first day (business time)."""
    try:
        on = local_date(intake.business_time)
        return load_pack(intake.form.pack, on=on) if intake.form.pack else pack_for(intake.office, on=on)
    except PolicyError as no:
        raise SaidNo(no.code, no.message, field="pack" if intake.form.pack else "office") from None


def _read_id(member: MemberForm, place: int) -> ResidentId:
    try:
        return read_resident_id(member.id_number)
    except SaidNo as no:
        raise SaidNo(no.code, no.message, field=f"members[{place}].id_number", clause=no.clause) from None


def _check_people(read: tuple[ResidentId, ...], intake: Intake) -> None:
    today = local_date(intake.business_time)
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
