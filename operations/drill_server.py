"""Drills on the real server (真实服务演练): the same written scenarios, through the HTTP API, with time moved natively.

Nothing is decided and nothing is written past the API, except the drill's staff accounts.  The household's people get
made-up ID numbers of the place code 220000, with the written birth dates.  The pure backend is `drill_pure.py`.
"""

import time
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from secrets import token_hex
from typing import Any

from casework.case import Case
from casework.commands import COMMANDS, OPENINGS
from casework.commands.calendar_change import AdoptCalendar
from casework.commands.policy_change import AdoptPolicy
from casework.errors import CaseworkError
from casework.events import Receipt
from casework.former_terms import FormerTerms, ended
from casework.household import Household
from casework.ruling import Setting
from casework.states import Role
from casework.times import local_date
from operations.api_client import ApiAway, Json, LogIn, StaffClient
from operations.children import ChildDied
from operations.drill_absences import away_of
from operations.drill_file import JOINS, OF_THE_SYSTEM, Drill, DrillFileWrong, DrillStep
from operations.drill_people import check_ids, typed_in
from operations.drill_policy import adopting
from operations.drill_pure import OFFICE, text_fields
from operations.drill_stack import DrillStack, offset_for, throw_away_stack
from operations.drill_view import CaseView, ClockSeen, TaskSeen, view_of
from operations.ports import PortTaken
from operations.settings import SettingsError
from policies.calendars import load_calendar
from policies.packs import load_pack
from records.account_batches import put_accounts
from records.accounts import Account, hash_password
from records.calendars import keep_used
from records.policies import keep_policy
from records.responsible import responsible_for

COMMUNITY = "演练社区"
OPENED_AT = {"apply": "/api/v1/cases", "open_monitoring": "/api/v1/monitored-households"}
AREAS = {Role.REVIEWER: OFFICE[:6], Role.SUPERVISOR: OFFICE[:6]}
"""Where a role's desk is; everybody else sits in the office itself."""

REMARK = "演练。"
RECORDED_WITHIN = 30.0
"""Seconds until what the workflow has decided must be on record."""
RINGS_WITHIN = 60.0
"""Seconds a timer may ring after its instant, on a machine that has much else to do."""


