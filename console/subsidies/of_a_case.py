"""Subsidies of one household (本户的补贴): rights with their reasons, what is enjoyed, incomes, measures.

Applying is in `applying.py`, entering measures, marks and insured months in `entering.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.asking import STAFF, Now, OurDesk
from casework.case import Case
from casework.states import Role
from casework.times import in_words
from console.asking import Staff, for_roles
from console.case_pages.in_path import CaseInPath
from console.forms import Form, Mistake
from console.rendering import page
from console.subsidies.shown import BY_WORDS, amount_words, months_words
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from desk.subsidies import today_of
from policies.schema import Policy
from records import insured_months
from records.benefit_tasks import KIND_WORDS, WITH_WHOM, pack_on
from records.benefit_tasks import of_case as benefits_of
from records.case_names import masked_people
from records.engine import Reading
from records.member_measures import MARKS, MEASURES, PREPARING, marks_of, measures_shown
from records.subsidy_applications import Applied
from records.subsidy_applications import of_case as applied_of
from records.subsidy_payments import paid_months
from records.subsidy_rights import NO_RIGHT, jobs_of, measures_of, used_up
from register.household_income import Compared, compared
from register.subsidies import Entitled, entitled, kind_words

router = APIRouter()


@dataclass(frozen=True, slots=True)
class OfACase:
    """All that the page says, read in one unit of work."""

    case: Case
    today: date
    names: Mapping[str, str]
    pack: Policy | None
    rights: tuple[Entitled, ...]
    applied: tuple[Applied, ...]
    paid: Mapping[str, tuple[str, ...]]
    incomes: Compared | None

    def who(self, member: str) -> str:
        found = self.case.household.member(member)
        return f"{self.names.get(member, '')}（{found.relation.value if found else member}）"


@router.get("/cases/{case_id}/subsidies", **for_roles(STAFF))
def of_a_case(
    request: Request, desk: OurDesk, now: Now, caller: Staff, case_id: CaseInPath, done: str = ""
) -> Response:
    return shown(request, desk, caller, case_id, now, Form(), (), done=done)


def read(work: Reading, caller: Caller, case_id: str, now: Now) -> OfACase:
    """Read what a case says of subsidies.  Raises `NotFound` outside the caller's scope."""
    case, today = today_of(work, caller, case_id, now)
    pack = pack_on(case, today)
    applied = applied_of(work, case_id)
    over = case.exit is not None and case.exit.reason.value in NO_RIGHT
    every = (
        tuple(entitled(pack.subsidies, jobs_of(work, case_id), measures_of(work, case_id), today))
        if pack is not None and pack.subsidies is not None and not over
        else ()
    )
    names = {member: name for (_, member), name in masked_people(work, [case_id]).items()}
    received = sum(a.monthly_fen for a in applied if _received(a))
    return OfACase(
        case=case,
        today=today,
        names=names,
        pack=pack,
        rights=tuple(right for right in every if not _had(right, applied, pack, today)),
        applied=applied,
        paid=paid_months(work, (a.application_id for a in applied)),
        incomes=compared(case, pack.linkage, pack.watchlist.dibao_line_fen.value, subsidies_fen=received)
        if pack is not None and pack.linkage is not None
        else None,
    )


def _received(applied: Applied) -> bool:
    """Money that comes to the household itself every month."""
    return (
        applied.state == "approved" and applied.claimed_by == "person" and applied.pay == "monthly" and applied.paid_out
    )


def _had(right: Entitled, applied: tuple[Applied, ...], pack: Policy | None, today: date) -> bool:
    term = pack.subsidies.of(right.kind) if pack and pack.subsidies else None
    return any(
        (a.member, a.kind, a.claimed_by) == (right.member, right.kind, right.by)
        and (
            a.about == right.about
            or a.state in ("applied", "approved")
            or (a.state == "ended" and term is not None and used_up(term.value, a, today))
        )
        for a in applied
    )


def shown(
    request: Request,
    desk: Desk,
    caller: Caller,
    case_id: str,
    now: Now,
    form: Form,
    mistakes: tuple[Mistake, ...],
    *,
    done: str = "",
) -> Response:
    """Return the page; with mistakes it keeps what was typed (422)."""
    with desk.record.read() as work:
        seen = or_not_found(read(work, caller, case_id, now))
        measures = measures_shown(work, case_id)
        marks = marks_of(work, case_id)
        insured = insured_months.of_case(work, case_id, seen.today)
        benefits = benefits_of(work, case_id)
    case = seen.case
    working = {job.member for job in case.active_employments}
    has = [m.member_id for m in case.household.members if m.dibao or m.unemployment_insurance]
    needing = [member for member in has if member not in working]
    prepared = {m.member for m in measures if m.kind in PREPARING}
    return page(
        request,
        "subsidies/of_a_case.html",
        title=f"补贴和待遇 {case_id}",
        status=422 if mistakes else 200,
        seen=seen,
        case=case,
        who=seen.who,
        enters=caller.role is Role.CASEWORKER,
        applies=caller.role is Role.CASEWORKER,
        kind_words=kind_words,
        by_words=BY_WORDS,
        amount=amount_words,
        months=months_words,
        said=in_words,
        measures=measures,
        measure_choices=tuple(MEASURES.items()),
        marks=marks,
        mark_words=MARKS,
        members=tuple((m.member_id, seen.who(m.member_id)) for m in case.household.members),
        insured=insured,
        benefits=benefits,
        benefit_words=KIND_WORDS,
        with_whom=WITH_WHOM,
        unprepared=[m for m in needing if m not in prepared and not case.exit],
        done=done,
        form=form,
        mistakes=mistakes,
    )
