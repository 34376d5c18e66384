"""The words of a notice that are looked up when it is sent or read, because they may have changed since its event.

Nothing here is whole: the household is a masked label, the helper a name, the office its public phone.
"""

from sqlalchemy import select

from casework.masking import household_label
from records.accounts import account_of
from records.engine import Reading
from records.household_pages import person_of
from records.offices import office_for
from records.tables import cases

NOBODY = "尚未指定"
"""What a supervisor reads where the helper's name would stand."""


def looked_up(work: Reading, name: str, case_id: str) -> str:
    """Return one word as of now; an empty one is refused by the strict rendering, so that a person looks into it."""
    if name == "case_no":
        return case_id
    if name == "household":
        person = person_of(work, case_id)
        return household_label(person.name) if person else ""
    case = work.connection.execute(select(cases.c.helper, cases.c.office).where(cases.c.case_id == case_id)).first()
    if name == "helper" and case is not None:
        account = account_of(work, case.helper) if case.helper else None
        return account.name if account else NOBODY
    if name == "office_phone" and case is not None:
        office = office_for(work, case.office)
        return office.phone if office else ""
    return ""


def place_called(work: Reading, code: str) -> str:
    """Return how a message calls an office that its event names by code: by the name on record, else 机构 and code."""
    found = office_for(work, code)
    return found.name if found and found.office == code and found.name else f"机构{code}"
