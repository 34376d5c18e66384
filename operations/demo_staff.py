"""The demo's simulated staff (演练人员): they open cases and take acts through the HTTP API, under their own accounts.

Time is moved case by case, to the instant of each act.  A step that fails ends the demo with words that say which one.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from casework.commands import COMMANDS
from casework.errors import CaseworkError
from casework.states import State
from casework.times import SHANGHAI, local_date
from operations import demo_acts as at_desk
from operations.api_client import Json, LogIn, StaffClient
from operations.demo_accounts import OFFICES, DemoStaff, caseworkers, helpers, reviewers, supervisor
from operations.demo_acts import START, Act
from operations.demo_cast import Part
from operations.drill_stack import DrillStack, offset_for
from register.survey import SurveyHousehold

COMMUNITIES = ("向阳社区", "新华社区", "和平社区", "文化社区", "胜利社区")

ACCOUNT_AT: dict[str, Callable[[str], str]] = {
    at_desk.DESK: lambda office: caseworkers(office)[0],
    at_desk.SECOND: lambda office: caseworkers(office)[1],
    at_desk.COUNTY_1: lambda office: reviewers(office)[0],
    at_desk.COUNTY_2: lambda office: reviewers(office)[1],
    at_desk.COUNTY_3: lambda office: reviewers(office)[2],
    at_desk.SUPERVISOR: supervisor,
}


class DemoFailed(Exception):
    """A step of the demo was not possible; the Chinese words say which household, when and why."""


@dataclass(slots=True)
class DemoCase:
    """One household's case as its staff drive it; used by one thread at a time."""

    part: Part
    stack: DrillStack
    staff: DemoStaff
    place: int
    case_id: str = ""
    start: datetime = START
    offset: int = 0
    state: State = State.APPLIED
    taken: int = 0
    named: dict[str, str] = field(default_factory=dict)

    @property
    def office(self) -> str:
        return self.part.household.office

    @property
    def helper(self) -> str:
        return helpers(self.office)[self.place % 2]

    def open(self) -> None:
        """File the application over HTTP, with business time beginning on the morning of the survey."""
        self.offset = offset_for(self.start)
        form = form_of(self.part.household, self.place, local_date(self.start))
        try:
            answer = self._client(at_desk.DESK).open_case(form, self._key(), self.offset)
        except CaseworkError as no:
            raise self._failed("提出申请", self.start, no) from no
        self.case_id = str(answer["case_id"])
        self._note(answer)

    def take(self, act: Act) -> None:
        """Let time pass to an act and take it."""
        self.move(act.at)
        body = {name: self._resolved(value) for name, value in act.body.items()}
        try:
            answer = self._client(act.by).take(self.case_id, act.do, body, self._key())
        except CaseworkError as no:
            raise self._failed(COMMANDS[act.do].title, act.at, no) from no
        self._note(answer)
        if act.name is not None:
            self.named[act.name] = str(answer["about"])

    def move(self, to: datetime) -> None:
        """Let everything up to an instant fall due."""
        if self.state is not State.EXITED:
            self.stack.until(self.case_id, to, self.offset)

    def _note(self, answer: Json) -> None:
        self.state = State(answer["state"])
        self.taken += 1

    def _key(self) -> str:
        return f"demo-{self.part.household.number}-{self.taken}"

    def _client(self, by: str) -> StaffClient:
        account = self.helper if by == at_desk.HELPER else ACCOUNT_AT[by](self.office)
        return self.stack.api.staff(LogIn(account, self.staff.password))

    def _resolved(self, value: Any) -> Any:
        if value == "@helper":
            return self.helper
        return self.named[value[1:]] if isinstance(value, str) and value.startswith("@") else value

    def _failed(self, title: str, at: datetime, no: CaseworkError) -> DemoFailed:
        clause = f"（依据：{no.clause}）" if no.clause else ""
        return DemoFailed(
            f"{self.part.household.number}（{self.part.title}，个案 {self.case_id or '未建立'}）"
            f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}“{title}”没有办成：{no.message}{clause}［{no.code}］"
        )


def form_of(surveyed: SurveyHousehold, place: int, applied_on: date) -> Json:
    """Return the application form of a household of the sheet; the address is made up."""
    members = []
    for member, person in zip(surveyed.household.members, surveyed.persons, strict=True):
        facts = member.model_dump(mode="json", exclude={"member_id", "sex", "birth_date", "left_on"})
        members.append({"name": person.name, "id_number": person.id_number, "phone": person.phone} | facts)
    return {
        "office": surveyed.office,
        "community": COMMUNITIES[place % len(COMMUNITIES)],
        "address": f"{OFFICES[surveyed.office][:3]}演练街{place + 1}号",
        "applied_on": applied_on.isoformat(),
        "discovered_on": min(surveyed.surveyed_on, applied_on).isoformat(),
        "members": members,
    }
