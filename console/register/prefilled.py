"""A known household as an application typed in full (由底册预填的申请): every page of the draft, nothing judged.

The names of pages and questions are those of `console/questions/pages.py`; whoever hands the draft in reads it first.
"""

from datetime import date

from casework.household import Household, Member
from casework.monitoring_facts import Cause
from console.questions.pages import AT_WORK, BOOKLETS, NO, YES
from console.typed_values import amount_in_words
from desk.draft_answers import HOME, person_page, work_page
from desk.register import OLD_LEDGER
from records.known_households import Known, KnownPerson

MONITORING = "monitoring"
OF_A_SURVEY = ("hukou", "marital", "booklet", "cohabiting")
"""What an old ledger does not tell of a person: left to be asked."""

Pages = dict[str, dict[str, str]]


def application(known: Known, today: date) -> Pages:
    """Return the answers: the household was discovered on the day of its survey and applies today."""
    labels = _booklets(known.household)
    pages: Pages = {}
    for number, (member, person) in enumerate(zip(known.household.members, known.persons, strict=True), 1):
        pages[person_page(f"m{number}")] = _person(member, person, labels[member.booklet], first=number == 1)
        if known.source == OLD_LEDGER:
            for unknown in OF_A_SURVEY:
                pages[person_page(f"m{number}")].pop(unknown, None)
        else:
            pages[work_page(f"m{number}")] = _work(member)
    found_on = today if known.source == OLD_LEDGER else min(known.surveyed_on, today)
    home = {
        "community": known.community,
        "address": known.address or "",
        "applied_on": today.isoformat(),
        "discovered_on": found_on.isoformat() if found_on < today else "",
    }
    pages[HOME] = {name: value for name, value in home.items() if value}
    return pages


def monitoring(known: Known, today: date, cause: Cause, alert_on: date | None = None) -> Pages:
    """Return the same with the page of key monitoring begun; insurance and contract are asked there."""
    pages = application(known, today)
    pages[MONITORING] = {"cause": cause} | ({"alert_on": alert_on.isoformat()} if alert_on else {})
    return pages


def may_be_watched(household: Household) -> bool:
    """Say whether somebody of the household works at all."""
    return any(member.status.value in AT_WORK for member in household.members)


def _person(member: Member, person: KnownPerson, booklet: str, *, first: bool) -> dict[str, str]:
    said = {
        "name": person.name,
        "id_number": person.id_number,
        "phone": person.phone or "",
        "hukou": member.hukou.value,
        "marital": member.marital.value,
    }
    if not first:
        said |= {
            "relation": member.relation.value,
            "booklet": booklet,
            "cohabiting": YES if member.cohabiting else NO,
        }
    return {name: value for name, value in said.items() if value}


def _work(member: Member) -> dict[str, str]:
    said = {
        "status": member.status.value,
        "capacity": member.capacity.value,
        "willing": YES if member.willing else NO,
        "track": member.track.value if member.track else "",
        "dibao": YES if member.dibao else "",
        "unemployment_insurance": YES if member.unemployment_insurance else "",
    }
    for name in ("wage_fen", "business_income_fen", "investment_income_fen"):
        fen = getattr(member, name)
        said[name] = amount_in_words(fen) if fen else ""
    return {name: value for name, value in said.items() if value}


def _booklets(household: Household) -> dict[str, str]:
    """Return the questions' booklet for each label: the applicant's is the first; a seventh one has to be chosen."""
    names = [name for name, _ in BOOKLETS]
    labels = dict.fromkeys(member.booklet for member in household.members)
    return {label: names[n] if n < len(names) else "" for n, label in enumerate(labels)}
