"""One case as somebody at the county looks at it before deciding: the case, its rules, and all that was written.

Everything is read within the caller's scope in one snapshot; nothing is decided here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from casework.case import Case
from casework.commands import COMMANDS
from casework.conflicts import concerned
from casework.explanation import Why
from casework.ruling import Setting
from casework.states import Role
from console.staff_words import named
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from desk.foresight import Foreseen, Foresight
from records import case_files, worklists
from records.board import Posting, postings_of
from records.case_files import CaseRow
from records.evidence import Evidence, evidence_of
from records.household_pages import HouseholdPage, masked_household
from records.offices import office_for
from records.public_objections import unread_objections
from records.texts import texts_of
from records.timeline import TimelineEvent, events_of
from records.worklists import TaskRow


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was done before, with what was written: when, by whom, in which words."""

    seq: int
    on: date
    at: datetime
    trigger: str
    title: str
    by: str
    role: str
    says: str
    clause: str
    about: str | None
    texts: tuple[str, ...]
    why: Why


@dataclass(frozen=True, slots=True)
class Looked:
    """A case with everything a decision rests on; `names` are masked, by member id, empty for a supervisor."""

    row: CaseRow
    case: Case
    setting: Setting
    tasks: tuple[TaskRow, ...]
    said: tuple[Said, ...]
    names: dict[str, str]
    community: str
    office: str
    postings: tuple[Posting, ...]
    files: tuple[Evidence, ...]
    keep_away: tuple[str, ...]
    unread: tuple[str, ...]

    @property
    def today(self) -> date:
        return self.setting.today

    def of(self, *triggers: str) -> tuple[Said, ...]:
        """Return what was done with these steps, the last first."""
        return tuple(each for each in reversed(self.said) if each.trigger in triggers)

    def task(self, *kinds: str) -> TaskRow | None:
        """Return the open task of one of these kinds."""
        return next((task for task in self.tasks if task.kind in kinds), None)

    def who(self, member_id: str) -> str:
        """Return how a page calls a member: relation, number and masked name."""
        name = self.names.get(member_id)
        return self.case.member_words(member_id) + (f" {name}" if name else "")


@dataclass(frozen=True, slots=True)
class Choice:
    """A step that is offered: where its form is, and what would be said against it."""

    foreseen: Foreseen
    path: str
    words: str

    @property
    def by_others(self) -> bool:
        return self.foreseen.by_others

    @property
    def no(self) -> str | None:
        return self.foreseen.no.message if self.foreseen.no else None

    @property
    def clause(self) -> str | None:
        return self.foreseen.no.clause if self.foreseen.no else None


def look(desk: Desk, caller: Caller, case_id: str, now: datetime, *, names: bool) -> tuple[Looked, Foresight]:
    """Read a case; raises `NotFound` outside the caller's scope.  The foresight is of the same snapshot."""
    with desk.record.read() as work:
        row = or_not_found(case_files.get(work, caller.scope, case_id))
        case = or_not_found(case_files.full_case(work, caller.scope, case_id))
        foresight = Foresight(work, caller, now)
        texts = texts_of(work, caller.scope, case_id)
        household = masked_household(work, caller.scope, case_id)
        office = office_for(work, row.office)
        looked = Looked(
            row=row,
            case=case,
            setting=foresight.setting(case),
            tasks=worklists.tasks_of(work, caller.scope, case_id) or (),
            said=tuple(_said(event, texts) for event in events_of(work, case_id)),
            names=_names(household) if names else {},
            community=household.community if household else "",
            office=office.name if office else row.office,
            postings=postings_of(work, caller.scope, case_id) or (),
            files=evidence_of(work, caller.scope, case_id),
            keep_away=tuple(named(work, each) for each in concerned(case)),
            unread=unread_objections(work, case_id),
        )
    return looked, foresight


def choices(
    looked: Looked, foresight: Foresight, wanted: Iterable[tuple[str, str, dict[str, object]]], task: TaskRow | None
) -> tuple[Choice, ...]:
    """Return the steps that end a task, as they would go now: (trigger, words of the link, values).

    Steps of which the same would be said are one line.
    """
    claimed = task.claimed_by if task else None
    found: list[Choice] = []
    for trigger, words, given in wanted:
        ahead = foresight.step(looked.case, looked.row.clock, trigger, claimed_by=claimed, **given)
        choice = Choice(ahead, step_path(looked.case.case_id, trigger, task), words)
        last = found[-1] if found else None
        if last is not None and choice.no is not None and last.no == choice.no:
            found[-1] = replace(last, words=f"{last.words}；{words}")
        else:
            found.append(choice)
    return tuple(found)


def step_path(case_id: str, trigger: str, task: TaskRow | None = None) -> str:
    """Return where the form of a step is."""
    return f"/cases/{case_id}/steps/{trigger}" + (f"?task={task.local_id}" if task else "")


def for_others(offered: Iterable[Choice]) -> tuple[str, ...]:
    """Return why the caller may not decide, where it is because of what the caller did before."""
    return tuple(dict.fromkeys(c.no for c in offered if c.foreseen.by_others and c.no))


def _said(event: TimelineEvent, texts: dict[str, str]) -> Said:
    return Said(
        seq=event.seq,
        on=event.on,
        at=event.at,
        trigger=event.trigger,
        title=COMMANDS[event.trigger].title,
        by="" if event.by.role is Role.SYSTEM else event.by.words,
        role=event.by.role.words,
        says=event.why.says,
        clause=event.why.clause,
        about=event.about,
        texts=tuple(texts[text_id] for text_id in event.text_ids if text_id in texts),
        why=event.why,
    )


def _names(household: HouseholdPage | None) -> dict[str, str]:
    return {person.member_id: person.name for person in household.persons} if household else {}
