"""Reading what papers of a case are made from (文书所据): people whole, offices, the decision behind, posts, names."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from casework.case import Case
from casework.case_facts import Contact, Refusal
from casework.contact_counts import lost
from casework.errors import SaidNo
from casework.refusal_counts import rests_on
from casework.ruling import Setting
from casework.states import ExitReason, State
from desk.desk import Caller
from desk.errors import or_not_found
from documents.contents import CaseTold, Person, Place, Post
from documents.offers import Offer, offers_of
from documents.paper_kinds import PaperKind
from records import case_files
from records.calendars import calendar_of
from records.case_names import staff_names
from records.engine import Reading
from records.household_pages import whole_household
from records.offices import office_for
from records.policies import policy_of
from records.texts import texts_of
from records.timeline import TimelineEvent, events_of
from records.vacancies import contact_of, vacancy_of

OFFICES_NO = "decline_first_review"
DECISIONS = {
    PaperKind.REFUSED: (OFFICES_NO, "decline_recheck", "decide_special_situation", "uphold_objection"),
    PaperKind.EXIT: ("approve_exit",),
    PaperKind.VISIT: ("record_visit",),
}
"""The steps whose words stand in a paper."""

AS_CERTIFIED = frozenset({PaperKind.APPLICATION, PaperKind.SEALED_APPLICATION, PaperKind.CERTIFIED})
"""Papers about the certification: they show the household as it was then, not who has found work since."""


@dataclass(frozen=True, slots=True)
class CaseOfPapers:
    """A case with its events and what it has to give, on its own day."""

    case: Case
    today: date
    events: tuple[TimelineEvent, ...]
    offers: tuple[Offer, ...]

    def offer(self, key: str) -> Offer:
        """Return what is asked for; raises `SaidNo` when the case does not give it (any more)."""
        found = next((each for each in self.offers if each.key == key), None)
        if found is None:
            raise SaidNo("paper_not_offered", "本户现在没有这份文书可以制发，请回到文书页重新选择。", field="paper")
        return found


def case_of_papers(work: Reading, caller: Caller, case_id: str, now: datetime) -> CaseOfPapers:
    """Return the case of a caller; raises `NotFound` outside the scope."""
    row = or_not_found(case_files.get(work, caller.scope, case_id))
    case = or_not_found(case_files.full_case(work, caller.scope, case_id))
    events = events_of(work, case_id)
    by_office = any(event.trigger == OFFICES_NO for event in events)
    return CaseOfPapers(case, row.clock.day(now), events, offers_of(case, by_office))


def told_for(work: Reading, caller: Caller, there: CaseOfPapers, offer: Offer) -> CaseTold:
    """Return what a paper is made from; raises `SaidNo` (office_unnamed)."""
    case = _case_of(work, there, offer)
    household = or_not_found(whole_household(work, caller.scope, case.case_id))
    behind = _behind(there, offer)
    texts = texts_of(work, caller.scope, case.case_id) if behind and behind.text_ids else {}
    decided = behind is not None and behind.trigger in DECISIONS[offer.kind]
    words = "".join(texts.get(text_id, "") for text_id in behind.text_ids) if behind and decided else ""
    visits = [visit.by for visit in case.visits if visit.visit_id == offer.about]
    return CaseTold(
        case=case,
        policy=policy_of(work, case),
        people={p.member_id: Person(p.name, p.id_number, p.phone) for p in household.persons},
        address=household.address or "未登记",
        community=household.community,
        office=_place(work, there.case.office),
        issuer=_place(work, offer.issuer(there.case.office)),
        decision=behind.why if behind else None,
        reason=words if offer.kind in (PaperKind.REFUSED, PaperKind.EXIT) else "",
        note=words if offer.kind is PaperKind.VISIT else "",
        posts=_posts(work, case) if offer.kind is PaperKind.REFERRAL else {},
        staff=staff_names(work, visits),
        **_counted(work, there, behind),
    )


class _Counted(TypedDict, total=False):
    refusals: tuple[Refusal, ...]
    attempts: tuple[Contact, ...]


def _counted(work: Reading, there: CaseOfPapers, behind: TimelineEvent | None) -> _Counted:
    """Return what was counted when an exit was decided, by the rules and the case of just before."""
    if behind is None or behind.trigger not in DECISIONS[PaperKind.EXIT]:
        return {}
    before = case_files.event_at(work, there.case.case_id, behind.seq - 1)
    calendar = calendar_of(work, before.case) if before else None
    if before is None or before.case.exit_proposal is None or calendar is None:
        return {}
    case, reason = before.case, before.case.exit_proposal.reason
    setting = Setting(policy_of(work, case), calendar, behind.at, former=case.former_terms)
    if reason is ExitReason.REFUSED_REFERRALS:
        return {"refusals": rests_on(case, setting)}
    return {"attempts": lost(case, setting)} if reason is ExitReason.LOST_CONTACT else {}


def _case_of(work: Reading, there: CaseOfPapers, offer: Offer) -> Case:
    """Return the case that a paper tells of: as it is, or as it was when it was certified."""
    certified = [event.seq for event in there.events if event.trigger == "certify"]
    if offer.kind not in AS_CERTIFIED or not certified:
        return there.case
    then = case_files.event_at(work, there.case.case_id, certified[-1])
    return then.case if then else there.case


def _behind(there: CaseOfPapers, offer: Offer) -> TimelineEvent | None:
    """Return the event that stands behind a paper: the last of its steps, for a visit the one of that visit.

    An exit that nobody decided (a stable job) is told by how the case ended: an earlier decision was taken back.
    """
    wanted = DECISIONS.get(offer.kind, ())
    found = [event for event in there.events if event.trigger in wanted]
    if offer.kind is PaperKind.VISIT:
        found = [event for event in found if event.about == offer.about]
    if offer.kind is PaperKind.EXIT and there.case.exit is not None and there.case.exit.decided_on is None:
        found = [event for event in there.events if event.target is State.EXITED]
    return found[-1] if found else None


def _place(work: Reading, code: str) -> Place:
    found = office_for(work, code)
    if found is None or not found.name:
        raise SaidNo(
            "office_unnamed", f"机构 {code} 还没有登记名称，文书不能署名。请管理员先在“机构”页登记名称和电话。"
        )
    return Place(found.name, found.phone)


def _posts(work: Reading, case: Case) -> dict[str, Post]:
    found = {each.vacancy: vacancy_of(work, each.vacancy) for each in case.referrals}
    return {
        vacancy_id: Post(
            one.employer, one.title, one.place, one.hours, contact_of(work, vacancy_id) or "", one.open_until
        )
        for vacancy_id, one in found.items()
        if one is not None
    }
