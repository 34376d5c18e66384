"""A second, independent reading of the eligibility rules, to hold the first against.  Written from the rules' text.

Works on plain words and sets, computes retirement by counting up months, and shares no code with `casework`.
"""

import calendar
from datetime import date

EXCLUDED = {"在校学生", "服兵役", "服刑", "内部退养", "已退休"}
JOBLESS = {"登记失业", "失业未登记"}
ALWAYS = {"配偶", "父亲", "母亲", "儿子", "女儿"}


def _later(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _ladder(born: date, age: int, first: int, step: int, most: int) -> date:
    delay, seen = 0, (first, 1)
    while seen <= (born.year, born.month) and delay < most:
        delay += 1
        for _ in range(step):
            seen = (seen[0] + seen[1] // 12, seen[1] % 12 + 1)
    return _later(born, age * 12 + delay)


def _ages(row: dict, on: date) -> set[bool]:
    """Return the possible answers to "of working age": one, or two when the track is unknown and matters."""
    born = row["born"]
    if row["sex"] == "男":
        ends = [_ladder(born, 60, 1965, 4, 36)]
    else:
        ends = []
        if row["track"] != "工人":
            ends.append(_ladder(born, 55, 1970, 4, 36))
        if row["track"] != "干部":
            ends.append(_ladder(born, 50, 1975, 2, 60))
    return {_later(born, 192) <= on < end for end in ends}


def judge(rows: list[dict], on: date, *, deem_parents: bool, income: bool, registered: bool) -> tuple:
    """Return (outcome, reason, counted positions, base positions) for a pack whose mixed households are reviewed."""
    me = rows[0]
    alone = not any(r["booklet"] == me["booklet"] for r in rows[1:])
    counted = {0}
    for i, r in enumerate(rows[1:], 1):
        home = r["booklet"] == me["booklet"]
        if (
            (home and (r["relation"] in ALWAYS or r["together"]))
            or (not home and r["relation"] == "配偶")
            or (not home and deem_parents and r["relation"] in {"父亲", "母亲"} and alone and me["marital"] != "已婚")
        ):
            counted.add(i)
    base = {
        i
        for i in counted
        if _ages(rows[i], on) == {True}
        and rows[i]["capacity"] != "完全丧失"
        and rows[i]["status"] not in EXCLUDED
        and (rows[i]["willing"] or rows[i]["status"] not in JOBLESS)
    }
    tests = [
        ("special_review", "rural_member", any(rows[i]["hukou"] == "农业" for i in counted)),
        ("special_review", "unknown_track", any(len(_ages(rows[i], on)) == 2 for i in counted)),
        ("not_eligible", "applicant_not_registered", registered and me["status"] != "登记失业"),
        ("not_eligible", "no_base_member", not base),
        ("not_eligible", "member_employed", any(rows[i]["status"] not in JOBLESS for i in base)),
        ("not_eligible", "has_income", income and any(rows[i]["business"] + rows[i]["investment"] for i in counted)),
        ("eligible", "all_unemployed", True),
    ]
    outcome, reason = next((o, r) for o, r, applies in tests if applies)
    return outcome, reason, sorted(counted), sorted(base)
