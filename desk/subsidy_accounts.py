"""Where subsidies are paid to (收款账号): written by one person, and compared by another before money goes there.

What was handed in before the approval is covered by it, as long as who decides has not written it.  What is written
over afterwards waits for somebody else, who types it in again from the papers: nobody is shown a number for that.
"""

from datetime import datetime

from casework.errors import Conflict, NotYourStep, SaidNo
from casework.states import same_person
from desk.desk import Caller, Desk
from desk.subsidies import APPLIERS, DECIDERS, FOUR_EYES, mine, today_of
from records.household_pages import log_view
from records.subsidy_applications import Applied, change, is_account, keep_account

CHECKERS = (*APPLIERS, *DECIDERS)


def set_account(desk: Desk, caller: Caller, application_id: str, number: str, now: datetime) -> Applied:
    """Write down where a subsidy is paid to; the caseworker does, in place of what stood there.  Who and when stays."""
    with desk.record.write() as work:
        applied = mine(work, caller, application_id)
        if caller.role not in APPLIERS:
            raise NotYourStep("not_applying", "收款账号由街道（乡镇）经办人填写。")
        keep_account(work, applied, number, account=caller.account)
        log_view(work, caller.scope, applied.case_id, what="subsidies", reason="填写或更改补贴收款账号", now=now)
        return applied


def check_account(desk: Desk, caller: Caller, application_id: str, number: str, now: datetime) -> Applied:
    """Compare an account that was written after the approval, by typing it in again; not by whoever wrote it."""
    with desk.record.write() as work:
        applied = mine(work, caller, application_id)
        _, today = today_of(work, caller, applied.case_id, now)
        if caller.role not in CHECKERS:
            raise NotYourStep("not_checking", "收款账号由经办人或县级复核人员核对。")
        if not applied.account_open:
            raise Conflict("account_not_open", "这份申请没有等待核对的收款账号，请刷新后再看。")
        if same_person(caller.actor, applied.account_by):
            raise NotYourStep("same_person", "这个收款账号由您填写，须由另一人核对。", clause=FOUR_EYES)
        if not is_account(work, application_id, number):
            words = "与登记的账号不一致。请对照存折、银行卡复印件再录一遍；登记错了的，由经办人更改后另行核对。"
            raise SaidNo("account_differs", words, field="again")
        change(work, applied, account_checked_by=caller.account, account_checked_on=today)
        log_view(work, caller.scope, applied.case_id, what="subsidies", reason="核对补贴收款账号", now=now)
        return applied