class ServerBackend:
    """One case on a real stack.  Without a stack of the caller's, one is started for a home that is thrown away."""

    def __init__(self, stack: DrillStack | None = None) -> None:
        self._stack = stack or _started()
        self._password = token_hex(12)

    def begin(self, drill: Drill) -> None:
        """Put the drill's staff on record; the case begins with its application."""
        self._drill = drill
        self._policy = load_pack(drill.pack, on=local_date(drill.start))
        self._former: tuple[FormerTerms, ...] = ()
        self._calendar = load_calendar()
        self._case_id: str | None = None
        self._offset = 0
        self._seen = 0
        self._own: set[int] = set()
        self._now = drill.start
        self._run = token_hex(4)
        self._steps = count(1)
        check_ids(drill.household)
        self._household = drill.household
        self._hire()

    def advance(self, to: datetime) -> tuple[Receipt, ...]:
        """Let the case's time pass and return what fell due, as its timeline tells it."""
        self._now = max(self._now, to)
        if self._case_id is None:
            return ()
        self._stack.until(self._case_id, to, self._offset)
        self._until_nothing_is_due(self._case_id, to)
        events = self._recorded(self._case_id)
        fallen = [e for e in events if e["seq"] > self._seen and e["seq"] not in self._own]
        self._seen = events[-1]["seq"]
        return tuple(_receipt(self._case_id, event) for event in fallen)

    def do(self, step: DrillStep) -> Receipt:
        """Take a step over HTTP; a changed calendar, which has no route, goes to the engine."""
        assert step.by is not None
        if step.do in OF_THE_SYSTEM:
            return self._adopted(step)
        try:
            return self._taken(step, self._client(step.by.account))
        except ApiAway as away:  # not a "no" of the rules
            raise DrillFileWrong(f"第{step.number}步：{away.message}") from away

    def _taken(self, step: DrillStep, client: StaffClient) -> Receipt:
        key = f"drill-{self._run}-{step.number}-{next(self._steps)}"
        if self._case_id is None:
            if step.do not in OPENINGS:
                raise DrillFileWrong(f"第{step.number}步：还没有个案，请先写 apply 或 reach。")
            answer = self._apply(step, client, key)
            self._case_id = str(answer["case_id"])
        else:
            body = _body(step)
            for name in ("helper", "concerns", "account"):
                if body.get(name) is not None:
                    body[name] = self._account(body[name])
            answer = client.take(self._case_id, step.do, body, key)
            if step.do == JOINS:
                others = (m for m in self._household.members if m.member_id != step.fields["person"].member_id)
                self._household = Household(members=(*others, step.fields["person"]))
        self._own.add(answer["seq"])
        return Receipt.model_validate({name: answer[name] for name in Receipt.model_fields})

    def _adopted(self, step: DrillStep) -> Receipt:
        if self._case_id is None:
            raise DrillFileWrong(f"第{step.number}步：还没有个案，请先写 apply 或 reach。")
        command = adopting(step, self._policy, self._calendar, f"drill-{self._run}-{step.number}")
        if isinstance(command, AdoptCalendar):
            self._calendar = command.calendar
            with self._stack.record.write() as work:  # so that the case's clocks can be explained on its own days
                keep_used(work, command.calendar.for_area(OFFICE), datetime.now(UTC))
        if isinstance(command, AdoptPolicy):
            with self._stack.record.write() as work:
                keep_policy(work, command.policy, datetime.now(UTC))
        seq = self._stack.take(self._case_id, command)
        self._own.add(seq)
        if isinstance(command, AdoptPolicy):
            self._former += (ended(self._policy, command.policy, local_date(step.at)),)
            self._policy = command.policy
        return _receipt(self._case_id, next(e for e in self._recorded(self._case_id) if e["seq"] == seq))

    def absent(self, step: DrillStep) -> None:
        """Enter the absence over HTTP, as the one who is away."""
        away = away_of(step, self._drill)
        days = {"first": away.first.isoformat(), "last": away.last.isoformat()}
        substitute = self._account(away.substitute)
        self._client(away.account).absent(days | {"substitute": substitute, "reason": REMARK})

    def view(self) -> CaseView | None:
        """Return the case as its page shows it; the counters are counted anew from the facts on the page."""
        if self._case_id is None:
            return None
        page = self._reader().case(self._case_id)
        view = _view(page, self._household, Setting(self._policy, self._calendar, self._now, former=self._former))
        with self._stack.record.read() as work:
            acts = view.helper and responsible_for(work, view.helper, local_date(self._now))
        own = f"-{self._run}"
        return replace(
            view, helper=view.helper and view.helper.removesuffix(own), in_charge=acts and acts.removesuffix(own)
        )

    def _apply(self, step: DrillStep, client: StaffClient, key: str) -> Json:
        fields = {name: _json(value) for name, value in step.fields.items()}
        form = {"community": COMMUNITY, "applied_on": local_date(step.at).isoformat(), "pack": self._drill.pack}
        form |= {"office": OFFICE} | fields
        offset = offset_for(step.at)
        for attempt in count(1):
            members = [typed_in(member, place) for place, member in enumerate(self._drill.household.members, 1)]
            try:
                answer = client.open_case(form | {"members": members}, f"{key}-{attempt}", offset, OPENED_AT[step.do])
            except CaseworkError as no:
                taken = no.code in ("person_in_active_case", "person_twice")
                if not taken or attempt == 50:
                    raise
                continue
            self._offset = offset
            return answer
        raise AssertionError("count never ends")

    def _hire(self) -> None:
        """Put the staff on record under names of this run alone, so that drills on one stack do not meet."""
        staff = [
            Account(
                account=self._account(name),
                role=role,
                area=self._drill.areas.get(name) or AREAS.get(role, OFFICE),
                name="演练人员",
                phone=f"1990007{place:04d}",
                disabled=False,
                must_change=False,
            )
            for place, (name, role) in enumerate(self._drill.staff.items())
        ]
        with self._stack.record.write() as work:
            put_accounts(work, staff, password_hash=hash_password(self._password), now=datetime.now(UTC))

    def _account(self, name: str) -> str:
        return f"{name}-{self._run}"

    def _client(self, name: str) -> StaffClient:
        return self._stack.api.staff(LogIn(self._account(name), self._password))

    def _reader(self) -> StaffClient:
        """Return a supervisor of the county: wherever in it the case goes, it stays in sight."""
        return self._client(next(name for name, role in self._drill.staff.items() if role is Role.SUPERVISOR))

    def _until_nothing_is_due(self, case_id: str, instant: datetime) -> None:
        """Wait for the timers of this very instant: they were set some milliseconds after the clock they read.

        The workflow is asked, not the record: a ring that turned out to have no effect leaves no event.
        """
        until = time.monotonic() + RINGS_WITHIN
        while (due := self._stack.next_due(case_id)) and due <= instant:
            if time.monotonic() > until:
                raise ApiAway(f"{due.isoformat()}到期的时限没有到时办理")
            time.sleep(0.05)

    def _recorded(self, case_id: str) -> list[Json]:
        """Return the timeline once it shows everything the workflow has decided."""
        last = self._stack.decided(case_id)
        until = time.monotonic() + RECORDED_WITHIN
        while True:
            events = self._reader().timeline(case_id)
            if events[-1]["seq"] >= last:
                return events
            if time.monotonic() > until:
                raise ApiAway(f"第{last}号事件还没有写入记录")
            time.sleep(0.05)


