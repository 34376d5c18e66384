"""What a draft would become (预判): read as far as it can be, the household judged, every later "no" said now.

One look a page: it reads the draft once, and nothing is stored.  In a drill a draft may say on which day its case
begins; elsewhere that answer does not exist.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from casework.eligibility import Assessment, Outcome, Reason, assess, working
from casework.errors import CaseworkError, SaidNo
from casework.household import Household
from casework.times import SHANGHAI, local_date
from console.forms import Mistake
from console.questions.checks import About, about
from console.questions.reading import PageMistake, Read, page_of_field, read_application, read_day, read_id_number
from console.typed_values import plain
from desk.desk import Caller, Desk
from desk.draft_answers import APPLICANT, HOME, Answers, person_page
from desk.trying_out import Intake, Judged, household_of, judged
from policies.errors import PolicyError
from policies.packs import pack_for
from policies.schema import Policy
from records.drafts import Draft

DRILL_DAY = "drill_day"
"""Asked in a drill alone: the day on which the case begins."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """A draft as it stands.  `judged` only when everything is there and nothing speaks against taking it in."""

    draft: Draft
    area: str
    answers: Answers = field(repr=False)
    today: date
    read: Read = field(repr=False)
    policy: Policy | None
    household: Household | None
    assessment: Assessment | None
    judged: Judged | None
    refusal: CaseworkError | None
    mistakes: tuple[PageMistake, ...]

    @property
    def office(self) -> str:
        """Where the case is opened."""
        asked = self.read.form.office if self.read.form else None
        return asked or self.area

    @property
    def forwarded(self) -> bool:
        return self.office != self.area

    @property
    def eligible(self) -> bool:
        return self.assessment is not None and self.assessment.outcome is Outcome.ELIGIBLE

    def place_of(self, key: str) -> int:
        """Return a person's place from 1: M1, M2 …"""
        return self.answers.people.index(key) + 1

    def name_of(self, key: str) -> str:
        return plain(self.answers.page(person_page(key)).get("name", "")) or f"第{self.place_of(key)}位成员"

    def about(self, key: str) -> About | None:
        return about(self.answers.page(person_page(key)).get("id_number", ""), self.today)

    def on(self, page: str) -> tuple[Mistake, ...]:
        return tuple(found.mistake for found in self.mistakes if found.page == page)

    @property
    def earners(self) -> tuple[str, ...]:
        """The keys of those in the base who work: whose work is asked about for key monitoring."""
        if self.policy is None or self.household is None or self.assessment is None:
            return ()
        base = set(self.assessment.base)
        found = {m.member_id for m in self.household.members if working(m, self.policy.eligibility)} & base
        return tuple(key for key in self.answers.people if f"M{self.place_of(key)}" in found)

    @property
    def only_works(self) -> bool:
        """Whether the one reason against it is that somebody works."""
        return self.assessment is not None and self.assessment.reason is Reason.MEMBER_EMPLOYED


def outlook(desk: Desk, caller: Caller, draft: Draft, now: datetime) -> Outlook:
    """Read a draft and judge it as far as that can be done."""
    answers = Answers.of(draft.content)
    begins, wrong_day = drill_day(desk, answers)
    today = begins or local_date(now)
    offset = _offset(begins, now) if begins else None
    read = read_application(answers, **({} if offset is None else {"clock_offset": offset}))
    mistakes = [*read.mistakes, *wrong_day, *_numbers(answers, today)]
    policy = policy_for((read.form.office if read.form else None) or caller.area, today)
    household = assessment = found = refusal = None
    if APPLICANT in read.members:
        numbers = {answers.people.index(key) + 1: form for key, form in read.members.items()}
        if all((told := about(form.id_number, today)) is not None and told.born <= today for form in numbers.values()):
            household = household_of(numbers)
            assessment = assess(household, policy, today) if policy else None
    if read.form is not None and not mistakes:
        try:
            found = judged(desk, Intake(caller, read.form, "judged", now))
        except CaseworkError as no:
            refusal = no
            place = page_of_field(no.field, answers)
            if place is not None:
                mistakes.append(PageMistake(place[0], Mistake(place[1], no.message)))
    return Outlook(
        draft, caller.area, answers, today, read, policy, household, assessment, found, refusal, tuple(mistakes)
    )


def _numbers(answers: Answers, today: date) -> list[PageMistake]:
    """Return what is wrong with ID numbers that are right by themselves: used twice, or born after today."""
    found: list[PageMistake] = []
    seen: dict[str, int] = {}
    for place, key in enumerate(answers.people, 1):
        page = person_page(key)
        try:
            person = read_id_number(answers.page(page).get("id_number", ""))
        except SaidNo:
            continue
        first = seen.setdefault(person.number, place)
        if first != place:
            words = f"与第{first}位成员的公民身份号码相同，请核对"
            found.append(PageMistake(page, Mistake("id_number", words)))
        elif person.birth_date > today:
            found.append(PageMistake(page, Mistake("id_number", "身份证号中的出生日期晚于今天，请逐位核对")))
    return found


def policy_for(office: str, today: date) -> Policy | None:
    """Return the policy an office works under on a day, or None for a code that is no area's."""
    try:
        return pack_for(office, on=today)
    except PolicyError:
        return None


def drill_day(desk: Desk, answers: Answers) -> tuple[date | None, list[PageMistake]]:
    """Return the day on which a drill's case begins, if one was typed."""
    typed = answers.page(HOME).get(DRILL_DAY, "")
    if not desk.drill or not plain(typed):
        return None, []
    try:
        return read_day(typed), []
    except ValueError as no:
        return None, [PageMistake(HOME, Mistake(DRILL_DAY, f"演练日期{no}"))]


def today_of(desk: Desk, answers: Answers, now: datetime) -> date:
    """Return the day it is for a draft."""
    return drill_day(desk, answers)[0] or local_date(now)


def extra_of(desk: Desk, page: str) -> tuple[str, ...]:
    """Return the questions that only this door asks on a page."""
    return (DRILL_DAY,) if desk.drill and page == HOME else ()


def _offset(begins: date, now: datetime) -> int:
    """Return how far the case's clock is from the desk's: the same time of day on another day."""
    local = now.astimezone(SHANGHAI)
    return round((local.replace(year=begins.year, month=begins.month, day=begins.day) - local) / timedelta(seconds=1))
