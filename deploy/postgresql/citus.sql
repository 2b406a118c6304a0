-- Distributes the published stores of the service statements over the nodes of a Citus cluster, and copies the other tables to each node. Run it
-- on the coordinator as a superuser, after each "publish --without-constraints":
--   psql --dbname=dossier --set=ON_ERROR_STOP=1 --file=deploy/postgresql/citus.sql
-- Programs can read while it runs. See docs/sizing.md for what this gains, and which requests then fail.

do $$
declare
  found record;
  -- Tables with the texts of statements, and their columns with the statement's id: joined by it, so their shards are together.
  ids constant jsonb := '{"statement": "id", "statement_search": "id", "passage_search": "id"}';
begin
  for found in
    select current.schema, tables.table_name as name
    from dossier.revision as current join information_schema.tables on tables.table_schema = current.schema
    where not exists (select 1 from pg_dist_partition where logicalrelid = format('%I.%I', current.schema, tables.table_name)::regclass)
    -- The first one decides which shards the others are put next to.
    order by current.service, tables.table_name <> 'statement', tables.table_name
  loop
    if ids ? found.name then
      perform create_distributed_table(format('%I.%I', found.schema, found.name), ids ->> found.name,
        colocate_with => case found.name when 'statement' then 'none' else format('%I.statement', found.schema) end);
    else
      perform create_reference_table(format('%I.%I', found.schema, found.name));
    end if;
  end loop;
end
$$;
