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
from casework.ruling import Ruling, Setting
from casework.states import ExitReason, State
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
    return count(setting.calendar, start, setting.policy.contact.window.value, roll=False).ends


def failed_row(case: Case) -> tuple[Contact, ...]:
    """Return the failed attempts since the last success, by date."""
    ordered = sorted(case.contacts, key=lambda c: (c.on, int(c.contact_id[1:])))
    row: list[Contact] = []
    for contact in ordered:
        if contact.outcome is ContactOutcome.REACHED:
            row.clear()
        elif contact.outcome is ContactOutcome.FAILED:
            row.append(contact)
    return tuple(row)


def attempts(contacts: tuple[Contact, ...], setting: Setting) -> int:
    """Count attempts; several on one day are one where the pack wants distinct days (scenario 52)."""
    return len({c.on for c in contacts}) if setting.policy.contact.distinct_days.value else len(contacts)


def _windows(case: Case, setting: Setting) -> list[tuple[Contact, ...]]:
    row = failed_row(case)
    return [tuple(c for c in row if first.on <= c.on <= window_end(first.on, setting)) for first in row]


def _enough(window: tuple[Contact, ...], setting: Setting) -> bool:
    terms = setting.policy.contact
    channels = {c.channel for c in window}
    visited = not terms.needs_visit_or_letter.value or bool(channels & set(ON_PAPER_OR_AT_HOME))
    return attempts(window, setting) >= terms.threshold.value and len(channels) >= terms.min_channels.value and visited


def lost(case: Case, setting: Setting) -> tuple[Contact, ...]:
    """Return the attempts that together mean 无法取得联系, or none."""
    return next((w for w in _windows(case, setting) if _enough(w, setting)), ())


def record_contact(case: Case, command: RecordContact, setting: Setting) -> Ruling:
    """Write an attempt down and count the row anew (J11, A6, scenarios 50, 52–54)."""
    contact = Contact(contact_id=f"C{case.seq + 1}", on=command.on, channel=command.channel, outcome=command.outcome)
    before = failed_row(case)
    case = case.model_copy(update={"contacts": (*case.contacts, contact)})
    terms = setting.policy.contact
    window = lost(case, setting) or max(_windows(case, setting), key=lambda w: attempts(w, setting), default=())
    case, outcome = _follow(case, setting)
    ended = tuple(c.contact_id for c in before) if not failed_row(case) or case.exit_proposal else ()
    why = Why(
        rule=f"contacts.{command.outcome.value}",
        says={
            ContactOutcome.REACHED: "已与家庭成年成员取得联系，未联系次数归零。",
            ContactOutcome.FAILED: "未能联系上，记一次（同一天多次只算一次）。",
            ContactOutcome.WRONG_NUMBER: "号码有误，核实号码之前不计次。",
        }[command.outcome]
        + outcome,
        facts=(
            Fact(label="方式", value=CHANNEL_WORDS[command.channel]),
            Fact(label="连续未联系上", value=f"{attempts(window, setting)}/{terms.threshold.value}次"),
            *([Fact(label="计入日期", value="、".join(sorted({c.on.isoformat() for c in window})))] if window else []),
        ),
        clause=terms.threshold.basis,
    )
    return Ruling(case, why, about=contact.contact_id, each={"stops:contact_window": ended})


def _follow(case: Case, setting: Setting) -> tuple[Case, str]:
    found = lost(case, setting)
    proposal = case.exit_proposal
    helped = case.state in (State.CERTIFIED, State.ASSISTED)
    if found and proposal is None and helped:
        return (
            open_proposal(case, ExitReason.LOST_CONTACT, setting, about=None, by=None),
            "已达到次数，提出退出建议，由县级决定。",
        )
    if not found and proposal is not None and proposal.reason is ExitReason.LOST_CONTACT:
        return case.model_copy(update={"exit_proposal": None}), "退出建议自动撤销。"
    return case, ""


def contact_window_lapsed(case: Case, command: ContactWindowLapsed, setting: Setting) -> Ruling:
    """A month has passed since this attempt; write down what is left in the row."""
    current = tuple(c for c in failed_row(case) if window_end(c.on, setting) >= setting.today)
    terms = setting.policy.contact
    why = Why(
        rule="contacts.window_lapsed",
        says=f"该次未联系上已满一个月，当前一个月内连续未联系上{attempts(current, setting)}次。",
        facts=(Fact(label="连续未联系上", value=f"{attempts(current, setting)}/{terms.threshold.value}次"),),
        clause=terms.window.basis,
    )
    return Ruling(case, why, about=command.about)
