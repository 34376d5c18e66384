"""The register of the pictures (配图用的普查底册): households that no case was opened for, and their pages."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice

from operations.pictured_page import CASEWORKER, PicturedPage
from policies.schema import Policy
from records.engine import Record
from records.known_households import Known, KnownPerson, keep
from register.knowing import judged
from register.survey import SurveyHousehold

HOUSEHOLDS = 12
COMMUNITIES = ("向阳社区", "光明社区")

REGISTER_PAGES: Sequence[PicturedPage] = (
    PicturedPage("register", "普查底册", CASEWORKER, "/register"),
    PicturedPage("register-household", "底册家庭", CASEWORKER, "/register/{register_watch}"),
)


def begin_register(
    record: Record, office: str, account: str, surveyed: Iterable[SurveyHousehold], policy: Policy
) -> dict[str, str]:
    """Keep the last households of a sheet; return the id of one that is to be watched and of one that is eligible."""
    now = datetime.now(UTC)
    named: dict[str, str] = {}
    with record.write() as work:
        for place, each in enumerate(islice(surveyed, HOUSEHOLDS)):
            known = as_known(each, office, COMMUNITIES[place % 2], policy)
            household_id, _ = keep(work, known, account=account, now=now)
            if known.watch:
                named.setdefault("register_watch", household_id)
            if known.outcome == "eligible":
                named.setdefault("register_eligible", household_id)
    return named


def as_known(surveyed: SurveyHousehold, office: str, community: str, policy: Policy) -> Known:
    """Return a household of a sheet as the register keeps it."""
    found = judged(surveyed.household, policy, surveyed.surveyed_on)
    return Known(
        office=office,
        community=community,
        number=surveyed.number,
        source="sheet",
        surveyed_on=surveyed.surveyed_on,
        outcome=found.assessment.outcome.value,
        reason=found.assessment.reason.value,
        pack_id=policy.pack_id,
        base_members=len(found.assessment.base),
        household=surveyed.household,
        persons=tuple(
            KnownPerson(p.member_id, p.name, p.id_number, p.phone, p.booklet_number) for p in surveyed.persons
        ),
        watch=found.watch,
    )
