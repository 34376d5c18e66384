"""What a number says while it is typed (边填边核): what an ID number tells of its holder, the shape of a phone number.

Pure.  A number comes in a posted form, never in an address; the words are those that come when the page is saved.
A route that answers with `templates/questions/found.html` belongs to each door: `console/intake/checks.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pydantic import TypeAdapter, ValidationError

from casework.errors import SaidNo
from casework.household import Sex, Track
from casework.times import in_words
from casework.working_age import retirement_dates, turns_sixteen
from console.questions.reading import read_id_number
from console.typed_values import plain
from desk.intake_form import Mobile

_MOBILE: TypeAdapter[str] = TypeAdapter(Mobile)


@dataclass(frozen=True, slots=True)
class Found:
    """What to say below a field.  `tone`: good, warn, bad; nothing is said of an empty field."""

    tone: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What an ID number tells of its holder on a day.  `asks_track`: the sort of work decides when she retires."""

    born: date
    sex: Sex
    age: int
    young: bool
    retired: bool
    asks_track: bool
    age_words: str
    warnings: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return f"{in_words(self.born)}出生，{self.age}周岁，{self.sex.value}。{self.age_words}"


def about(id_number: str, today: date, track: Track | None = None) -> About | None:
    """Return what a number tells; None when it cannot be read.  Says nothing of a birth date in the future."""
    try:
        person = read_id_number(id_number)
    except SaidNo:
        return None
    born, sex = person.birth_date, person.sex
    if born > today:
        return None
    since, dates = turns_sixteen(born), retirement_dates(sex, born, track)
    first, last = dates[0], dates[-1]
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    young, retired = today < since, today >= last
    if young:
        words = f"未满16周岁，{in_words(since)}起进入劳动年龄。"
    elif retired:
        words = f"已达法定退休年龄（{in_words(last)}起），不计入基数。"
    elif first == last:
        words = f"在法定劳动年龄内，法定退休日期{in_words(last)}。"
    elif today < first:
        words = f"在法定劳动年龄内；法定退休日期：工人岗位{in_words(first)}，管理、技术岗位{in_words(last)}。"
    else:
        words = (
            f"是否已达法定退休年龄取决于职工类型：工人岗位{in_words(first)}已到龄，"
            f"管理、技术岗位至{in_words(last - timedelta(days=1))}仍在劳动年龄内。请务必填写职工类型。"
        )
    asks = (
        len(set(retirement_dates(sex, born, None))) > 1 and not young and today < max(retirement_dates(sex, born, None))
    )
    return About(born, sex, age, young, retired, asks, words, person.warnings)


def of_id_number(typed: str, today: date) -> Found | None:
    """Say what an ID number states, or which part of it to look at."""
    if not plain(typed):
        return None
    try:
        read_id_number(typed)
    except SaidNo as no:
        return Found("bad", (f"{no.message}。" if not no.message.endswith("。") else no.message,))
    found = about(typed, today)
    if found is None:
        return Found("bad", ("身份证号中的出生日期晚于今天，请逐位核对。",))
    return Found("warn" if found.warnings else "good", (found.words, *found.warnings))


def of_phone(typed: str) -> Found | None:
    """Say whether this can be a mobile number."""
    if not plain(typed):
        return None
    try:
        digits = _MOBILE.validate_python(plain(typed))
    except ValidationError:
        return Found("bad", (f"应为11位手机号，以1开头；现为{sum(c.isdigit() for c in plain(typed))}位数字，请核对。",))
    return Found("good", (f"手机号写法正确：{digits[:3]} {digits[3:7]} {digits[7:]}",))


def called(fields: Mapping[str, str], fallback: str) -> str:
    """Return how a page calls somebody whose page is being filled in: the name as typed, for the desk's own eyes."""
    return fields.get("name", "").strip() or fallback
