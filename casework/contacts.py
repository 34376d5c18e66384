"""Rules of contact (联系): attempts are written down, the row is counted anew, whoever was absent is sought again.

How the row is counted (three failed attempts, on three days, by two channels, within one rolling month) is in
`contact_counts.py`; what follows from a full row in `exits.py` (A6, A7).
"""

from casework.case import Case
from casework.case_facts import Answered, Contact, ContactChannel, ContactOutcome
from casework.commands.assistance import RecordContact
from casework.commands.deadlines import ContactWindowLapsed
from casework.contact_counts import attempts, failed_row, is_adult, lost, reached, window_end, windows
from casework.errors import SaidNo
from casework.exits import follow
from casework.explanation import Fact, Why
from casework.ruling import Ruling, Setting
from casework.times import in_words

CHANNEL_WORDS = {
    ContactChannel.PHONE: "电话",
    ContactChannel.VISIT: "入户",
    ContactChannel.LETTER: "书面",
    ContactChannel.SMS: "短信",
}


def record_contact(case: Case, command: RecordContact, setting: Setting) -> Ruling:
    """Write an attempt down and count the row anew (J11, A6, scenarios 50, 52–54, 56)."""
    _check(case, command)
    contact = Contact(
        contact_id=f"C{case.seq + 1}",
        on=command.on,
        channel=command.channel,
        outcome=command.outcome,
        number_verified=command.number_verified,
        answered=_who(case, command),
        answered_by=command.answered_by,
        by_household=command.by_household,
    )
    before = failed_row(case)
    case = case.model_copy(update={"contacts": (*case.contacts, contact)})
    row = failed_row(case)
    window = lost(case, setting) or max(windows(case, setting), key=lambda w: attempts(w, setting), default=())
    terms = setting.terms_on(window[0].on if window else command.on).contact
    case, outcome, moved = follow(case, setting)
    absent, found = _sought(case, contact, command.sought)
    why = Why(
        rule=f"contacts.{command.outcome.value}",
        says=_said(contact, contact in row, setting)
        + (f"{case.member_words(absent)}本人不在，请另行联系到本人。" if absent else "")
        + outcome,
        facts=(
            Fact(
                label="方式",
                value=CHANNEL_WORDS[command.channel] + ("（家庭主动联系）" if command.by_household else ""),
            ),
            Fact(label="连续未联系上", value=f"{attempts(window, setting)}/{terms.threshold.value}次"),
            *(
                [Fact(label="计入日期", value="、".join(in_words(d) for d in sorted({c.on for c in window})))]
                * bool(window)
            ),
        ),
        clause=terms.threshold.basis,
    )
    ended = tuple(c.contact_id for c in before if c not in row)
    each = {
        "stops:contact_window": ended,
        "reach_member": (absent,) if absent else (),
        "closes:reach_member": (found,) if found else (),
    }
    return Ruling(case, why, about=contact.contact_id, each=each, moved=moved)


def _check(case: Case, command: RecordContact) -> None:
    for field in ("answered_by", "sought"):
        member = getattr(command, field)
        if member is not None and case.household.member(member) is None:
            raise SaidNo("member_unknown", f"家庭中没有成员{member}，请核对成员编号。", field=field)
    if command.answered_by is not None and command.outcome is not ContactOutcome.REACHED:
        raise SaidNo(
            "nobody_answered", "没有联系上的，不填应答的成员；有成员应答的，结果应填“联系上”。", field="answered_by"
        )
    if command.by_household and command.outcome is not ContactOutcome.REACHED:
        raise SaidNo("household_came_itself", "家庭主动来人、来电、来信的，结果应填“联系上”。", field="outcome")
    if command.outcome is ContactOutcome.RETURNED and command.channel is not ContactChannel.LETTER:
        raise SaidNo("not_a_letter", "“信件退回”只用于书面通知，请核对联系方式。", field="outcome")


def _who(case: Case, command: RecordContact) -> Answered:
    """Return who answered; a member who is named is judged by the birth date (A6)."""
    if command.answered_by is None:
        return command.answered
    return Answered.ADULT if is_adult(case, command.answered_by, command.on) else Answered.MINOR


def _sought(case: Case, contact: Contact, sought: str | None) -> tuple[str | None, str | None]:
    """Return the member who is still to be reached, and the one who now was (scenario 54)."""
    if contact.outcome is not ContactOutcome.REACHED:
        return None, None
    if sought is not None and sought != contact.answered_by:
        return sought, None
    return None, contact.answered_by


def _said(contact: Contact, counts: bool, setting: Setting) -> str:
    if reached(contact):
        return "已与家庭成年成员取得联系，未联系次数归零。"
    if contact.outcome is ContactOutcome.REACHED:
        who = "未成年人" if contact.answered is Answered.MINOR else "家庭以外的人"
        return f"应答的是{who}，不算联系上，也不计为未联系上，请另行联系家庭成年成员。"
    if contact.outcome is ContactOutcome.WRONG_NUMBER:
        return "号码有误，此前此后用该号码的联系都不计次，请核实号码。"
    if contact.outcome is ContactOutcome.RETURNED:
        return "信件退回，此前此后寄往该地址的信件都不计次，请核实地址。"
    if not counts:
        return "未能联系上；当日或此后已联系上，或号码、地址有误尚未重新核实，不计次，有误的请先核实号码、地址。"
    same_day = "（同一天多次只算一次）" if setting.terms_on(contact.on).contact.distinct_days.value else ""
    return f"未能联系上，记一次{same_day}。"


def contact_window_lapsed(case: Case, command: ContactWindowLapsed, setting: Setting) -> Ruling:
    """The window of this attempt has passed; write down what is left in the row, or that the time is full."""
    ended = next((c.on for c in case.contacts if c.contact_id == command.about), setting.today)
    terms = setting.terms_on(ended).contact
    length = terms.window.value.words
    current = failed_row(case)
    if terms.counting.value == "within":
        current = tuple(c for c in current if window_end(c.on, setting) >= setting.today)
        says = f"该次未联系上已满{length}，当前窗口内连续未联系上{attempts(current, setting)}次。"
    else:
        tried = f"共{attempts(current, setting)}次"
        says = f"自该次起已满{length}没有联系上，{tried}；此后再未联系上且次数已足的，即达到。"
    why = Why(
        rule="contacts.window_lapsed",
        says=says,
        facts=(Fact(label="连续未联系上", value=f"{attempts(current, setting)}/{terms.threshold.value}次"),),
        clause=terms.window.basis,
    )
    return Ruling(case, why, about=command.about)
