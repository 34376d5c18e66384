"""The register at the desk (普查底册): looking at a known household, judging it, and making an application of it.

What is kept is in `records/known_households.py`; rounds and visits are in `survey_rounds.py` and `survey_results.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from casework.errors import CaseworkError, SaidNo
from casework.masking import mask_id, mask_name, mask_phone
from casework.states import Role
from desk.desk import Caller, Desk
from desk.draft_answers import Answers, Stamp
from desk.drafts import at_desk, start
from desk.errors import or_not_found
from policies.errors import PolicyError
from policies.packs import pack_for
from policies.schema import Policy
from records.drafts import Draft
from records.engine import Reading, Writing
from records.household_pages import log_view
from records.import_households import told_of
from records.known_households import Known, KnownPerson, KnownRow, get, whole
from records.known_lists import households_of, offices_knowing
from records.known_where import Where, where_known
from records.offices import Office, offices_at_work
from records.scope import Scope
from register.knowing import Judged, judged

A_HOUSEHOLD = "家庭"
OLD_LEDGER = "ledger"
"""The source of a household that only an old ledger tells of: its facts are unknown, so nobody judges them."""
TOLD_TO_ALL = ("认定日期", "状态", "就业方式", "退出日期")
"""What an old ledger told that names nobody; the rest is shown with the people."""
IN_CHARGE = (Role.CASEWORKER, Role.REVIEWER, Role.SUPERVISOR)
"""Who sees the register of its area; a helper sees the households it is to visit."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A known household as its page shows it: people masked or whole, and what the policy makes of it today."""

    row: KnownRow
    known: Known
    judged: Judged | None
    whole: bool
    told: Mapping[str, str] = field(default_factory=dict, repr=False)


def policy_at(office: str, on: date) -> Policy:
    """Return the policy in force at an office on a day; raises `SaidNo`."""
    try:
        return pack_for(office, on=on)
    except PolicyError as no:
        raise SaidNo(no.code, no.message, field="office") from None


def known_household(desk: Desk, scope: Scope, household_id: str, today: date, *, unmasked: bool = False) -> Shown:
    """Return a household with its people masked, judged today; raises `NotFound` outside the area.

    `unmasked` is for the page that a logged look (`look_at_known`) leads to.
    """
    with desk.record.read() as work:
        row = or_not_found(get(work, scope, household_id), A_HOUSEHOLD)
        known = or_not_found(whole(work, scope, household_id), A_HOUSEHOLD)
        told = told_of(work, household_id)
    if not unmasked:
        known = replace(known, persons=tuple(map(masked, known.persons)), address=None)
        told = {name: words for name, words in told.items() if name in TOLD_TO_ALL}
    try:
        verdict = None if known.source == OLD_LEDGER else judged(known.household, policy_at(known.office, today), today)
    except CaseworkError:
        verdict = None
    return Shown(row, known, verdict, unmasked, told)


def masked(person: KnownPerson) -> KnownPerson:
    return KnownPerson(
        person.member_id,
        mask_name(person.name),
        mask_id(person.id_number),
        mask_phone(person.phone) if person.phone else None,
    )


def look_at_known(desk: Desk, caller: Caller, household_id: str, reason: str, now: datetime) -> None:
    """Log who looks at a known household whole, and why."""
    with desk.record.write() as work:
        or_not_found(get(work, caller.scope, household_id), A_HOUSEHOLD)
        log_known(work, caller, (household_id,), reason, now)


def log_known(work: Writing, caller: Caller, household_ids: Iterable[str], reason: str, now: datetime) -> None:
    """Write a line in the view log for each household."""
    for household_id in household_ids:
        log_view(work, caller.scope, household_id, what="register", reason=reason, now=now)


def find_by_number(desk: Desk, caller: Caller, id_number: str, now: datetime) -> tuple[str, ...]:
    """Return the known households of a person in the caller's area; the search is logged with each of them."""
    with desk.record.write() as work:
        found = households_of(work, caller.scope, id_number)
        log_known(work, caller, found, "按公民身份号码查找普查底册", now)
    return found


def people_known(work: Reading, known: Known) -> dict[str, Where]:
    """Return where the people of a household are known besides, by member id.  Tell a caller only what it may see."""
    found = where_known(work, [person.id_number for person in known.persons])
    return {p.member_id: found[p.id_number] for p in known.persons if p.id_number in found}


def start_application(
    desk: Desk,
    caller: Caller,
    household_id: str,
    pages: Mapping[str, Mapping[str, str]],
    now: datetime,
    *,
    once: str,
) -> Draft:
    """Start the draft of an application from a known household; who looked at its people is logged.

    `pages` are its answers, which the console writes as one would type them.
    """
    whose = at_desk(caller)
    look_at_known(desk, caller, household_id, "由普查底册发起申请", now)
    stamps = {name: Stamp(1, caller.account, now.isoformat()) for name in pages}
    return start(desk, whose, now, Answers(pages, stamps), once=once)


def offices_for(desk: Desk, id_numbers: Iterable[str], caller: Caller) -> tuple[Office, ...]:
    """Return the other offices in whose register these people stand, where somebody works: the household's (N3)."""
    with desk.record.read() as work:
        codes = [code for code in offices_knowing(work, id_numbers) if code != caller.area]
        return tuple(o for code in codes for o in offices_at_work(work, code) if o.office == code)
