-- Roles for stores in PostgreSQL. Run it once in the database, as a role that may create others:
--   psql --dbname=dossier --file=deploy/postgresql/roles.sql
-- Then give both roles a password, e.g. with psql's \password, and use them in STORE_URL: the first for "publish", the second for
-- the services.

create role dossier_publisher login;
create role dossier_reader login;

do $$
begin
  execute format('grant connect, create on database %I to dossier_publisher', current_database());
  execute format('grant connect on database %I to dossier_reader', current_database());
end
$$;

-- Which revision of each service is in which schema.
create schema dossier authorization dossier_publisher;
grant usage on schema dossier to dossier_reader;

-- The reader may read everything that the publisher creates, and nothing else.
alter default privileges for role dossier_publisher grant usage on schemas to dossier_reader;
alter default privileges for role dossier_publisher grant select on tables to dossier_reader;

-- Lists are read in the order of an index, up to the size of a page, and what belongs to their rows is looked up. A plan that reads and sorts
-- all rows or joins them by a hash table, compiles the query or starts workers takes longer.
alter role dossier_reader set enable_sort = off;
alter role dossier_reader set enable_hashjoin = off;
alter role dossier_reader set jit = off;
alter role dossier_reader set max_parallel_workers_per_gather = 0;
alter role dossier_reader set statement_timeout = '5s';
alter role dossier_reader set default_transaction_read_only = on;
