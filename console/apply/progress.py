"""Where an online application is (网上申请的步骤): its pages in order, how each is called, and what is still missing.

Pure but for what the draft holds; the questions are those of `console/questions`.
"""

from dataclasses import dataclass, field

from casework.errors import CaseworkError
from console.forms import Mistake
from console.questions.pages import Kind, Question, pages_of, questions_of
from console.questions.reading import Read, read_application, read_day, read_id_number, read_yuan
from console.words import day, yuan
from desk.draft_answers import APPLICANT, HOME, Answers, person_page, work_page

NOT_ASKED = ("applied_on", "discovered_on", "relocated_on", "office")
"""Dates that the desk sets (the day of applying is the day of handing in); the office is shown by its name."""


@dataclass(frozen=True, slots=True)
class Section:
    """The answers of one page as people read them; `change` leads back to it."""

    page: str
    heading: str
    change: str
    rows: tuple[tuple[str, str], ...] = field(repr=False)
    mistakes: tuple[Mistake, ...]


def address(draft_id: str, page: str) -> str:
    return f"/apply/{draft_id}/{page}"


def heading_of(answers: Answers, page: str) -> str:
    """Return how a page is called for the family that fills it in."""
    kind, _, key = page.partition("/")
    if kind == HOME:
        return "住址和受理机构"
    if key == APPLICANT:
        return "申请人" if kind == "person" else "申请人的工作和收入"
    name = answers.page(person_page(key)).get("name", "").strip()
    if kind == "work":
        return f"{name or '家人'}的工作和收入"
    return name or "家人"


def next_page(page: str) -> str:
    """Return the page after one: the applicant, home, the applicant's work, then the others one by one."""
    kind, _, key = page.partition("/")
    if page == person_page(APPLICANT):
        return HOME
    if page == HOME:
        return work_page(APPLICANT)
    return work_page(key) if kind == "person" else "family"


def read_whole(answers: Answers, today: str) -> Read:
    """Read the whole draft as if it were handed in on a day."""
    home = dict(answers.page(HOME)) | {"applied_on": today}
    return read_application(Answers({**answers.pages, HOME: home}, answers.stamps))


def sections_of(answers: Answers, read: Read, draft_id: str = "") -> tuple[Section, ...]:
    """Return everything typed, page by page."""
    sections = []
    for page in pages_of(answers):
        typed = answers.page(page)
        asked = [q for q in questions_of(page) if q.name not in NOT_ASKED]
        rows = tuple((q.label, said) for q in asked if (said := _said(q, typed.get(q.name, ""))))
        path = address(draft_id, page) + "?back=check"
        sections.append(Section(page, heading_of(answers, page), path, rows, read.on(page)))
    return tuple(sections)


def _said(question: Question, typed: str) -> str:
    """Return an answer as it was understood; one that was not, as it was typed; nothing where nothing is missing."""
    if not typed:
        return "没有填" if question.required and question.kind is not Kind.TICK else ""
    try:
        if question.kind is Kind.DAY:
            return day(read_day(typed))
        if question.kind is Kind.YUAN:
            return yuan(read_yuan(typed))
        if question.kind is Kind.ID_NUMBER:
            number = read_id_number(typed).number
            return f"{number[:6]} {number[6:14]} {number[14:]}"
    except (ValueError, CaseworkError):
        return typed
    if question.kind is Kind.TICK:
        return "是"
    return dict(question.options).get(typed, typed)
