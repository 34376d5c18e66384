"""What a ledger's lines say of a household and its members (台账), each number against one that was put in. Pure."""

from datetime import date

from casework.case_facts import Employment, Referral, Refusal, Service, ServiceKind
from casework.household import Household, Relation, WorkStatus
from register.ledger import HOUSEHOLD, HouseholdLine, MemberLine, lines_of
from tests.records.made import a_case

ON = date(2026, 10, 12)


def of_member(number: int, kind: ServiceKind, member: str = "M1") -> Service:
    return Service(service_id=f"S{number}", member=member, kind=kind, on=ON)


def put(number: int, member: str = "M1") -> Referral:
    return Referral(
        referral_id=f"R{number}", member=member, vacancy="v", on=ON, pay_fen=1, suitable=True, delivered=True
    )


def test_each_number_of_a_line_is_the_members_own() -> None:
    case = a_case()
    first = case.household.members[0].model_copy(update={"dibao": True, "wage_fen": 0})
    other = {"member_id": "M2", "relation": Relation.SPOUSE, "dibao": False, "unemployment_insurance": True}
    other |= {"status": WorkStatus.FLEXIBLE, "wage_fen": 50000, "investment_income_fen": 700}
    job = Employment(
        employment_id="E1",
        member="M2",
        started_on=ON,
        channel="flexible",
        evidence="contract",
        monthly_income_fen=210000,
        insured=True,
        steady_on=ON,
        recorded_by="clerk",
        recorded_on=ON,
    )
    guidance, training = ServiceKind.GUIDANCE, ServiceKind.TRAINING_INFO
    refusal = Refusal(refusal_id="F1", referral="R1", member="M1", on=ON, reason_code=None, recorded_by="clerk")
    lines = lines_of(
        case.model_copy(
            update={
                "household": Household(members=(first, first.model_copy(update=other))),
                "services": (
                    *(of_member(n, guidance) for n in range(2)),
                    *(of_member(n, training) for n in range(3)),
                    of_member(9, training, "M2"),
                ),
                "referrals": (put(1), put(2), put(3), put(4), put(5, "M2")),
                "refusals": (refusal,),
                "employments": (job,),
                "helper": "h07",
            }
        )
    )
    one, two, home = lines["M1"], lines["M2"], lines[HOUSEHOLD]
    assert isinstance(one, MemberLine)
    assert isinstance(two, MemberLine)
    assert isinstance(home, HouseholdLine)
    assert (one.guidance, one.training, one.referrals, one.refusals) == (2, 3, 4, 1)
    assert (two.guidance, two.training, two.referrals, two.refusals) == (0, 1, 1, 0)
    assert (one.base, one.dibao, one.unemployment_insurance, one.channel, one.income_fen) == (
        *(True, True, False),
        *(None, None),
    )
    assert (two.base, two.dibao, two.unemployment_insurance, two.channel, two.income_fen) == (
        *(False, False, True),
        *("flexible", 210000),
    )
    assert (one.insured, one.steady, two.insured, two.steady, two.employed_on) == (False, False, True, True, ON)
    assert (home.members, home.base_members, home.jobs, home.helper) == (2, 1, 1, "h07")
    assert (home.before_fen, home.now_fen) == (50700, 210700)
