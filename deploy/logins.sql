-- The three logins of one installation and its database: psql --file=deploy/logins.sql as a superuser asks for passwords.
\prompt 'Password of fyrtaarn (owner): ' owner
\prompt 'Password of fyrtaarn_web: ' web
\prompt 'Password of fyrtaarn_worker: ' worker
CREATE ROLE fyrtaarn LOGIN PASSWORD :'owner';
CREATE ROLE fyrtaarn_web LOGIN NOINHERIT PASSWORD :'web';
CREATE ROLE fyrtaarn_worker LOGIN NOINHERIT PASSWORD :'worker';
CREATE DATABASE fyrtaarn OWNER fyrtaarn ENCODING 'UTF8' TEMPLATE template0;
