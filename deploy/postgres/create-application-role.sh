#!/bin/sh
# Runs once, when the database is made: the role that the server connects with owns nothing and bypasses nothing.
set -eu
psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set ON_ERROR_STOP=1 \
  --set password="$APPLICATION_PASSWORD" <<'SQL'
create role taxolens_app login password :'password'
  nosuperuser nobypassrls nocreatedb nocreaterole noinherit;
SQL
