-- As the server's administrator, once: psql -v password="'...'" -f roles.sql
-- One database for many orgs (a schema casewire_NAME for each, which the bridge makes), or one for each; grow by taking orgs to another server
-- (casewire-bridge move).
CREATE ROLE bridge LOGIN PASSWORD :password;
-- Of the server's 300 connections (postgresql.conf) twelve stay for people; what needs more comes through pgbouncer.
ALTER ROLE bridge CONNECTION LIMIT 288;
CREATE DATABASE casewire OWNER bridge;
-- Nobody else looks into it.
REVOKE CONNECT, TEMPORARY ON DATABASE casewire FROM PUBLIC;
