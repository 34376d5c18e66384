"""Households, cases and whole lives with sensible defaults, on the pure rules.  Nothing here is random.

`Life` drives one case through dates: what falls due between two steps happens by itself, as with the workflow's timer.
"""

from datetime import date, datetime
from typing import Any

from casework.case import Case
from casework.commands import COMMANDS, OPENINGS
from casework.commands.calendar_change import AdoptCalendar
from casework.commands.policy_change import AdoptPolicy
from casework.decide import decide
from casework.events import CaseEvent
from casework.household import Household, Member, Relation, Sex, Track, WorkStatus
from casework.ruling import Setting
from casework.states import Actor, Role
from casework.times import at_local
from casework.timetable import due_command, next_due
from policies.calendar_model import WorkCalendar
from policies.calendars import load_calendar
from policies.packs import load_pack
from policies.schema import Policy

CASE_ID, OFFICE = "220302004-2026-00001", "220302004"
TEXT = "txt-" + "0" * 32

CLERK = Actor(account="caseworker1", role=Role.CASEWORKER)
OTHER_CLERK = Actor(account="caseworker2", role=Role.CASEWORKER)
COUNTY = Actor(account="reviewer1", role=Role.REVIEWER)
SEALER = Actor(account="reviewer2", role=Role.REVIEWER)
CHIEF = Actor(account="supervisor1", role=Role.SUPERVISOR)
HELPER = Actor(account="helper1", role=Role.HELPER)
STAFF = (CLERK, OTHER_CLERK, COUNTY, SEALER, CHIEF, HELPER)

JOB = {"channel": "employer", "evidence": "contract", "monthly_income_fen": 260000}


def a_member(member_id: str = "M1", **facts: Any) -> Member:
    """A man of 46, registered unemployed, unless said otherwise."""
    defaults: dict[str, Any] = {
        "relation": Relation.APPLICANT if member_id == "M1" else Relation.SPOUSE,
        "sex": Sex.MALE,
        "birth_date": date(1980, 3, 5),
        "booklet": "A",
        "marital": "已婚",
        "status": WorkStatus.REGISTERED_UNEMPLOYED,
    }
    return Member(member_id=member_id, **(defaults | facts))


def a_household(*members: Member) -> Household:
    """A couple, both registered unemployed, unless members are given."""
    wife = a_member("M2", sex=Sex.FEMALE, birth_date=date(1982, 7, 9), track=Track.WORKER)
    return Household(members=members or (a_member(), wife))


