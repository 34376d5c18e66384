"""Which cases changed last by the wall clock: what a worker looks at after a crash.  For the engine: no scope."""

from datetime import timedelta

from sqlalchemy import select

from records.engine import Reading
from records.tables import cases, events


def last_changed(work: Reading, most: int) -> tuple[str, ...]:
    """Return the cases whose last event is the youngest, the youngest first; a drill's clock offset is taken off."""
    last = select(cases.c.case_id, cases.c.clock_offset, events.c.at).join(
        events, (events.c.case_id == cases.c.case_id) & (events.c.seq == cases.c.seq)
    )
    real = last.where(cases.c.clock_offset == 0).order_by(events.c.at.desc()).limit(most)
    drills = last.where(cases.c.clock_offset != 0)
    rows = [*work.connection.execute(real), *work.connection.execute(drills)]
    rows.sort(key=lambda row: row.at - timedelta(seconds=row.clock_offset), reverse=True)
    return tuple(row.case_id for row in rows[:most])
