"""Where one is in an intake (受理进度): the steps in order, which are done, and which page comes next."""

from dataclasses import dataclass

from console.intake.outlook import Outlook
from console.questions.pages import pages_of
from console.questions.reading import Read, read_application
from desk.draft_answers import APPLICANT, HOME, SENT, Answers, person_page, work_page
from records.drafts import Draft

STEPS = (
    ("applicant", "申请人"),
    ("home", "住址和日期"),
    ("members", "家庭成员"),
    ("family", "谁计入家庭"),
    ("duplicates", "查重"),
    ("check", "核对提交"),
)
BACK = ("check", "members", "family", "duplicates", "monitoring")
"""Pages one may come from, to change one thing and go back."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the progress: `here` is the page one is on, `said` what has become of it."""

    words: str
    path: str
    here: bool
    said: str


def address(draft_id: str, page: str = "") -> str:
    return f"/intake/{draft_id}/{page}" if page else f"/intake/{draft_id}"


def path_of(draft_id: str, step: str) -> str:
    return address(draft_id, person_page(APPLICANT) if step == "applicant" else step)


def steps_of(found: Outlook, here: str) -> tuple[Step, ...]:
    """Return the progress of a draft as its pages show it."""
    open_pages = {mistake.page for mistake in found.mistakes}
    done = {
        "applicant": not open_pages & {person_page(APPLICANT), work_page(APPLICANT)},
        "home": HOME not in open_pages,
        "members": not open_pages - {HOME},
    }
    return tuple(
        Step(words, path_of(found.draft.draft_id, name), name == here, "已填" if done.get(name) else "")
        for name, words in STEPS
    )


def next_page(page: str) -> str:
    """Return the page that follows one of the questions."""
    kind, _, key = page.partition("/")
    if kind == "person":
        return work_page(key)
    if kind == "work":
        return HOME if key == APPLICANT else "members"
    return {HOME: "members"}.get(page, "check")


def first_open(answers: Answers, read: Read) -> str:
    """Return where to go on with a draft: the first page of questions with something missing, else the family."""
    wrong = {mistake.page for mistake in read.mistakes}
    return next((page for page in pages_of(answers) if page in wrong), "family")


def how_far(draft: Draft) -> str:
    """Say how far a draft is, for the list."""
    answers = Answers.of(draft.content)
    if not answers.pages:
        return "还没有填写"
    if answers.page(SENT):
        return "已提交，还没有得到答复，请再次提交"
    read = read_application(answers)
    people = len(answers.people)
    if not read.mistakes:
        return f"{people}人，已填完，待核对提交"
    return f"{people}人，还有{len(read.mistakes)}处待补"


def page_words(answers: Answers, page: str) -> str:
    """Name a page of questions as links name it."""
    kind, _, key = page.partition("/")
    if kind == HOME:
        return "住址和日期"
    people = answers.people
    number = people.index(key) + 1 if key in people else len(people) + 1
    who = (
        "申请人" if key == APPLICANT else answers.page(person_page(key)).get("name", "").strip() or f"第{number}位成员"
    )
    return f"{who}：{'就业和收入' if kind == 'work' else '身份'}"
