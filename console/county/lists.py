"""What awaits the county (县级待办): sections of open tasks of reviewers, most urgent first, and what each row shows.

A row says what is to be done, in which household (masked), by when, who holds it, and whether the caller may decide it
at all: who prepared something may not.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.case import Case
from casework.conflicts import concerned
from casework.states import Role
from casework.tasks import TASK_KINDS
from casework.times import in_words, local_date
from console import words
from console.staff_words import named_all
from desk.desk import Caller
from desk.foresight import Foreseen, Foresight
from records.applicants import Applicant, applicants_of
from records.case_files import full_cases
from records.engine import Reading
from records.figure_rows import FigureRow, Narrowed, first_rows, rows_behind
from records.figures import FIGURES, Period


@dataclass(frozen=True, slots=True)
class Section:
    """One list: which tasks stand in it, where a row leads, and what to say when there is none."""

    code: str
    words: str
    kinds: tuple[str, ...]
    page: str
    none: str


@dataclass(frozen=True, slots=True)
class Row:
    """One task as the county's lists show it."""

    case_id: str
    path: str
    applicant: str
    community: str
    what: str
    due: words.Due
    held_by: str | None
    more: tuple[str, ...]
    not_mine: str | None
    keep_away: tuple[str, ...]


_APART = (
    *("county_recheck", "seal", "decide_special_situation", "decide_exit", "confirm_exit_effect"),
    *("decide_objection", "review_certification", "approve_elimination", "confirm_stable", "restore_certification"),
)
SECTIONS = (
    Section(
        "recheck",
        "待复核、待认定",
        ("county_recheck", "seal", "decide_special_situation"),
        "review",
        "没有等待复核或认定的家庭。街道上报后会出现在这里。",
    ),
    Section("exits", "退出待决定", ("decide_exit", "confirm_exit_effect"), "exit", "没有等待决定的退出建议。"),
    Section(
        "objections",
        "异议和复查",
        ("decide_objection", "review_certification"),
        "objections",
        "没有等待县级处理的异议或认定复查。",
    ),
    Section(
        "eliminations",
        "消除和稳定就业待核准",
        ("approve_elimination", "confirm_stable"),
        "",
        "没有等待核准的消除或稳定就业。",
    ),
    Section("restored", "待恢复认定", ("restore_certification",), "", "没有等待恢复认定的家庭。"),
    Section(
        "others",
        "其他待办",
        tuple(kind for kind in TASK_KINDS if kind not in _APART),
        "",
        "没有其他等待县级办理的事项。",
    ),
)
SECTION = {section.code: section for section in SECTIONS}


def page_of(kind: str) -> str:
    """Return the county's own page on which a task is decided, "" where it is the step's form."""
    return next((section.page for section in SECTIONS if kind in section.kinds), "")


def section_rows(
    work: Reading, caller: Caller, section: Section, now: datetime, *, offset: int = 0, limit: int
) -> tuple[tuple[Row, ...], int]:
    """Return a page of a section's rows, and how many there are."""
    asked = _behind(section, now)
    found, total = rows_behind(work, caller.scope, asked, sort="urgent", offset=offset, limit=limit)
    return _rows(work, caller, {section.code: found}, now)[section.code], total


def first_of_each(
    work: Reading, caller: Caller, sections: Collection[Section], now: datetime, *, limit: int
) -> dict[str, tuple[Row, ...]]:
    """Return the first rows of some sections, by their codes; cases and names of all of them are read at once."""
    found = {
        section.code: first_rows(work, caller.scope, _behind(section, now), sort="urgent", limit=limit)
        for section in sections
    }
    return _rows(work, caller, found, now)


def _behind(section: Section, now: datetime) -> Narrowed:
    today = local_date(now)
    return Narrowed(FIGURES["tasks"], Period(today, today), kinds=section.kinds, role=Role.REVIEWER)


