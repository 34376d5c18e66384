#!/bin/bash
# Runs once, when PostgreSQL starts on an empty volume: the record and the engine get a role and databases of their own,
# so that neither can read the other.
set -euo pipefail

role() { # role and its password file; the password goes in on standard input, never on a command line
  psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres --quiet <<SQL
\set secret \`cat /run/secrets/$2\`
CREATE ROLE $1 LOGIN PASSWORD :'secret';
SQL
}

database() { # database and its owner
  psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres --quiet <<SQL
CREATE DATABASE $1 OWNER $2 ENCODING 'UTF8' TEMPLATE template0;
REVOKE CONNECT ON DATABASE $1 FROM PUBLIC;
SQL
}

role wanjia wanjia_database_password
role temporal temporal_database_password
database wanjia wanjia
database temporal temporal
database temporal_visibility temporal
