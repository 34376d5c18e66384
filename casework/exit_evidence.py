"""What a proposed exit is counted on (退出事实): every refusal or attempt with its day and why it counts or does not.

For whoever looks before deciding; the counting itself is that of `refusal_counts.py` and `contact_counts.py`.
"""

from dataclasses import dataclass
from datetime import date

from casework import contact_counts, refusal_counts
from casework.case import Case
from casework.case_facts import Contact, ContactChannel, ContactOutcome, Refusal, RefusalStatus
from casework.ruling import Setting
from casework.states import ExitReason
from casework.times import in_words


@dataclass(frozen=True, slots=True)
class Counted:
    """One refusal or attempt: `counts` says whether it is one of those the exit rests on, `why` in words."""

    number: str
    on: date
    who: str
    what: str
    counts: bool
    why: str


@dataclass(frozen=True, slots=True)
class Tally:
    """The count of an exit: the rows by date, and the window that is full, if one is."""

    rows: tuple[Counted, ...]
    first: date | None
    last: date | None
    counted: int
    asked: int
    warnings: tuple[str, ...]
    warned: bool | None
    """Whether whoever is at the threshold was warned in time; None where no warning is asked for."""


CHANNELS = {
    ContactChannel.PHONE: "电话",
    ContactChannel.VISIT: "上门",
    ContactChannel.LETTER: "信函",
    ContactChannel.SMS: "短信",
}
OUTCOMES = {
    ContactOutcome.REACHED: "联系上",
    ContactOutcome.FAILED: "没有联系上",
    ContactOutcome.WRONG_NUMBER: "号码错误",
    ContactOutcome.RETURNED: "信件退回",
}
_JUDGED = {
    RefusalStatus.PENDING: "尚未认定有无正当理由，不计次",
    RefusalStatus.JUSTIFIED: "有正当理由，不计次",
    RefusalStatus.UNJUSTIFIED: "无正当理由",
}


def tally(case: Case, reason: ExitReason, setting: Setting) -> Tally | None:
    """Return what an exit on a counted ground rests on; None where nothing is counted."""
    match reason:
        case ExitReason.REFUSED_REFERRALS:
            return _refusals(case, setting)
        case ExitReason.LOST_CONTACT:
            return _contacts(case, setting)
        case _:
            return None


def _refusals(case: Case, setting: Setting) -> Tally:
    reached = refusal_counts.reached_by(case, setting)
    members = reached or case.standing.base
    windows = [refusal_counts.largest_window(case, m, setting) for m in members]
    full = max(windows, key=len, default=())
    inside = {r.refusal_id for window in windows for r in window}
    allowed = {m: {r.refusal_id for r in refusal_counts.counted(case, m, setting)} for m in case.standing.base}
    rows = []
    for refusal in sorted(case.refusals, key=lambda r: (r.on, int(r.refusal_id[1:]))):
        counts = refusal.refusal_id in inside
        why = _why_refusal(refusal, counts, refusal.refusal_id in allowed.get(refusal.member, set()), setting)
        what = f"拒绝推荐{refusal.referral}" + ("（未应约）" if refusal.no_show else "")
        rows.append(Counted(refusal.refusal_id, refusal.on, case.member_words(refusal.member), what, counts, why))
    warnings = tuple(f"{case.member_words(w.member)}：{in_words(w.on)}书面提醒" for w in case.warnings)
    return Tally(
        tuple(rows),
        full[0].on if full else None,
        refusal_counts.window_end(full[0].on, setting) if full else None,
        len(full),
        refusal_counts.threshold(full, setting) if full else setting.policy.refusal.threshold.value,
        warnings,
        refusal_counts.may_exit(case, setting) if reached else False,
    )


def _why_refusal(refusal: Refusal, counts: bool, allowed: bool, setting: Setting) -> str:
    if refusal.set_aside:
        return "申诉复查认定不应计次"
    if refusal.status is not RefusalStatus.UNJUSTIFIED:
        return _JUDGED[refusal.status]
    if counts:
        return "无正当理由，推荐合适并已送达，在同一计次期内"
    if not allowed:
        return "当时未登记失业，按办法不计次"
    return "无正当理由，但不在这一计次期内"


def _contacts(case: Case, setting: Setting) -> Tally:
    row = {c.contact_id for c in contact_counts.failed_row(case)}
    windows = contact_counts.windows(case, setting)
    full = contact_counts.lost(case, setting) or max(windows, key=len, default=())
    inside = {c.contact_id for c in full}
    rows = tuple(
        Counted(
            c.contact_id,
            c.on,
            f"{CHANNELS[c.channel]}",
            OUTCOMES[c.outcome],
            c.contact_id in inside,
            _why_contact(c, c.contact_id in inside, c.contact_id in row),
        )
        for c in sorted(case.contacts, key=lambda c: (c.on, int(c.contact_id[1:])))
    )
    return Tally(
        rows,
        full[0].on if full else None,
        contact_counts.window_end(full[0].on, setting) if full else None,
        contact_counts.attempts(full, setting),
        setting.policy.contact.threshold.value,
        (),
        None,
    )


def _why_contact(contact: Contact, counts: bool, in_row: bool) -> str:
    if counts:
        return "没有联系上，上次联系成功以后，在同一计次期内"
    if contact.set_aside:
        return "申诉复查认定不应计次"
    if contact_counts.reached(contact):
        return "联系上成年家庭成员，此前的次数清零"
    if contact.outcome is ContactOutcome.REACHED:
        return "应答的不是成年家庭成员，不算联系上，也不计次"
    if contact.outcome is not ContactOutcome.FAILED:
        return "号码或地址不对，不计次，须先核实"
    return "没有联系上，但不在这一计次期内" if in_row else "此后已联系上，或号码未核实，不计次"
