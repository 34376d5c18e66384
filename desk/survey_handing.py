"""Handing visits over at the desk (改派走访), by whoever is in charge of the round; the new visitor is told."""

from datetime import datetime

from casework.errors import Conflict, SaidNo
from desk.desk import Caller, Desk
from desk.errors import or_not_found
from desk.survey_rounds import A_ROUND, A_VISIT, in_charge_of, still_open, visitor_of
from records.engine import Writing
from records.inbox import put_line
from records.survey_handing import hand_community, hand_visit
from records.survey_rounds import Round, round_of, shares_of
from records.survey_visits import visit_of

TITLE = "走访改派给您"


def hand_over_visit(desk: Desk, caller: Caller, visit_id: str, to: str, now: datetime) -> None:
    """Give one household to another visitor.  Raises `SaidNo`, `NotYourStep`, `NotFound` or `Conflict`."""
    with desk.record.write() as work:
        visit = or_not_found(visit_of(work, caller.scope, visit_id), A_VISIT)
        one = or_not_found(round_of(work, caller.scope, visit.round_id), A_ROUND)
        _may(work, caller, one, to)
        if visit.settled:
            raise Conflict("visit_settled", "这户已经走访过，不必改派。", field="to")
        if visit.assignee == to:
            return
        if not hand_visit(work, visit, to):
            raise Conflict("visit_changed", "这户的走访刚由别人办理过，请刷新后核对。", field="to")
        _tell(work, one, to, f"visit-{visit_id}-{visit.version}", f"户 {visit.number}（{visit.community}）", now)


def hand_over_community(
    desk: Desk, caller: Caller, round_id: str, community: str, to: str, now: datetime, key: str
) -> int:
    """Give a community with all that is left in it to another visitor; return how many households."""
    with desk.record.write() as work:
        one = or_not_found(round_of(work, caller.scope, round_id), A_ROUND)
        _may(work, caller, one, to)
        if community not in shares_of(work, round_id):
            raise SaidNo("community_unknown", "请选择本轮中的社区。", field="community")
        handed = hand_community(work, round_id, community, to)
        _tell(work, one, to, f"share-{round_id[:8]}-{key}", f"{community}的{handed}户", now)
    return handed


def _may(work: Writing, caller: Caller, one: Round, to: str) -> None:
    in_charge_of(caller, one)
    still_open(one)
    if visitor_of(work, to, one.office) is None:
        raise SaidNo("visitor_unknown", "请从列表中选择能走访这个机构家庭的人。", field="to")


def _tell(work: Writing, one: Round, to: str, key: str, what: str, now: datetime) -> None:
    account = visitor_of(work, to, one.office)
    assert account is not None
    text = f"“{one.title}”中{what}改派给您走访，请在最后一日前走访并登记结果。"
    put_line(work, f"{key}-{to}"[:120], to, account.role, TITLE, text, now)
