"""Rules of contact (联系): three failed attempts in a row, on three days, by two channels, within one rolling month.

Any successful contact with an adult of the household resets the row (A6).  A wrong number does not count.
"""

from datetime import date

from casework.case import Case
from casework.case_facts import Contact, ContactChannel, ContactOutcome
from casework.commands.assistance import RecordContact
from casework.commands.deadlines import ContactWindowLapsed
from casework.exits import open_proposal
from casework.explanation import Fact, Why
from casework.former_terms import Terms
from casework.ruling import Ruling, Setting
from casework.states import ExitReason, State
from casework.times import in_words
from casework.working_days import count

ON_PAPER_OR_AT_HOME = (ContactChannel.VISIT, ContactChannel.LETTER)
CHANNEL_WORDS = {
    ContactChannel.PHONE: "电话",
    ContactChannel.VISIT: "入户",
    ContactChannel.LETTER: "书面",
    ContactChannel.SMS: "短信",
}


def window_end(start: date, setting: Setting) -> date:
    """Return the last day of the rolling window that begins with an attempt; a holiday does not extend it."""
    return _end(start, setting.terms_on(start), setting)


def _end(start: date, terms: Terms, setting: Setting) -> date:
    return count(setting.calendar, start, terms.contact.window.value, roll=False).ends


def failed_row(case: Case) -> tuple[Contact, ...]:
    """Return the failed attempts since the last success, by date.

    A wrong number makes the calls before it void, and those after it until the number was checked anew (scenario 56).
    """
    ordered = sorted(case.contacts, key=lambda c: (c.on, int(c.contact_id[1:])))
    row: list[Contact] = []
    doubtful = False
    for contact in ordered:
        doubtful = doubtful and not contact.number_verified and contact.outcome is not ContactOutcome.REACHED
        if contact.outcome is ContactOutcome.REACHED:
            row.clear()
        elif contact.outcome is ContactOutcome.WRONG_NUMBER:
            doubtful = True
            row = [c for c in row if c.channel in ON_PAPER_OR_AT_HOME]
        elif contact.channel in ON_PAPER_OR_AT_HOME or not doubtful:
            row.append(contact)
    return tuple(row)


def attempts(contacts: tuple[Contact, ...], setting: Setting) -> int:
    """Count attempts; several on one day are one where the rule of that day wants distinct days (scenario 52)."""
    days = [c.on for c in contacts]
    return sum(1 if setting.terms_on(d).contact.distinct_days.value else days.count(d) for d in set(days))


def _windows(case: Case, setting: Setting) -> list[tuple[Contact, ...]]:
    row = failed_row(case)
    return [tuple(c for c in row if first.on <= c.on <= window_end(first.on, setting)) for first in row]


def _enough(window: tuple[Contact, ...], setting: Setting) -> bool:
    """Say whether a window is full under every rule that was valid on one of its days (A36)."""

    def by(terms: Terms) -> bool:
        inside = tuple(c for c in window if c.on <= _end(window[0].on, terms, setting))
        channels = {c.channel for c in inside}
        visited = not terms.contact.needs_visit_or_letter.value or bool(channels & set(ON_PAPER_OR_AT_HOME))
        many = attempts(inside, setting) >= terms.contact.threshold.value
        return many and len(channels) >= terms.contact.min_channels.value and visited

    return bool(window) and all(by(terms) for terms in setting.terms_over(c.on for c in window))


def lost(case: Case, setting: Setting) -> tuple[Contact, ...]:
    """Return the attempts that together mean 无法取得联系, or none."""
    return next((w for w in _windows(case, setting) if _enough(w, setting)), ())


def record_contact(case: Case, command: RecordContact, setting: Setting) -> Ruling:
    """Write an attempt down and count the row anew (J11, A6, scenarios 50, 52–54, 56)."""
    contact = Contact(
        contact_id=f"C{case.seq + 1}",
        on=command.on,
        channel=command.channel,
        outcome=command.outcome,
        number_verified=command.number_verified,
    )
    before = failed_row(case)
    case = case.model_copy(update={"contacts": (*case.contacts, contact)})
    row = failed_row(case)
    window = lost(case, setting) or max(_windows(case, setting), key=lambda w: attempts(w, setting), default=())
    terms = setting.terms_on(window[0].on if window else command.on).contact
    case, outcome = _follow(case, contact, setting)
    why = Why(
        rule=f"contacts.{command.outcome.value}",
        says=_said(contact, contact in row, setting) + outcome,
        facts=(
            Fact(label="方式", value=CHANNEL_WORDS[command.channel]),
            Fact(label="连续未联系上", value=f"{attempts(window, setting)}/{terms.threshold.value}次"),
            *(
                [Fact(label="计入日期", value="、".join(in_words(d) for d in sorted({c.on for c in window})))]
                * bool(window)
            ),
        ),
        clause=terms.threshold.basis,
    )
    ended = tuple(c.contact_id for c in before if c not in row)
    return Ruling(case, why, about=contact.contact_id, each={"stops:contact_window": ended})


def _said(contact: Contact, counts: bool, setting: Setting) -> str:
    if contact.outcome is ContactOutcome.REACHED:
        return "已与家庭成年成员取得联系，未联系次数归零。"
    if contact.outcome is ContactOutcome.WRONG_NUMBER:
        return "号码有误，此前此后用该号码的联系都不计次，请核实号码。"
    if not counts:
        return "未能联系上；号码有误且尚未重新核实，不计次，请先核实号码。"
    same_day = "（同一天多次只算一次）" if setting.terms_on(contact.on).contact.distinct_days.value else ""
    return f"未能联系上，记一次{same_day}。"


def _follow(case: Case, latest: Contact, setting: Setting) -> tuple[Case, str]:
    """Propose when this attempt makes the count full, so that a rejected proposal is not made again from old ones."""
    proposal = case.exit_proposal
    full = any(latest in window and _enough(window, setting) for window in _windows(case, setting))
    may = case.state in (State.CERTIFIED, State.ASSISTED) and setting.policy.grounds.lost_contact.value
    if full and proposal is None and may:
        return (
            open_proposal(case, ExitReason.LOST_CONTACT, setting, about=None, by=None),
            "已达到次数，提出退出建议，由县级决定。",
        )
    if not lost(case, setting) and proposal is not None and proposal.reason is ExitReason.LOST_CONTACT:
        return case.model_copy(update={"exit_proposal": None}), "退出建议自动撤销。"
    return case, ""


def contact_window_lapsed(case: Case, command: ContactWindowLapsed, setting: Setting) -> Ruling:
    """A month has passed since this attempt; write down what is left in the row."""
    current = tuple(c for c in failed_row(case) if window_end(c.on, setting) >= setting.today)
    ended = next((c.on for c in case.contacts if c.contact_id == command.about), setting.today)
    terms = setting.terms_on(ended).contact
    why = Why(
        rule="contacts.window_lapsed",
        says=f"该次未联系上已满{terms.window.value.words}，当前窗口内连续未联系上{attempts(current, setting)}次。",
        facts=(Fact(label="连续未联系上", value=f"{attempts(current, setting)}/{terms.threshold.value}次"),),
        clause=terms.window.basis,
    )
    return Ruling(case, why, about=command.about)
