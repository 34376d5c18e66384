"""One survey of a whole area (全辖区摸底): a round for every office under one title, shared out among its own people.

The office hands out differently what it wants to (`survey_handing.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from casework.errors import SaidNo
from casework.states import Role
from desk.desk import Caller, Desk
from desk.survey_rounds import Plan, may_open, may_visit, open_new_round
from records.accounts import Account
from records.offices import Office
from records.survey_rounds import communities_to_visit

MOST_OFFICES = 100
ALL = "all"
"""What stands for every office of the caller's in a form."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What was opened: how many rounds, and the offices that have nobody to visit."""

    rounds: int
    without: tuple[Office, ...]


def open_everywhere(desk: Desk, caller: Caller, plan: Plan, key: str, now: datetime) -> Opened:
    """Open a round for every office of the caller's area; the office and the shares of the plan are not looked at.

    Each round is a unit of work of its own; a repeated key opens nothing twice and finishes what was cut.
    """
    offices = may_open(desk, caller)
    if len(offices) > MOST_OFFICES:
        raise SaidNo(
            "too_many_offices",
            f"范围内有{len(offices)}个机构，一次最多{MOST_OFFICES}个，请由市、县分别开轮。",
            field="office",
        )
    rounds, without = 0, []
    for office in offices:
        shares = _shared_out(desk, office)
        if not shares:
            without.append(office)
            continue
        open_new_round(desk, caller, replace(plan, office=office.office, shares=shares), f"{key}:{office.office}", now)
        rounds += 1
    if not rounds:
        raise SaidNo("nobody_visits", "范围内的机构都没有可走访的经办人或帮扶责任人，请先开通账号。", field="office")
    return Opened(rounds, tuple(without))


def _shared_out(desk: Desk, office: Office) -> dict[str, str]:
    """Return who visits which community: the largest first, to whoever has the fewest households so far."""
    visitors = may_visit(desk, office.office)
    own: Sequence[Account] = [a for a in visitors if a.role is Role.CASEWORKER] or visitors
    if not own:
        return {}
    with desk.record.read() as work:
        communities = communities_to_visit(work, office.office)
    load = {account.account: 0 for account in own}
    shares: dict[str, str] = {}
    for community, households in (communities or {office.name[:60]: 0}).items():
        who = min(load, key=lambda account: (load[account], account))
        shares[community] = who
        load[who] += households
    return shares
