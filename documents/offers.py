"""Which papers a case has to give (可制发文书), from the case alone: about what, whose seal, who may issue it.

The county seals certification, refusal and exit: by a reviewer who did not do the work before it (A30).  Pure.
"""

from dataclasses import dataclass
from datetime import date

from casework.case import Case
from casework.case_facts import Referral
from casework.conflicts import require_unconcerned
from casework.errors import NotYourStep, SaidNo
from casework.states import Actor, ExitReason, Role, State, same_person
from casework.times import in_words
from documents.paper_kinds import PaperKind, Sealer

FOUR_EYES = "内部规定：用印人不同于初审人、复核人和退出提出人（A30）"
_DESK = (Role.CASEWORKER, Role.REVIEWER)
_HELPERS = (Role.CASEWORKER, Role.HELPER)
NEVER_RECOGNISED = frozenset({ExitReason.NOT_RECOGNISED, ExitReason.WITHDRAWN, ExitReason.MONITORING_ENDED})
COUNTY = 6
GIVEN_BY = frozenset(
    {
        "apply",
        "record_visit",
        "post_publicity",
        "certify",
        "decline_first_review",
        "decline_recheck",
        "decide_special_situation",
        "record_referral",
        "approve_exit",
    }
)
"""Steps after which there is a paper to hand out."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One paper.  `about` tells it from others of its kind; `kept_from` are the hands that may not seal it."""

    kind: PaperKind
    about: str
    says: str
    sealer: Sealer
    roles: tuple[Role, ...]
    kept_from: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """How forms and addresses call it."""
        return f"{self.kind.value}:{self.about}"

    def issuer(self, office: str) -> str:
        """Return the code in whose name it is issued, for a case of this office."""
        return office[:COUNTY] if self.sealer is Sealer.COUNTY else office


def offers_of(case: Case, refused_by_office: bool = False) -> tuple[Offer, ...]:
    """Return every paper that the case as it is can give, in the order in which they come about."""
    found = [
        Offer(PaperKind.APPLICATION, "", f"{in_words(case.opened_on)}申请", Sealer.NOBODY, _DESK),
        *(_visit(each.visit_id, each.visited_on) for each in case.visits),
        *_publicity(case),
        *_decided(case, refused_by_office),
        *(_referral(case, each) for each in case.referrals),
        *_exit(case),
    ]
    return tuple(found)


def require_may_issue(case: Case, offer: Offer, actor: Actor) -> None:
    """Say no to whoever may not issue a paper: another role's, or one's own work that others must seal."""
    if actor.role not in offer.roles:
        who = "、".join(role.words for role in offer.roles)
        raise NotYourStep("not_your_paper", f"“{offer.kind.words}”由{who}制发。")
    if offer.sealer is Sealer.COUNTY:
        require_unconcerned(case, actor)
        if any(same_person(actor, hand) for hand in offer.kept_from):
            raise NotYourStep(
                "same_person", "这份文书所依据的事项由您经手，须由另一名县级复核人员用印制发。", clause=FOUR_EYES
            )


def require_in_time(case: Case, offer: Offer) -> None:
    """Say no to a paper whose time is over: nothing is put up for objections when the case has gone on."""
    if offer.kind is PaperKind.PUBLICITY and case.state is not State.IN_PUBLICITY:
        raise SaidNo(
            "not_in_publicity",
            f"本户现在是“{case.state.words}”，不在公示中，不能再制发公示。以前制发过的，请在“已制发”里下载原文件。",
            field="paper",
        )


def _visit(visit_id: str, on: date) -> Offer:
    return Offer(PaperKind.VISIT, visit_id, f"{in_words(on)}走访", Sealer.NOBODY, _HELPERS)


def _publicity(case: Case) -> list[Offer]:
    notice = case.publicity
    if notice is None or not notice.up:
        return []
    says = f"第{notice.round}次公示，{in_words(notice.posted_on)}至{in_words(notice.ends_on)}"
    return [Offer(PaperKind.PUBLICITY, str(notice.round), says, Sealer.OFFICE, (Role.CASEWORKER,))]


def _decided(case: Case, by_office: bool) -> list[Offer]:
    reviews = case.reviews
    hands = tuple(hand for hand in (reviews.first_by, reviews.recheck_by) if hand)
    if reviews.certified_on is not None:
        on, says = reviews.certified_on.isoformat(), f"{in_words(reviews.certified_on)}认定"
        return [
            Offer(kind, on, says, Sealer.COUNTY, (Role.REVIEWER,), hands)
            for kind in (PaperKind.CERTIFIED, PaperKind.SEALED_APPLICATION)
        ]
    if case.exit is not None and case.exit.reason is ExitReason.NOT_RECOGNISED:
        on, says = case.exit.on.isoformat(), f"{in_words(case.exit.on)}不予认定"
        sealer, roles = (Sealer.OFFICE, (Role.CASEWORKER,)) if by_office else (Sealer.COUNTY, (Role.REVIEWER,))
        first = tuple(hand for hand in (reviews.first_by,) if hand)
        return [Offer(PaperKind.REFUSED, on, says, sealer, roles, first)]
    return []


def _referral(case: Case, referral: Referral) -> Offer:
    says = f"{in_words(referral.on)}推荐，{case.member_words(referral.member)}"
    return Offer(PaperKind.REFERRAL, referral.referral_id, says, Sealer.OFFICE, _HELPERS)


def _exit(case: Case) -> list[Offer]:
    waits, over = case.exit_decided, case.exit
    if waits is not None:
        hands = (waits.proposal.proposed_by,) if waits.proposal.proposed_by else ()
        says = f"{in_words(waits.decided_on)}决定退出，{in_words(waits.takes_effect_on)}起生效"
        about = waits.decided_on.isoformat()
        return [Offer(PaperKind.EXIT, about, says, Sealer.COUNTY, (Role.REVIEWER,), hands)]
    if over is None or over.reason in NEVER_RECOGNISED or case.reviews.certified_on is None:
        return []
    decided = over.decided_on or over.on
    says = f"{in_words(decided)}决定退出，{in_words(over.on)}生效"
    return [Offer(PaperKind.EXIT, decided.isoformat(), says, Sealer.COUNTY, (Role.REVIEWER,))]
