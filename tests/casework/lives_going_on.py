"""Plausible fields of the steps by which a household changes, for random lives."""

from datetime import date, timedelta
from random import Random
from typing import Any

from casework.case import Case
from tests.make import a_member

CHANGES: tuple[dict[str, Any], ...] = (
    {"status": "已退休"},
    {"status": "登记失业"},
    {"status": "失业未登记"},
    {"status": "在校学生"},
    {"status": "单位就业"},
    {"capacity": "完全丧失"},
    {"capacity": "有"},
    {"willing": False, "declaration_signed": True},
    {"willing": True},
    {"hukou": "农业"},
    {"hukou": "城镇"},
    {"track": "干部"},
    {"booklet": "B"},
    {"booklet": "A"},
    {"marital": "离异"},
    {"business_income_fen": 90000},
    {"business_income_fen": 0},
    {"cohabiting": False},
)


def household_fields(trigger: str, case: Case, rng: Random, today: date) -> dict[str, Any]:
    """Return fields of a change of the household; an empty answer for other steps."""
    ids = [m.member_id for m in case.household.members]
    day = today + timedelta(days=rng.choice([-400, -30, -1, 0]))
    if trigger == "amend_household":
        ahead = rng.choice([0, 0, 1, 20])
        return {"member": rng.choice(ids), "effective_on": day + timedelta(days=ahead), **rng.choice(CHANGES)}
    if trigger == "transfer_case":
        return {"to_office": rng.choice(["220302005", "220302004", "210102001"]), "ground": "moved"}
    if trigger == "add_member":
        joins = a_member(
            rng.choice(["M3", "M4", "M5"]),
            relation=rng.choice(["儿子", "母亲", "配偶"]),
            sex=rng.choice(["男", "女"]),
            birth_date=rng.choice([date(1958, 5, 1), date(1990, 2, 28), date(2010, 11, 3), date(2026, 8, 20)]),
            status=rng.choice(["登记失业", "失业未登记", "在校学生", "单位就业"]),
        )
        return {"cause": rng.choice(["birth", "marriage", "returned"]), "happened_on": day, "person": joins}
    if trigger == "remove_member":
        gone = rng.choice(ids)
        stay = [m for m in ids if m != gone]
        fields: dict[str, Any] = {"member": gone, "happened_on": day, "cause": rng.choice(["death", "divorce"])}
        if gone == ids[0] and stay:
            relations = [{"member": m, "relation": "女儿"} for m in stay[1:]]
            fields |= {"new_applicant": stay[0], "relations": relations}
        return fields
    return {}
