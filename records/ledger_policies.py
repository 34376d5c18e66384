"""Which policies members had enjoyed until a day (享受政策): subsidies approved by then, with the months they run."""

from datetime import date

from sqlalchemy import select

from casework.times import month_in_words
from records.engine import Reading
from records.tables_subsidies import subsidy_applications as applied
from register.subsidies import kind_words

ENJOYED = ("approved", "ended", "stopped")


def policies_enjoyed(work: Reading, first: str, last: str, day: date) -> dict[tuple[str, str], str]:
    """Return, in words, the policies of each member of the cases from one number to another, by case and member."""
    asked = select(
        *(applied.c[name] for name in ("case_id", "member", "kind", "pay", "first_month", "last_month", "stopped_on"))
    ).where(applied.c.case_id.between(first, last), applied.c.state.in_(ENJOYED), applied.c.decided_on <= day)
    found: dict[tuple[str, str], list[str]] = {}
    for row in work.connection.execute(asked.order_by(applied.c.case_id, applied.c.first_month, applied.c.kind)):
        words = kind_words(row.kind)
        until = row.last_month
        if row.stopped_on is not None and row.stopped_on <= day:
            until = min(until, f"{row.stopped_on:%Y-%m}")
        if row.pay == "monthly" and until < row.first_month:
            continue  # stopped before its first month
        if row.pay == "monthly":
            words += f"（{month_in_words(row.first_month)}至{month_in_words(until)}）"
        known = found.setdefault((row.case_id, row.member), [])
        if words not in known:
            known.append(words)
    return {key: "；".join(words) for key, words in found.items()}
