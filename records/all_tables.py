"""Every table of the record (全部表): importing this adds them all to the metadata.

For whoever needs the whole of it: migrations, tests, back-ups.  A new module of tables has its line here.
"""

from records import (  # noqa: F401
    tables_calendars,
    tables_daily,
    tables_delegation,
    tables_drafts,
    tables_exports,
    tables_imports,
    tables_inspections,
    tables_ledger,
    tables_lists,
    tables_notices,
    tables_papers,
    tables_people,
    tables_policies,
    tables_promises,
    tables_public,
    tables_radar,
    tables_register,
    tables_reports,
    tables_review,
    tables_subsidies,
    tables_surveys,
    tables_vacancies,
)
from records.tables import metadata

__all__ = ["metadata"]
