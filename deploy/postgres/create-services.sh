#!/bin/sh
# Run once by the PostgreSQL image on an empty data folder: a role and a database of its own for each service.
# The role owns its database, so that 'carers migrate' can make its schemas; nobody else may connect to it.
set -eu
for service in workforce leave passport accreditation payroll reporting; do
    psql -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
        -v name="carers_$service" -v password="$(cat "${SECRETS:-/run/secrets}/$service")" <<'SQL'
CREATE ROLE :"name" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE CONNECTION LIMIT 60 PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name" ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
done
