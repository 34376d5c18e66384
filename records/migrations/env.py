"""Run by Alembic: migrations always get an open connection from `records.migrations.upgrade`."""

from alembic import context

from records import (
    tables_calendars,
    tables_delegation,
    tables_drafts,
    tables_lists,
    tables_notices,
    tables_people,
    tables_policies,
    tables_promises,
    tables_public,
    tables_review,
)
from records.tables import metadata

MORE_TABLES = (
    tables_calendars,
    tables_delegation,
    tables_drafts,
    tables_lists,
    tables_notices,
    tables_people,
    tables_policies,
    tables_promises,
    tables_public,
    tables_review,
)
"""Importing these adds their tables to the metadata."""

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