def _started() -> DrillStack:
    try:
        return throw_away_stack()
    except (SettingsError, PortTaken, ChildDied) as error:
        raise CaseworkError("stack_not_started", f"真实服务没有启动：{error}") from error


def _body(step: DrillStep) -> Json:
    """Return the step's body: dates left out are the step's day, a required text left out is a remark."""
    kind = COMMANDS[step.do]
    body = {name: _json(value) for name, value in step.fields.items()}
    if step.do == JOINS:
        joins = step.fields["person"]
        body["person"] = typed_in(joins, int(joins.member_id[1:]))
    for name, about in kind.model_fields.items():
        if name not in body and about.is_required() and about.annotation is date:
            body[name] = local_date(step.at).isoformat()
    for name in text_fields(kind):
        if kind.model_fields[name].is_required():
            body.setdefault(name, REMARK)
    return body


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _receipt(case_id: str, event: Json) -> Receipt:
    same = ("seq", "trigger", "at", "why", "about", "opened", "closed", "notices")
    return Receipt.model_validate({"case_id": case_id, "state": event["target"]} | {n: event[n] for n in same})


def _view(page: Json, household: Household, setting: Setting) -> CaseView:
    """Return the view of a page; tasks, clocks and service counts are the page's own."""
    own = ("tasks", "clocks", "services", "household")
    facts = {name: page[name] for name in page.keys() & Case.model_fields.keys() if name not in own}
    unknown = {"calendar_version": ""}
    case = Case.model_validate(facts | unknown | {"household": household})
    given = {row["member"]: f"{row['guidance']}/{row['training_info']}/{row['referrals']}" for row in page["services"]}
    return replace(
        view_of(case, setting),
        tasks=tuple(TaskSeen(t["kind"], t["about"], _day(t["due_on"]), t["overdue"]) for t in page["tasks"]),
        clocks=tuple(
            ClockSeen(c["kind"], c["about"], date.fromisoformat(c["due_on"]), c["provisional"]) for c in page["clocks"]
        ),
        services={m.member_id: given.get(m.member_id, "0/0/0") for m in household.members},
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
