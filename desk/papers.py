"""Papers of a case (文书): what may be issued, issuing one, and handing its file out again, the same bytes each time.

Number and words are reserved first, then the file is made and kept, then the paper counts as issued; what broke off is
finished with the same number.  Each file that leaves is written into the view log, for it shows people whole.
"""

from dataclasses import dataclass, field
from datetime import datetime

from casework.errors import CaseworkError, SaidNo
from casework.states import Actor
from desk.acting import actor_of
from desk.desk import Caller, Desk
from desk.errors import NotFound, or_not_found
from desk.paper_facts import CaseOfPapers, case_of_papers, told_for
from documents.contents import contents
from documents.offers import Offer, require_in_time, require_may_issue
from documents.paper_kinds import FORMS_VERSION, PaperKind, Sealer, number_of
from documents.press import Press
from records import case_files
from records import papers as on_record
from records.engine import Reading
from records.household_pages import log_view
from records.papers import NewPaper, Paper

LOOKED = "paper"


@dataclass(frozen=True, slots=True)
class OfferShown:
    """One paper that a case gives: issued already, or whether the caller may issue it; `trying`: with a test seal."""

    offer: Offer
    paper: Paper | None
    mine: bool
    trying: bool
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class PapersOfCase:
    """All about the papers of a case."""

    there: CaseOfPapers
    offers: tuple[OfferShown, ...]
    issued: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A paper's file as it goes to whoever asked."""

    paper: Paper
    content: bytes = field(repr=False)


def papers_of_case(desk: Desk, caller: Caller, case_id: str, now: datetime) -> PapersOfCase:
    """Return what a case gives and has given; raises `NotFound` outside the scope."""
    with desk.record.read() as work:
        there = case_of_papers(work, caller, case_id, now)
        known = on_record.papers_of(work, caller.scope, case_id)
        actor = _actor(work, caller, case_id)
    latest: dict[tuple[str, str], Paper] = {}
    for paper in known:
        before = latest.get((paper.kind, paper.about))
        if before is None or paper.edition > before.edition:
            latest[paper.kind, paper.about] = paper
    shown = []
    for offer in there.offers:
        made = latest.get((offer.kind.value, offer.about))
        trying = _trying(desk, offer, there.case.office)
        try:
            require_may_issue(there.case, offer, actor)
            require_in_time(there.case, offer)
            shown.append(OfferShown(offer, made, True, trying))
        except CaseworkError as no:
            shown.append(OfferShown(offer, made, False, trying, no.message))
    return PapersOfCase(there, tuple(shown), tuple(paper for paper in known if paper.issued_at is not None))


def issue(desk: Desk, caller: Caller, case_id: str, key: str, now: datetime) -> Paper:
    """Issue a paper, or return the one that was issued already.

    Raises `NotFound`, `SaidNo`, `NotYourStep`, `FontsMissing`, `CharacterMissing`, `SealFailed`; after the last three
    the number is kept, and issuing again goes on with it, from the record as it is then.
    """
    return _finished(desk, _reserved(desk, caller, case_id, key, None, now), now)


def issue_again(desk: Desk, caller: Caller, case_id: str, key: str, replaced: str, now: datetime) -> Paper:
    """Issue a new edition from the record as it is now; the one it replaces stays, and says so when verified."""
    return _finished(desk, _reserved(desk, caller, case_id, key, replaced, now), now)


def open_paper(desk: Desk, caller: Caller, case_id: str, paper_id: str, now: datetime) -> PaperFile:
    """Return the file of a paper and log that it left; raises `NotFound` outside the scope, `EvidenceLost`."""
    with desk.record.write() as work:
        paper = or_not_found(on_record.one_paper(work, caller.scope, case_id, paper_id), "文书")
        if paper.digest is None:
            raise NotFound("文书")
        words = f"下载文书：{PaperKind(paper.kind).words}（{paper.number}）"
        log_view(work, caller.scope, case_id, what=LOOKED, reason=words, now=now)
    return PaperFile(paper, desk.evidence.get(paper.digest))


def _trying(desk: Desk, offer: Offer, office: str) -> bool:
    sealed = offer.sealer is not Sealer.NOBODY and desk.press is not None
    return sealed and press_at(desk).seals.only_for_trying(offer.issuer(office))


def press_at(desk: Desk) -> Press:
    if desk.press is None:
        raise SaidNo("no_press", "这台服务没有装文书制作，请管理员核对安装。")
    return desk.press


def _reserved(desk: Desk, caller: Caller, case_id: str, key: str, replaced: str | None, now: datetime) -> Paper:
    press_at(desk)
    with desk.record.write() as work:
        there = case_of_papers(work, caller, case_id, now)
        offer = there.offer(key)
        require_may_issue(there.case, offer, _actor(work, caller, case_id))
        made = on_record.latest(work, case_id, offer.kind.value, offer.about)
        if made is None or made.issued_at is None or made.paper_id == replaced:  # a repeat finds what was made in time
            require_in_time(there.case, offer)
        told, issuer = told_for(work, caller, there, offer), offer.issuer(there.case.office)
        new = NewPaper(
            case_id=case_id,
            kind=offer.kind.value,
            about=offer.about,
            issuer=issuer,
            issuer_name=told.issuer.name[:80],
            forms_version=FORMS_VERSION,
            sealed=offer.sealer is not Sealer.NOBODY,
            test_seal=_trying(desk, offer, there.case.office),
            account=caller.account,
            dated=there.today,
            told=contents(offer, told, there.today),
        )

        def number(place: int) -> str:
            return number_of(issuer, offer.kind, there.today.year, place)

        if replaced is None:
            return on_record.reserve(work, new, number)
        return on_record.reserve_again(work, new, number, replaced)


def _finished(desk: Desk, paper: Paper, now: datetime) -> Paper:
    if paper.issued_at is not None:
        return paper
    with desk.record.read() as work:
        told = on_record.told_of(work, paper.paper_id)
    pdf = press_at(desk).make(
        PaperKind(paper.kind),
        told | {"number": paper.number},
        paper.dated,
        paper_id=paper.paper_id,
        issuer=paper.issuer,
        seal=paper.sealed,
    )
    digest = desk.evidence.put(pdf)
    with desk.record.write() as work:
        on_record.issued(work, paper.paper_id, digest=digest, size=len(pdf), now=now)
        return on_record.same(work, paper.paper_id)


def _actor(work: Reading, caller: Caller, case_id: str) -> Actor:
    row = or_not_found(case_files.get(work, caller.scope, case_id))
    return actor_of(caller, row.helper, None, row.clock)
