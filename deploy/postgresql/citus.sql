-- Distributes the published store of the service statements over the nodes of a Citus cluster, and copies the tables of the other services to
-- each node. Not run by this project: see docs/sizing.md, which says what is gained and which requests then fail.
-- Run it with psql on the coordinator as a superuser, after each "publish --without-constraints"; it may be run again:
--   psql --dbname=dossier --set=ON_ERROR_STOP=1 --file=deploy/postgresql/citus.sql

create temporary view published_table as
select current.service, tables.table_name::text as name, keys.distribution_column,
  format('%I.%I', tables.table_schema, tables.table_name) as qualified,
  format('%I.statement', tables.table_schema) as statement
from dossier.revision as current
  join information_schema.tables on tables.table_schema = current.schema
  -- The columns with the statement's id. Queries join these tables by it, so the rows of a statement are on one node.
  left join (values ('statement', 'id'), ('statement_search', 'id'), ('passage_search', 'id')) as keys(name, distribution_column)
    on keys.name = tables.table_name and current.service = 'statements';

-- Citus creates the schemas on the other nodes, but without the default privileges of roles.sql.
select distinct format('grant usage on schema %I to dossier_reader', schema) from dossier.revision
\gexec

-- One statement, and one transaction, for each table; the others are placed like the table "statement".
select case
  when distribution_column is null then format('select create_reference_table(%L)', qualified)
  when name = 'statement' then format('select create_distributed_table(%L, %L, colocate_with => %L)', qualified, distribution_column, 'none')
  else format('select create_distributed_table(%L, %L, colocate_with => %L)', qualified, distribution_column, statement)
end
from published_table
where qualified::regclass not in (select logicalrelid from pg_dist_partition)
order by service, name <> 'statement', name
\gexec

-- The rows were copied.
select format('select truncate_local_data_after_distributing_table(%L)', qualified) from published_table order by service, name
\gexec
