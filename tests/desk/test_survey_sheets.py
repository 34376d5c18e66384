"""A visit sheet of many households: told of in a handful of statements, each household as it was met."""

import io
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
from sqlalchemy import event

from casework.household import Household, Sex
from casework.states import Role
from console.register.visit_sheet import visit_sheet
from desk.desk import Caller
from desk.survey_rounds import whole_list
from desk.survey_sheets import take_sheet
from records.accounts import Account
from records.engine import Record
from records.known_households import KnownPerson, keep_all
from records.survey_rounds import open_round
from records.survey_visits import CHANGED, MOVED, SAME, visits_of
from register.survey_rows import SHEET_COLUMNS
from tests.desk.report_cast import a_desk
from tests.installation import resident_id
from tests.records.test_known_households import NOW, OFFICE, ZHANG
from tests.records.test_survey_rounds import ROUND

MANY = 30
PERSON = Account("zhao", Role.CASEWORKER, OFFICE, "zhao", None, False, False)
MET_ON = date(2026, 9, 25)


def households() -> list[Any]:
    found, member = [], ZHANG.household.members[0]
    for n in range(MANY):
        number = resident_id()
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
        who = member.model_copy(update={"birth_date": born, "sex": Sex.MALE if int(number[16]) % 2 else Sex.FEMALE})
        people = (KnownPerson("M1", "张䶮", number, "19900000001", "户0007"),)
        home = Household(members=(who,))
        found.append(replace(ZHANG, number=f"A-{n:02}", household=home, persons=people))
    return found


def filled(content: bytes) -> bytes:
    """Fill in the sheet: everybody was met but the last, who moved away; the first has an income."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet, places = book.active, {name: place for place, name in enumerate(SHEET_COLUMNS, 1)}
    assert sheet is not None
    for line in range(2, MANY + 1):
        sheet.cell(line, places["调查日期"]).value = MET_ON.isoformat()
    sheet.cell(2, places["经营性收入"]).value = "300"
    sheet.cell(MANY + 1, places["走访结果"]).value = "搬走"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_sheet_is_taken_in_a_handful_of_statements(record: Record) -> None:
    with record.write() as work:
        keep_all(work, households(), account="zhao", now=NOW)
        open_round(work, ROUND, {"向阳社区": "zhao"})
    desk, caller = a_desk(record), Caller(PERSON, PERSON.scope)
    one, listed = whole_list(desk, caller, ROUND.round_id, assignee=None)
    content = filled(visit_sheet(one, listed, ["向阳社区"]))
    written: Counter[str] = Counter()

    def count(_: Any, __: Any, statement: str, *___: Any) -> None:
        written[statement.split(maxsplit=1)[0].upper()] += 1

    event.listen(record.engine, "before_cursor_execute", count)
    taken = take_sheet(desk, caller, ROUND.round_id, content, "visits.xlsx", NOW, date(2026, 9, 30))
    event.remove(record.engine, "before_cursor_execute", count)

    assert (taken.met, taken.not_met, taken.new, taken.bad_cells) == (MANY - 1, 1, 0, ())
    assert sum(written[word] for word in ("INSERT", "UPDATE", "DELETE")) < MANY / 3
    with record.read() as seen:
        states = [(visit.state, visit.version) for visit in visits_of(seen, caller.scope, ROUND.round_id)]
    assert states == [(CHANGED, 2), *[(SAME, 2)] * (MANY - 2), (MOVED, 2)]
