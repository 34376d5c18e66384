"""Every paper that the case of a drill has to give, on the way and at its end, can be set; and says what it must."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from casework.case import Case
from casework.errors import NotYourStep, SaidNo
from casework.exit_facts import Exit, ExitDecided, ExitProposal
from casework.explanation import Fact, Why
from casework.states import Actor, ExitReason, Role
from casework.times import in_words
from documents.contents import CaseTold, Person, Place, Post, contents
from documents.offers import Offer, offers_of, require_in_time, require_may_issue
from documents.paper_kinds import PaperKind, Sealer
from operations.drill_file import read_drill
from operations.drill_player import DrillPlayer
from operations.drill_pure import PureBackend
from policies.packs import load_pack
from tests.documents.made_papers import TYPESETTER
from tests.documents.pdf_text import text_of
from tests.make import Life
from tests.policies.own_numbers import bare_numbers

NAMES = (
    "016-objection-upheld",
    "049-warned-then-exited",
    "068-retirement-leaves-nobody",
    "071-deemed-father-works",
    "appeal-upheld",
    "anzhou-refusal-by-all-members",
    "connected-comparison-and-recorded-visit",
    "revoked-for-fraud",
    "voluntary-exit",
)
DRILLS = [Path(__file__).parents[2] / "drills" / f"{name}.toml" for name in NAMES]
"""Between them they give every kind of paper, exits of several reasons, and some from before and after an appeal."""

ON = date(2026, 12, 1)
WHY = Why(
    rule="review.declined",
    says="复核不予认定",
    facts=(Fact(label="提出日期", value="2026年11月1日"), Fact(label="成员", value="本人（M1）；配偶（M77）")),
    clause="某办法第二条（A30）",
)


def lived(path: Path) -> list[Case]:
    """Return the case of a drill after each of its steps."""
    backend, found = PureBackend(), []
    for _ in DrillPlayer(read_drill(path), backend).play():
        if backend.case is not None:
            found.append(backend.case)
    return found


def told(case: Case, **more: object) -> CaseTold:
    """Return the case with people who have names."""
    given = {
        "case": case,
        "policy": load_pack(case.pack_id, on=ON),
        "people": {f"M{n}": Person(f"张{n}", f"2200001985031200{n:02d}", None) for n in range(1, 31)},
        "address": "向阳街12号",
        "community": "向阳社区",
        "office": Place("街道所", "0434-1"),
        "issuer": Place("区中心", "0434-2"),
        "decision": WHY,
        "posts": {"V1": Post("厂", "工")},
    } | more
    return CaseTold(**given)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def given() -> dict[str, tuple[Offer, Case]]:
    """Every paper of every drill, the case as it was when it could be issued last."""
    found = {}
    for path in DRILLS:
        for case in lived(path):
            for offer in offers_of(case):
                found[f"{path.stem} {offer.key}"] = (offer, case)
    return found


def test_the_papers_of_every_drill_can_be_set(given: dict[str, tuple[Offer, Case]]) -> None:
    kinds: Counter[PaperKind] = Counter()
    for name, (offer, case) in given.items():
        kinds[offer.kind] += 1
        data = contents(offer, told(case), ON) | {"number": "号", "code": "0000-0000-0000", "mark": "m"}
        words = text_of(TYPESETTER.pdf(offer.kind.looks.form, data, ON))
        assert words, name
        assert not bare_numbers(words), name
    assert set(kinds) == set(PaperKind), "each kind is given by one of these"


def test_what_is_offered_is_offered_once(given: dict[str, tuple[Offer, Case]]) -> None:
    for _, case in given.values():
        keys = [offer.key for offer in offers_of(case)]
        assert len(keys) == len(set(keys))


def one(given: dict[str, tuple[Offer, Case]], kind: PaperKind) -> tuple[Offer, Case]:
    return next(pair for pair in given.values() if pair[0].kind is kind)


def said(offer: Offer, case: Case, **more: object) -> str:
    data = contents(offer, told(case, **more), ON) | {"number": "号", "code": "0000-0000-0000", "mark": "m"}
    return text_of(TYPESETTER.pdf(offer.kind.looks.form, data, ON)).replace(" ", "")


def test_who_worked_on_the_case_does_not_seal_it(given: dict[str, tuple[Offer, Case]]) -> None:
    offer, case = one(given, PaperKind.CERTIFIED)
    assert offer.sealer is Sealer.COUNTY
    assert case.reviews.recheck_by
    account = case.reviews.recheck_by.split("/")[0]
    with pytest.raises(NotYourStep) as no:
        require_may_issue(case, offer, Actor(account=account, role=Role.REVIEWER))
    assert no.value.code == "same_person"
    with pytest.raises(NotYourStep) as no:
        require_may_issue(case, offer, Actor(account="cw", role=Role.CASEWORKER))
    assert no.value.code == "not_your_paper"
    require_may_issue(case, offer, Actor(account="rv-new", role=Role.REVIEWER))


def test_a_refusal_by_the_office_is_the_offices_own_paper(given: dict[str, tuple[Offer, Case]]) -> None:
    _, case = one(given, PaperKind.REFUSED)
    by_office = next(o for o in offers_of(case, refused_by_office=True) if o.kind is PaperKind.REFUSED)
    by_county = next(o for o in offers_of(case) if o.kind is PaperKind.REFUSED)
    assert (by_office.sealer, by_office.issuer("220302004")) == (Sealer.OFFICE, "220302004")
    assert (by_county.sealer, by_county.issuer("220302004")) == (Sealer.COUNTY, "220302")
    assert "配偶有在册的企业登记" in said(by_office, case, reason="配偶有在册的企业登记")
    words = said(by_office, case)
    assert "某办法第二条（内部规定）" in words
    assert "成员：张1（本人）；配偶" in words
    assert "（M" not in words, "a household knows nobody as M1"
    assert "行政复议法》第二十条" in words.replace("\n", "")


def test_a_document_is_cited_by_its_title_and_number(given: dict[str, tuple[Offer, Case]]) -> None:
    offer, case = one(given, PaperKind.PUBLICITY)
    jilin = contents(offer, told(case, policy=load_pack("jilin-2021")), ON)["policy"]["citation"]
    assert jilin == "《关于进一步做好零就业家庭认定和援助工作的通知》（吉人社函〔2021〕102号）"
    liaoning = contents(offer, told(case, policy=load_pack("liaoning-2006")), ON)["policy"]["citation"]
    assert liaoning.startswith("《点亮万家灯火的民生工程")


def test_a_notice_shows_no_more_of_a_household_than_the_board(given: dict[str, tuple[Offer, Case]]) -> None:
    """Masked name, community, category, period and contact (scenario 93)."""
    offer, case = one(given, PaperKind.PUBLICITY)
    people = {"M1": Person("欧阳娜娜", "220000198503120001", "13800000000")}
    told_all = contents(offer, told(case, people={**told(case).people, **people}), ON)
    assert told_all["masked_name"] == "欧*"
    assert {"people", "applied_on", "members", "address", "case_id", "applicant"}.isdisjoint(told_all)
    assert "娜" not in said(offer, case, people={**told(case).people, **people})


def test_an_exit_says_reason_clause_effect_and_how_to_appeal(given: dict[str, tuple[Offer, Case]]) -> None:
    _, certified = one(given, PaperKind.CERTIFIED)
    proposal = ExitProposal(
        proposal_id="X1",
        reason=ExitReason.LOST_CONTACT,
        proposed_on=date(2026, 11, 2),
        respond_by=date(2026, 11, 9),
        provisional=False,
        proposed_by="hp",
    )
    waits = ExitDecided(
        proposal=proposal,
        reason=ExitReason.LOST_CONTACT,
        decided_on=date(2026, 11, 10),
        decided_by="rv",
        appeal_by=date(2026, 11, 24),
        takes_effect_on=date(2026, 11, 25),
        provisional=False,
    )
    case = certified.model_copy(update={"exit_decided": waits, "exit": None})
    offer = next(o for o in offers_of(case) if o.kind is PaperKind.EXIT)
    words = said(offer, case)
    for wanted in (
        "1个月内连续3次无法取得联系",
        "2026年11月10日决定",
        "自2026年11月25日起生效",
        "2026年11月24日24时前",
    ):
        assert wanted in words
    assert "吉人社函〔2021〕102号第三条第（三）项" in words or case.pack_id != "jilin-2021"
    with pytest.raises(NotYourStep):
        require_may_issue(case, offer, Actor(account="hp", role=Role.REVIEWER))

    over = case.model_copy(
        update={
            "exit_decided": None,
            "exit": Exit(
                reason=ExitReason.LOST_CONTACT, on=date(2026, 11, 25), decided_by="rv", decided_on=date(2026, 11, 10)
            ),
        }
    )
    later = next(o for o in offers_of(over) if o.kind is PaperKind.EXIT)
    assert later.key == offer.key, "it is the same paper before and after its effect"
    assert "申诉期已届满" in said(later, over)


def test_an_exit_names_each_refusal_it_rests_on(given: dict[str, tuple[Offer, Case]]) -> None:
    offer, case = given[next(name for name in given if name.startswith("049-warned-then-exited exit:"))]
    assert len(case.refusals) == 3
    first, *counted = case.refusals
    words = said(offer, case, refusals=tuple(counted))
    assert in_words(first.on) not in words
    for refusal in counted:
        assert f"无正当理由拒绝推荐：{in_words(refusal.on)}，张1（本人）" in words


def test_a_notice_for_objections_is_not_put_up_once_the_case_has_gone_on() -> None:
    posted, sealed = "2026-09-08", "2026-09-18"
    for life, refused in ((Life().publicised(posted), False), (Life().certified(posted, sealed), True)):
        notice = next(offer for offer in offers_of(life.case) if offer.kind is PaperKind.PUBLICITY)
        codes = []
        for offer in offers_of(life.case):
            try:
                require_in_time(life.case, offer)
            except SaidNo as no:
                codes.append((offer, no.code))
        assert codes == ([(notice, "not_in_publicity")] if refused else [])
