"""A vacancy that a helper heard of (记下的岗位): put on record, so that a referral names it by id like any other.

The same job told twice is the same vacancy: three referrals to one job are not three different jobs (J18).
"""

from dataclasses import replace
from datetime import date, timedelta

from desk.desk import Caller, Desk
from desk.errors import or_not_found
from records import case_files
from records.vacancies import set_vacancy, vacancy_of
from register.vacancy import Vacancy

OPEN_FOR = timedelta(days=30)
"""How long it is offered to other households of the office as well.  内部规定."""


def note_vacancy(desk: Desk, caller: Caller, case_id: str, *, employer: str, title: str, pay_fen: int, on: date) -> str:
    """Keep a vacancy for the office of a case the caller may see; return its id."""
    with desk.record.write() as work:
        row = or_not_found(case_files.get(work, caller.scope, case_id))
        told = "\0".join((row.office, "".join(employer.split()), "".join(title.split())))
        vacancy_id = f"N-{work.keys.digest(told.encode())[:12]}"
        kept = vacancy_of(work, vacancy_id) or Vacancy(vacancy_id, employer, title, pay_fen, row.office)
        again = replace(kept, pay_fen=pay_fen, open_until=on + OPEN_FOR, closed_on=None)
        set_vacancy(work, again, by=caller.account)
    return vacancy_id
