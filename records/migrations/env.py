"""Run by Alembic: migrations always get an open connection from `records.migrations.upgrade`."""

from alembic import context

from records.tables import metadata
from records.tables_people import persons

assert persons.metadata is metadata  # the import adds the second half of the tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
