"""What the record alone can say of a step before the case is asked: role, task, named helper, unread objections.

The rules check again whatever concerns the case itself.
"""

from casework.errors import NotYourStep, SaidNo
from casework.states import Role
from casework.table import rows_of
from desk.desk import Caller
from desk.errors import or_not_found
from records import worklists
from records.accounts import account_of
from records.engine import Reading
from records.helper_loads import may_help

TOWARDS_THE_SEAL = frozenset({"report_up", "pass_recheck", "certify"})
"""Steps that say that every objection has been dealt with (A9)."""


def roles_of(trigger: str) -> tuple[Role, ...]:
    """Return the roles the table lets take a step."""
    return tuple(dict.fromkeys(role for row in rows_of(trigger) for role in row.who))


def check_role(caller: Caller, trigger: str) -> None:
    """Raise `NotYourStep` when no row of the table lets this role take the step."""
    roles = roles_of(trigger)
    if caller.role not in roles:
        words = "、".join(role.words for role in roles)
        raise NotYourStep("role_not_allowed", f"这一步由{words}办理，您的角色是{caller.role.words}。")


def check_task(work: Reading, caller: Caller, case_id: str, task_id: str) -> None:
    """Raise when the task has been ended (`task_closed`) or somebody else has claimed it (`task_claimed`)."""
    task = or_not_found(worklists.task(work, caller.scope, f"{case_id}/{task_id}"), "待办")
    if task.closed_seq is not None:
        raise worklists.task_closed(task)
    if task.claimed_by not in (None, caller.account, task.acting_for):
        raise worklists.task_claimed(task)


def unread_words(receipts: tuple[str, ...]) -> str:
    """Say what must be done with objections from the public that nobody has registered or answered."""
    listed = "、".join(receipts)
    return f"公示栏收到的群众异议（{listed}）还没有处理，请先在“群众异议”中登记调查，或写明理由答复。"


def check_objections_read(unread: tuple[str, ...], trigger: str) -> None:
    """What the public handed in while the notice hung is an objection before anybody at the desk has opened it (A9)."""
    if unread and trigger in TOWARDS_THE_SEAL:
        raise SaidNo("objection_unread", unread_words(unread))


def check_helper(work: Reading, account: str, office: str) -> None:
    """A helper must be an account that can answer for households of this office."""
    helper = account_of(work, account)
    if helper is None or not may_help(helper, office):
        raise SaidNo("helper_unknown", "没有这个帮扶责任人账号，或其不在本机构范围内，请核对。", field="helper")
