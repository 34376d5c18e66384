"""Run by Alembic: migrations always get an open connection from `records.migrations.upgrade`."""

from alembic import context

from records.all_tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
