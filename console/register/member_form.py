"""The people of a household on one page (家庭情况表): typed or changed at the door, read as a survey sheet is.

Who somebody is that the register knows already is not shown and not asked again; a new person's name and number are
typed.  What is wrong is said at its field, in the sheet's own words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from casework.household import Capacity, Hukou, Marital, Relation, Track, WorkStatus
from casework.masking import mask_name
from console.forms import Form, Mistake
from console.typed_values import Unreadable, amount, amount_in_words, plain
from records.known_households import Known, KnownPerson
from register.survey import SurveyHousehold
from register.survey_columns import BOOKLET, HOUSEHOLD, NAME, OFFICE, PHONE, RELATION, RESIDENT_ID, SURVEYED_ON
from register.survey_rows import as_lines, facts_of
from register.survey_sheet import survey_of

MOST = 12
SAME_BOOKLET, OTHER_BOOKLET = "A", "B"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question about somebody: the sheet's column, the field's name, and what there is to choose."""

    column: str
    name: str
    options: tuple[str, ...] = ()
    usual: str = ""


WHO = (
    Asked(NAME, "name"),
    Asked(RESIDENT_ID, "id_number"),
    Asked(PHONE, "phone"),
    Asked(RELATION, "relation", tuple(r.value for r in Relation)),
    Asked(BOOKLET, "booklet", (SAME_BOOKLET, OTHER_BOOKLET), SAME_BOOKLET),
)
FACTS = (
    Asked("户口性质", "hukou", tuple(h.value for h in Hukou), Hukou.URBAN.value),
    Asked("婚姻状况", "marital", tuple(m.value for m in Marital)),
    Asked("共同生活", "cohabiting", ("是", "否"), "是"),
    Asked("劳动能力", "capacity", tuple(c.value for c in Capacity), Capacity.FULL.value),
    Asked("就业愿望", "willing", ("有", "无"), "有"),
    Asked("就业失业状态", "status", tuple(s.value for s in WorkStatus)),
    Asked("职工类型", "track", ("", *(t.value for t in Track))),
    Asked("月收入", "wage", usual="0"),
    Asked("经营性收入", "business", usual="0"),
    Asked("投资性收入", "investment", usual="0"),
    Asked("享受低保", "dibao", ("否", "是"), "否"),
    Asked("享受失业保险", "insurance", ("否", "是"), "否"),
)
MONEY = ("月收入", "经营性收入", "投资性收入")


@dataclass(frozen=True, slots=True)
class Somebody:
    """One block of the page: a person the register knows (`person`), or a new one."""

    place: int
    title: str
    person: KnownPerson | None = field(repr=False)


def blocks(known: Known | None, form: Form) -> tuple[Somebody, ...]:
    """Return the people the page asks about: those known, then new ones, at least one for a new household."""
    there = tuple(
        Somebody(n, f"{member.relation.value}（{mask_name(person.name)}）", person)
        for n, (member, person) in enumerate(
            zip(known.household.members, known.persons, strict=True) if known else (), 1
        )
    )
    typed = form.text("more")
    more = int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 3 else (0 if known else 1)
    more = min(more, MOST - len(there)) if known else max(1, min(more, MOST))
    begun = len(there)
    new = (
        Somebody(n, "申请人" if n == 1 else f"第{n}位成员（新增）", None) for n in range(begun + 1, begun + more + 1)
    )
    return (*there, *new)


def shown(known: Known | None, more: int) -> Form:
    """Return the form as it is opened: what the register says of those it knows, what is usual of the others."""
    values = {"more": str(more)}
    members = known.household.members if known else ()
    for place, member in enumerate(members, 1):
        facts = facts_of(member)
        values |= {f"{asked.name}-{place}": facts[asked.column] for asked in FACTS}
    for place in range(len(members) + 1, len(members) + more + 1):
        values |= {f"{asked.name}-{place}": asked.usual for asked in (*WHO, *FACTS) if asked.usual}
    if not members:
        values["relation-1"] = Relation.APPLICANT.value
    return Form.with_values(values)


def read(
    form: Form, known: Known | None, *, number: str, office: str, on: date
) -> tuple[SurveyHousehold | None, tuple[Mistake, ...]]:
    """Return the household as it was typed, or what is wrong with it."""
    people = [one for one in blocks(known, form) if form.text(f"gone-{one.place}") is None]
    if not people or people[0].place != 1:
        return None, (Mistake("gone-1", "申请人离开或去世的，请按新的一户登记，本户登记为“已搬走”"),)
    rows = [_row(form, one, known) | {HOUSEHOLD: number, OFFICE: office, SURVEYED_ON: on.isoformat()} for one in people]
    survey = survey_of(as_lines(rows))
    names = {asked.column: asked.name for asked in (*WHO, *FACTS)}
    wrong = tuple(_mistake(cell.line - 2, cell.column, cell.reason, people, names) for cell in survey.bad_cells)
    if wrong or not survey.households:
        return None, wrong or (Mistake(None, "请填写家庭成员"),)
    return survey.households[0], ()


def _row(form: Form, one: Somebody, known: Known | None) -> dict[str, str]:
    row = {asked.column: _typed(form, asked, one.place) for asked in FACTS}
    if one.person is None or known is None:
        row |= {asked.column: plain(form.typed(f"{asked.name}-{one.place}"))[:60] for asked in WHO}
        row[PHONE] = row[PHONE].replace(" ", "").replace("-", "")
        if one.place == 1:
            row |= {RELATION: Relation.APPLICANT.value, BOOKLET: SAME_BOOKLET}
        elif known is not None and row[BOOKLET] == SAME_BOOKLET:
            row[BOOKLET] = _booklet(known, 0)
        return row
    person, member = one.person, known.household.members[one.place - 1]
    return row | {
        NAME: person.name,
        RESIDENT_ID: person.id_number,
        PHONE: person.phone or "",
        RELATION: member.relation.value,
        BOOKLET: _booklet(known, one.place - 1),
    }


def _booklet(known: Known, place: int) -> str:
    """The booklet's own number where it is known; else the label that the household gave it."""
    return known.persons[place].booklet or f"标{known.household.members[place].booklet}"


def _typed(form: Form, asked: Asked, place: int) -> str:
    typed = plain(form.typed(f"{asked.name}-{place}"))[:60]
    if asked.column in MONEY:
        try:
            return amount_in_words(amount(typed or "0"))
        except Unreadable:
            return typed
    return typed


def _mistake(at: int, column: str, reason: str, people: Sequence[Somebody], names: Mapping[str, str]) -> Mistake:
    one = people[min(max(at, 0), len(people) - 1)]
    told = f"{one.title}的{column}：{reason}"
    if one.person is not None and column in {asked.column for asked in WHO}:
        return Mistake(None, told)
    return Mistake(f"{names[column]}-{one.place}" if column in names else None, told)
