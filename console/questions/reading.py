"""From what was typed to an application (读取申请表), with every mistake on its page and field.

`read_application(answers, …)` is the one way from a draft to an `ApplicationForm`; both doors use it.  Nothing is
thrown away: what cannot be read stays in the draft as typed and comes back as a `Mistake`.  Judging the household is
not done here (`desk/trying_out.py`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError

from api.wrong_bodies import body_errors
from casework.errors import SaidNo
from casework.household import Relation
from casework.resident_id import ResidentId, read_resident_id
from console.forms import Mistake
from console.questions.pages import SAME_BOOKLET, YES, Kind, Question, questions_of
from console.typed_values import Unreadable, amount, day, plain
from desk.draft_answers import APPLICANT, HOME, Answers, person_page, work_page
from desk.intake_form import HIGHEST_FEN, ApplicationForm, MemberForm


@dataclass(frozen=True, slots=True)
class PageMistake:
    """What to correct, and on which page of the draft."""

    page: str
    mistake: Mistake


@dataclass(frozen=True, slots=True)
class Read:
    """What could be read: the whole form when nothing is wrong, and everybody who is complete by key."""

    form: ApplicationForm | None = field(repr=False)
    members: Mapping[str, MemberForm] = field(repr=False)
    mistakes: tuple[PageMistake, ...]

    def on(self, page: str) -> tuple[Mistake, ...]:
        """Return the mistakes of one page."""
        return tuple(m.mistake for m in self.mistakes if m.page == page)


def read_id_number(typed: str) -> ResidentId:
    """Read an ID number as people type it, with blanks and full-width digits.  Raises `InvalidResidentId`."""
    return read_resident_id("".join(plain(typed).split()))


def read_day(typed: str) -> date:
    """Read a day: 2026-09-30, 2026.9.30, 2026年9月30日.  Raises `ValueError` with Chinese words."""
    try:
        return date.fromisoformat(day(typed))
    except Unreadable:
        raise ValueError("应为存在的日期，写作 2026-09-30") from None


def read_yuan(typed: str) -> int:
    """Read an amount in yuan, return fen: 1880, 1,880.50, 1880元.  Raises `ValueError` with Chinese words."""
    try:
        fen = amount(typed)
    except Unreadable:
        raise ValueError("应为金额，单位元，最多两位小数，例如 1880 或 1880.50") from None
    if fen > HIGHEST_FEN:
        raise ValueError("金额过大，请核对，单位是元")
    return fen


def read_page(page: str, fields: Mapping[str, str]) -> tuple[dict[str, Any], tuple[Mistake, ...]]:
    """Return the values of one page and what is wrong with them, each question by itself."""
    values: dict[str, Any] = {}
    wrong: list[Mistake] = []
    for question in questions_of(page):
        typed = fields.get(question.name, "")
        if not plain(typed):
            if question.required and question.kind is not Kind.TICK:
                wrong.append(Mistake(question.name, question.missing))
            continue
        try:
            values[question.name] = _value(question, typed)
        except SaidNo as no:
            wrong.append(Mistake(question.name, no.message))
        except ValueError as no:
            wrong.append(Mistake(question.name, f"{question.label}{no}"))
    model: Any = ApplicationForm if page == HOME else MemberForm
    wrong.extend(_by_the_form(model, page, values, wrong))
    order = {question.name: place for place, question in enumerate(questions_of(page))}
    return values, tuple(sorted(wrong, key=lambda mistake: order.get(mistake.field or "", len(order))))


def read_member(answers: Answers, key: str) -> tuple[MemberForm | None, tuple[PageMistake, ...]]:
    """Return a person as the application has him or her; None with what is missing or wrong."""
    who, who_wrong = read_page(person_page(key), answers.page(person_page(key)))
    work, work_wrong = read_page(work_page(key), answers.page(work_page(key)))
    mistakes = (
        *(PageMistake(person_page(key), m) for m in who_wrong),
        *(PageMistake(work_page(key), m) for m in work_wrong),
    )
    if mistakes:
        return None, mistakes
    if key == APPLICANT:
        typed = answers.page(person_page(key))
        who |= {"relation": Relation.APPLICANT, "booklet": typed.get("booklet") or SAME_BOOKLET}
        who |= {"cohabiting": typed.get("cohabiting", YES) == YES}
    return MemberForm.model_validate({**who, **work}), ()


def read_application(answers: Answers, **more: Any) -> Read:
    """Read a whole draft.  `more` are fields of the form that are not asked: `clock_offset`, `pack` (drills alone)."""
    home, wrong = read_page(HOME, answers.page(HOME))
    mistakes = [PageMistake(HOME, m) for m in wrong]
    members: dict[str, MemberForm] = {}
    for key in answers.people:
        member, found = read_member(answers, key)
        mistakes.extend(found)
        if member is not None:
            members[key] = member
    if mistakes:
        return Read(None, members, tuple(mistakes))
    form = ApplicationForm.model_validate({**home, **more, "members": tuple(members.values())})
    return Read(form, members, ())


def page_of_field(field_: str | None, answers: Answers) -> tuple[str, str] | None:
    """Return the page and question that a field of the form stands for: `members[1].id_number`, `community`."""
    found = re.fullmatch(r"members\[([0-9]+)\]\.(\w+)", field_ or "")
    if found is None:
        names = {q.name for q in questions_of(HOME)}
        return (HOME, field_) if field_ in names and field_ is not None else None
    if int(found[1]) >= len(answers.people):
        return None
    key = answers.people[int(found[1])]
    for page in (person_page(key), work_page(key)):
        if found[2] in {q.name for q in questions_of(page)}:
            return page, found[2]
    return None


def _value(question: Question, typed: str) -> Any:
    match question.kind:
        case Kind.ID_NUMBER:
            return read_id_number(typed).number
        case Kind.DAY:
            return read_day(typed)
        case Kind.YUAN:
            return read_yuan(typed)
        case Kind.PHONE:
            return plain(typed)
        case Kind.YES_NO | Kind.TICK:
            return typed == YES
        case Kind.CHOICE:
            given = typed.strip()
            if question.name != "booklet" and given not in {option for option, _ in question.options}:
                raise ValueError("不是可选的一项，请重新选择")
            return given
        case _:
            return plain(typed) if question.name == "office" else typed.strip()


def _by_the_form(model: Any, page: str, values: Mapping[str, Any], wrong: list[Mistake]) -> list[Mistake]:
    """Let the form itself look at what could be read; what is not on this page is not said to be missing."""
    labels = {q.name: q.label for q in questions_of(page)}
    known = {m.field for m in wrong}
    try:
        model.model_validate(dict(values))
    except ValidationError as found:
        problems = [p for p in found.errors(include_url=False) if p["loc"][0] in values]
        said = body_errors([{**p, "loc": ("body", *p["loc"])} for p in problems])
        return [Mistake(name, f"{labels[name]}{words}") for name, words in said if name in labels and name not in known]
    return []
