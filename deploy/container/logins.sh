#!/bin/sh
# Run by PostgreSQL's container on its first start: the lesser logins, with the passwords of postgres.env.
set -eu
psql --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" --set=ON_ERROR_STOP=1 \
    --set=owner="$OWNER_PASSWORD" --set=web="$WEB_PASSWORD" --set=worker="$WORKER_PASSWORD" <<'SQL'
CREATE ROLE fyrtaarn LOGIN PASSWORD :'owner';
CREATE ROLE fyrtaarn_web LOGIN NOINHERIT PASSWORD :'web';
CREATE ROLE fyrtaarn_worker LOGIN NOINHERIT PASSWORD :'worker';
CREATE DATABASE fyrtaarn OWNER fyrtaarn ENCODING 'UTF8' TEMPLATE template0;
SQL
