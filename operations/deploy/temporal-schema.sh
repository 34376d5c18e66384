#!/bin/sh
# Brings both databases of the Temporal server to the schema of this admin-tools version.  Safe to run at every start:
# `setup-schema` leaves a database alone that is already past version 0.
set -eu

SQL_PASSWORD=$(cat /run/secrets/temporal_database_password)
export SQL_PASSWORD

tool() {
  database=$1
  shift
  temporal-sql-tool --plugin postgres12 --ep postgresql -p 5432 -u temporal --db "$database" "$@"
}

for pair in temporal:temporal temporal_visibility:visibility; do
  tool "${pair%%:*}" setup-schema -v 0.0
  tool "${pair%%:*}" update-schema -d "/etc/temporal/schema/postgresql/v12/${pair##*:}/versioned"
done