def _rows(
    work: Reading, caller: Caller, found: Mapping[str, Sequence[FigureRow]], now: datetime
) -> dict[str, tuple[Row, ...]]:
    """Return the rows of lists as they are shown."""
    every = [each for rows in found.values() for each in rows]
    ids = {each.case_id for each in every}
    whole = full_cases(work, caller.scope, ids)
    who = applicants_of(work, caller.scope, ids)
    staff = {each.claimed_by for each in every if each.claimed_by} | {a for c in whole.values() for a in concerned(c)}
    names, foresight = named_all(work, staff), Foresight(work, caller, now)

    def shown(each: FigureRow) -> Row | None:
        case = whole.get(each.case_id)
        return _row(foresight, each, case, who.get(each.case_id), names) if case is not None else None

    return {code: tuple(row for each in rows if (row := shown(each)) is not None) for code, rows in found.items()}


def _row(
    foresight: Foresight, found: FigureRow, case: Case, who: Applicant | None, names: Mapping[str, str]
) -> Row | None:
    caller = foresight.caller
    if found.kind is None or found.task_id is None:
        return None
    setting = foresight.setting(case)
    task_id = found.task_id[len(found.case_id) + 1 :]
    asked = _asked(found)
    ahead = foresight.step(case, found.clock, asked[0], claimed_by=found.claimed_by, **asked[1]) if asked else None
    return Row(
        case_id=found.case_id,
        path=_path(found, task_id),
        applicant=who.name if who else "",
        community=who.community if who else "",
        what=found.title or TASK_KINDS[found.kind].words,
        due=words.due(
            found.due_on,
            setting.today,
            setting.calendar,
            overdue=bool(found.overdue),
            paused=bool(found.paused),
        ),
        held_by=names[found.claimed_by]
        if found.claimed_by and found.claimed_by != caller.account
        else found.claimed_by,
        more=_more(found.kind, case),
        not_mine=_not_mine(ahead),
        keep_away=tuple(names[each] for each in concerned(case)),
    )


def _path(found: FigureRow, task_id: str) -> str:
    assert found.kind is not None
    if page := page_of(found.kind):
        return f"/county/{found.case_id}/{page}"
    return f"/cases/{found.case_id}/steps/{TASK_KINDS[found.kind].steps[0]}?task={task_id}"


def _asked(found: FigureRow) -> tuple[str, dict[str, object]] | None:
    """Return the step by which the rules are asked whether the caller may decide, with values that let them say so."""
    match found.kind:
        case "county_recheck":
            return "pass_recheck", {}
        case "seal":
            return "certify", {}
        case "decide_special_situation":
            return "decide_special_situation", {"eligible": True}
        case "decide_exit":
            return "approve_exit", {"calendar_checked": True}
        case "confirm_exit_effect":
            return "confirm_exit_effect", {"calendar_checked": True}
        case "decide_objection":
            return "dismiss_objection", {"objection": found.about or ""}
        case "review_certification":
            return "conclude_review", {"objection": found.about or "", "outcome": "stands"}
        case "approve_elimination":
            return "approve_elimination", {"employment": found.about or ""}
        case "restore_certification" | "confirm_stable":
            return found.kind, {}
        case _:
            return None


def _not_mine(ahead: Foreseen | None) -> str | None:
    return ahead.no.message if ahead is not None and ahead.by_others and ahead.no else None


def _more(kind: str, case: Case) -> tuple[str, ...]:
    """Return what a list says beside the task: of an exit the household's word and until when it may answer."""
    proposal = case.exit_proposal
    if kind != "decide_exit" or proposal is None:
        return ()
    if proposal.responded_on is not None:
        answer = f"家庭{in_words(proposal.responded_on)}已陈述申辩"
    elif proposal.response_ended:
        answer = f"家庭未陈述申辩，期限{in_words(proposal.respond_by)}已届满"
    else:
        answer = f"家庭可在{in_words(proposal.respond_by)}24时前陈述申辩"
    return (proposal.reason.words, answer)