class Life:
    """One case from application on.  `do` takes a step; `until` lets time pass; both ring what falls due before."""

    def __init__(
        self, *members: Member, pack: str | Policy = "jilin-2021", calendar: WorkCalendar | None = None
    ) -> None:
        self.household = a_household(*members)
        self.policy = load_pack(pack) if isinstance(pack, str) else pack
        self.calendar = calendar or load_calendar()
        self.events: list[CaseEvent] = []
        self.now = at_local(date(2000, 1, 1), 0)

    @property
    def case(self) -> Case:
        return self.events[-1].case

    @property
    def setting(self) -> Setting:
        former = self.case.former_terms if self.events else ()
        return Setting(self.policy, self.calendar, self.now, former=former)

    @property
    def open_tasks(self) -> list[str]:
        """The kinds of open tasks; those of the contingency plan, which start by themselves, apart."""
        return sorted(t.kind for t in self.case.tasks if t.kind != "contingency_step")

    def until(self, when: str) -> list[CaseEvent]:
        """Let time pass to a date (10:00) or an instant in Shanghai; return what fell due."""
        to = instant(when)
        fallen: list[CaseEvent] = []
        while self.events and (due := due_command(self.case, to)) is not None:
            at = next_due(self.case)
            assert at is not None
            self.now = max(self.now, at)
            command, rung = due
            fallen.append(decide(rung, command, self.policy, self.calendar, self.now))
            self.events.append(fallen[-1])
        assert to >= self.now, "a life goes forward"
        self.now = to
        return fallen

    def do(self, when: str, trigger: str, by: Actor = CLERK, **fields: Any) -> CaseEvent:
        """Take a step; dates left out are the day's, texts left out are some text."""
        self.until(when)
        kind = COMMANDS[trigger]
        day = self.setting.today
        if trigger in OPENINGS:
            fields = {"case_id": CASE_ID, "office": OFFICE, "household": self.household} | fields
        for name, about in kind.model_fields.items():
            if name in fields or not about.is_required() or name in ("command_id", "by"):
                continue
            if about.annotation is date:
                fields[name] = day
            elif any("txt-" in str(m) for m in about.metadata):
                fields[name] = TEXT
        command = kind.model_validate({"command_id": f"k{len(self.events)}-{trigger}", "by": by, **fields})
        before = self.case if self.events else None
        self.events.append(decide(before, command, self.policy, self.calendar, self.now))
        return self.events[-1]

    def adopt(self, when: str, calendar: WorkCalendar) -> CaseEvent:
        """Count on another calendar from now on."""
        self.until(when)
        command = AdoptCalendar(command_id=f"calendar-{calendar.version}-{self.case.seq}", calendar=calendar)
        self.events.append(decide(self.case, command, self.policy, self.calendar, self.now))
        self.calendar = calendar
        return self.events[-1]

    def adopt_policy(self, when: str, policy: Policy) -> CaseEvent:
        """Live under another policy from now on."""
        self.until(when)
        command = AdoptPolicy(command_id=f"policy-{policy.label}-{self.case.seq}", policy=policy, ordered_by="admin")
        self.events.append(decide(self.case, command, self.policy, self.calendar, self.now))
        self.policy = policy
        return self.events[-1]

    def publicised(self, day: str) -> "Life":
        """Apply, accept, pass the first review and post the notice, all on one day."""
        self.do(day, "apply")
        self.do(day, "accept_application")
        self.verified(day)
        self.do(day, "pass_first_review", compared_online=True)
        self.do(day, "post_publicity")
        if self.policy.publicity.proof.value == "photo":
            self.do(day, "record_publicity_proof")
        return self

    def verified(self, day: str) -> "Life":
        """Record what the locality wants recorded before first review: nothing found, the applicant met."""
        terms = self.policy.verification
        if terms.comparison.value == "connected":
            self.compared(day)
        if terms.visit.value == "recorded":
            self.do(day, "record_visit", met=("M1",))
        return self

    def compared(self, day: str, **hits: str) -> CaseEvent:
        """Record what every source says of every member: nothing, or `business_M2="hit"`."""
        results = [
            {"source": s, "member": m.member_id, "result": hits.get(f"{s}_{m.member_id}", "clear")}
            for s in self.policy.verification.sources.value
            for m in self.case.household.members
        ]
        return self.do(day, "record_comparison", results=results)

    def certified(self, posted: str, sealed: str) -> "Life":
        """Be certified on a day, the notice having been posted on an earlier one."""
        self.publicised(posted)
        self.do(sealed, "report_up")
        self.do(sealed, "pass_recheck", COUNTY)
        self.do(sealed, "certify", SEALER)
        return self

    def assisted(self, posted: str = "2026-09-08", sealed: str = "2026-09-18") -> "Life":
        """Be certified, with a helper and a signed plan, on one day."""
        self.certified(posted, sealed)
        self.do(sealed, "assign_helper", helper="helper1")
        self.do(sealed, "sign_plan")
        return self

    def employed(self, day: str, approved: str | None = None, member: str = "M1", **fields: Any) -> str:
        """Record a job and, where a day is given, let the county approve; return the job's number."""
        job = self.do(day, "record_employment", HELPER, member=member, **(JOB | fields)).about
        assert job is not None
        if approved:
            self.do(approved, "approve_elimination", COUNTY, employment=job)
        return job

    def refused(self, day: str, judged: str | None, member: str = "M1", justified: bool = False) -> str:
        """Refer a job, record the refusal with a statement, and judge it; return the refusal's number."""
        number = len(self.events)
        referral = self.do(
            day, "record_referral", HELPER, member=member, vacancy=f"V{number}", pay_fen=260000,
            matches_plan=True, acknowledged=True,
        ).about  # fmt: skip
        refusal = self.do(day, "record_refusal", HELPER, member=member, referral=referral, statement=TEXT).about
        assert refusal is not None
        if judged:
            self.judged(judged, refusal, justified)
        return refusal

    def judged(self, day: str, refusal: str, justified: bool) -> CaseEvent:
        """Judge a refusal."""
        code = "illness_or_care" if justified else None
        return self.do(day, "judge_refusal", CLERK, refusal=refusal, justified=justified, reason_code=code)

    def contact(self, day: str, channel: str = "phone", outcome: str = "failed", **fields: Any) -> CaseEvent:
        """Try to reach the household."""
        return self.do(day, "record_contact", HELPER, channel=channel, outcome=outcome, **fields)


def a_case(**facts: Any) -> Case:
    """An assisted case with a running promise, with some facts changed."""
    return Life().assisted().case.model_copy(update=facts)


def instant(when: str) -> datetime:
    """Read "2026-10-10" (10:00) or "2026-10-10 17:00" as Shanghai time."""
    day, _, clock = when.partition(" ")
    hour, _, minute = (clock or "10:00").partition(":")
    return at_local(date.fromisoformat(day), int(hour), int(minute))
