"""The register of the pictures (配图用的普查底册): households that no case was opened for, and their pages."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from casework.states import Role
from casework.times import local_date
from operations.pictured_page import CASEWORKER, HELPER, PicturedPage
from policies.schema import Policy
from records.engine import Record, Writing
from records.known_households import Known, KnownPerson, keep
from records.layoff_lists import KeptList, keep_list
from records.scope import Scope
from records.survey_rounds import Round, open_round
from records.survey_visits import MOVED, NOBODY, SAME, tell, visits_of
from register.knowing import judged
from register.layoff_sheet import LaidOff
from register.survey import SurveyHousehold

HOUSEHOLDS, WATCHED = 12, 4
COMMUNITIES = ("向阳社区", "光明社区")

REGISTER_PAGES: Sequence[PicturedPage] = (
    PicturedPage("register", "普查底册", CASEWORKER, "/register"),
    PicturedPage("register-household", "底册家庭", CASEWORKER, "/register/{register_watch}"),
    PicturedPage("rounds", "摸底走访", CASEWORKER, "/register/rounds"),
    PicturedPage("rounds-new", "开一轮摸底走访", CASEWORKER, "/register/rounds/new"),
    PicturedPage("rounds-one", "一轮走访的进度", CASEWORKER, "/register/rounds/{register_round}"),
    PicturedPage("rounds-visits", "走访清单", CASEWORKER, "/register/rounds/{register_round}/visits"),
    PicturedPage(
        "rounds-paper",
        "走访名单（打印）",
        CASEWORKER,
        "/register/rounds/{register_round}",
        (("tick", "核对申请材料"), ("press", "显示名单")),
        ends_at="/register/rounds/*/paper",
    ),
    PicturedPage("layoffs", "裁员名单和预警", CASEWORKER, "/register/layoffs"),
    PicturedPage(
        "layoffs-mistakes",
        "裁员名单：内容有误",
        CASEWORKER,
        "/register/layoffs",
        (("fill", "名单", "张三 123 明天"), ("press", "登记并比对")),
    ),
    PicturedPage("layoffs-one", "一张裁员名单的预警", CASEWORKER, "/register/layoffs/{register_layoffs}"),
    PicturedPage("visits", "入户摸底（帮扶责任人的手机）", HELPER, "/register/visits"),
    PicturedPage("visits-one", "一户走访", HELPER, "/register/visits/{register_visit}"),
    PicturedPage(
        "visits-mistakes",
        "一户走访：内容有误",
        HELPER,
        "/register/visits/{register_visit}",
        (("press", "登记结果"),),
    ),
    PicturedPage("visits-changed", "走访：情况有变", HELPER, "/register/visits/{register_visit}/household"),
    PicturedPage("visits-found", "走访：新发现的家庭", HELPER, "/register/rounds/{register_round}/found"),
)


def begin_register(
    record: Record, office: str, account: str, surveyed: Iterable[SurveyHousehold], policy: Policy
) -> dict[str, str]:
    """Keep the last households of a sheet; return the id of one that is to be watched and of one that is eligible."""
    now = datetime.now(UTC)
    named: dict[str, str] = {}
    chosen = _mixed(tuple(surveyed), policy)
    with record.write() as work:
        for place, each in enumerate(chosen):
            known = as_known(each, office, COMMUNITIES[place % 2], policy)
            household_id, _ = keep(work, known, account=account, now=now)
            if known.watch:
                named.setdefault("register_watch", household_id)
            if known.outcome == "eligible":
                named.setdefault("register_eligible", household_id)
            if known.watch and "register_layoffs" not in named:
                named["register_layoffs"] = _begin_list(work, office, account, known, now)
        named |= _begin_round(work, office, account, now)
    return named


def _mixed(surveyed: Sequence[SurveyHousehold], policy: Policy) -> list[SurveyHousehold]:
    """Return some households that are to be watched, and others."""
    watched = [each for each in surveyed if judged(each.household, policy, each.surveyed_on).watch][:WATCHED]
    others = [each for each in surveyed if each not in watched]
    return [*others[: HOUSEHOLDS - WATCHED], *watched]


def _begin_round(work: Writing, office: str, account: str, now: datetime) -> dict[str, str]:
    """Open a round, half of it a helper's, with some results; return its number and one of the helper's visits."""
    day = local_date(now)
    one = Round("register-round", office, "2026年四季度摸底走访", day, day + timedelta(days=30), 10, account, now)
    open_round(work, one, dict(zip(COMMUNITIES, (HELPER, account), strict=True)))
    scope = Scope(account, Role.CASEWORKER, office)
    for place, visit in enumerate(visits_of(work, scope, one.round_id, community=COMMUNITIES[0])):
        if place % 2:
            state = (SAME, NOBODY, MOVED)[place % 3]
            tell(work, visit, state=state, on=day, by=HELPER, now=now, note="家中有人，材料齐全。")
        else:
            last = visit.visit_id
    return {"register_round": one.round_id, "register_visit": last}


def _begin_list(work: Writing, office: str, account: str, known: Known, now: datetime) -> str:
    """Keep a layoff list with everybody of one household on it; return its number."""
    kept = KeptList("register-layoffs", office, "某机械厂", "typed", len(known.persons), account, now)
    leaves = local_date(now) + timedelta(days=20)
    people = [LaidOff(n, kept.employer, leaves, p.name, p.id_number) for n, p in enumerate(known.persons, 1)]
    keep_list(work, kept, people)
    return kept.list_id


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
