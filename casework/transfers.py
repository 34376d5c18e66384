"""Rules of a case that goes to another office (转移): the office changes, nothing else does (A28, A40).

Clocks, due days and counts stay; the new office finds every open task on its list and confirms that it took the case
over.  An office under another locality's policy cannot go on with this case: that is an exit and a new application.
"""

from casework.case import Case
from casework.commands.transfer import ReceiveTransfer, TransferCase
from casework.errors import SaidNo
from casework.explanation import Fact, Why
from casework.ruling import Ruling, Setting
from casework.times import in_words
from casework.transfer_facts import Transfer

KEPT = "内部规定：转移机构不改变任何时限和次数（A40）"
GROUND_WORDS = {"moved": "居住地变动", "hukou_moved": "户籍迁移", "jurisdiction": "原受理机构无管辖", "other": "其他"}


def transfer_case(case: Case, command: TransferCase, setting: Setting) -> Ruling:
    """Hand the case to another office under the same policy; a helper out of that office's area stays behind."""
    policy, to = setting.policy, command.to_office
    if to == case.office:
        raise SaidNo("office_unchanged", "本户已在该机构，请核对接收机构代码。", field="to_office")
    if policy.applies_to(case.office) and not policy.applies_to(to):
        raise SaidNo(
            "office_of_another_policy",
            "该机构适用另一地的办法，个案不能带过去：请按户籍迁出提出退出，由迁入地受理新的申请，新个案会关联本户。",
            field="to_office",
            clause=policy.grounds.moved_away.basis,
        )
    row = Transfer(
        transfer_id=f"H{case.seq + 1}",
        from_office=case.office,
        to_office=to,
        ground=command.ground,
        on=setting.today,
        by=command.by.hand,
    )
    left_behind = case.helper is not None and not command.keeps_helper
    update = {"office": to, "transfers": (*case.transfers, row)} | ({"helper": None} if left_behind else {})
    dates = "、".join(f"{_called(c.kind)}{in_words(c.due_on)}" for c in case.clocks) or "无"
    says = f"个案由{case.office}转至{to}，各项时限、待办和次数不变。"
    says += "原帮扶责任人不在接收机构范围内，须重新指定。" if left_behind else ""
    facts = (Fact(label="事由", value=GROUND_WORDS[command.ground]), Fact(label="不变的时限", value=dates))
    why = Why(rule="transfers.handed_over", says=says, facts=facts, clause=KEPT)
    return Ruling(case.model_copy(update=update), why, about=row.transfer_id)


def _called(kind: str) -> str:
    from casework.starting import CLOCK_WORDS

    return CLOCK_WORDS[kind]


def receive_transfer(case: Case, command: ReceiveTransfer, setting: Setting) -> Ruling:
    """The new office confirms that it took the case over."""
    last = case.transfers[-1] if case.transfers else None
    if last is None or last.received_on is not None:
        raise SaidNo("nothing_to_receive", "本户没有待接收的转移，请刷新后查看。")
    received = last.model_copy(update={"received_on": setting.today, "received_by": command.by.hand})
    why = Why(
        rule="transfers.received",
        says=f"{case.office}已接收本户，由其继续办理。",
        facts=(Fact(label="转移日期", value=in_words(last.on)),),
        clause=KEPT,
    )
    return Ruling(case.model_copy(update={"transfers": (*case.transfers[:-1], received)}), why, about=last.transfer_id)
