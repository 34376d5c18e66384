"""What is forgotten of imports by itself (导入的清理): sheets nobody goes on with, lines to correct, former contents.

A job of the daily round.  What an import wrote into the register stays; only what was kept for its own sake goes.
"""

from datetime import date, datetime, timedelta

from desk.imports import IDLE, UNDONE_WITHIN
from desk.vacancy_sheets import KEPT_FOR
from records import import_households, imports
from records.engine import Record
from records.vacancy_sheets import drop_sheets

MARGIN = timedelta(days=1)
"""An undo that was begun at the last moment is finished before what it needs goes."""


def tidy_imports(record: Record, day: date, now: datetime) -> None:  # noqa: ARG001 - days of storage, not legal ones
    """Drop sheets that wait too long, and forget what finished imports need no more."""
    with record.write() as work:
        for state in ("mapping", "checked"):
            for batch_id in imports.idle_since(work, now - IDLE, (state,)):
                if imports.move(work, batch_id, state, "dropped", now):
                    imports.drop_chunks(work, batch_id, *imports.ALL_CHUNKS)
                    import_households.drop_staged(work, batch_id)
        for batch_id in imports.idle_since(work, now - IDLE, ("done", "undone", "refused", "dropped")):
            imports.drop_chunks(work, batch_id, *imports.ALL_CHUNKS)
        old = imports.idle_since(work, now - UNDONE_WITHIN - MARGIN, ("done", "undone"))
        import_households.forget_before(work, old)
        drop_sheets(work, now - KEPT_FOR)
