-- Distributes stores over the nodes of a Citus cluster: see docs/sizing.md, which says what is gained. Run it once in the database, on the
-- coordinator, after roles.sql and after the nodes were added:
--   psql --dbname=dossier --set=ON_ERROR_STOP=1 --file=deploy/postgresql/citus.sql
-- From then on, "publish" calls the function for each new schema, before rows are copied.

create or replace function dossier.distribute(schema text) returns void language plpgsql as $$
declare
  placed record;
  -- A query for several shards is sent to each of them, so the fewest are the fastest. The next revision is placed on nodes that are added.
  node_count integer := count(*) from pg_dist_node where shouldhaveshards and isactive and noderole = 'primary';
begin
  -- The schema is new to the other nodes: this transaction uses one connection to each of them.
  set local citus.multi_shard_modify_mode = 'sequential';
  -- Citus creates schemas on the other nodes, but not the default privileges of roles.sql.
  execute format('grant usage on schema %I to dossier_reader', schema);
  for placed in
    select format('%I.%I', schema, tables.table_name)::regclass as relation, keys.id, keys.place
    from information_schema.tables
    -- The tables that grow with the number of statements, by the id that queries join or look them up by; in one place if they are joined.
    left join (values
      ('statement', 'id', 'statement'), ('statement_search', 'id', 'statement'), ('passage_search', 'id', 'statement'),
      ('statement_party_text', 'statement_id', 'statement'), ('statement_party_said', 'statement_id', 'statement'),
      ('statement_topic', 'statement_id', 'statement'), ('statement_tag', 'statement_id', 'statement'),
      ('statement_relation', 'statement_id', 'statement_relation'), ('quotation_statement', 'statement_id', 'quotation_statement'),
      ('paragraph_statement', 'paragraph_id', 'paragraph_statement'),
      ('paragraph', 'id', 'paragraph'), ('paragraph_search', 'id', 'paragraph'),
      ('quotation', 'id', 'quotation'), ('mention', 'party_id', 'mention'), ('known_entity', 'id', 'known_entity'),
      ('provision_link', 'statement_id', 'provision_link'),
      ('trade_figure', 'id', 'trade_figure'), ('figure_party', 'figure_id', 'trade_figure')
    ) as keys(name, id, place) on keys.name = tables.table_name
    where tables.table_schema = schema
    order by keys.place, keys.name <> keys.place, tables.table_name
  loop
    if placed.place is null then
      perform create_reference_table(placed.relation);
    elsif placed.relation = format('%I.%I', schema, placed.place)::regclass then
      perform create_distributed_table(placed.relation, placed.id, colocate_with => 'none', shard_count => node_count);
    else
      perform create_distributed_table(placed.relation, placed.id, colocate_with => format('%I.%I', schema, placed.place));
    end if;
  end loop;
end
$$;

-- Repeats on the other nodes what roles.sql did, in case they were added after it, or the roles were created in another database: an owner
-- of a function is created there, and so are permissions on the database. "publish" need not be a superuser for that.
alter function dossier.distribute(text) owner to dossier_reader;
alter function dossier.distribute(text) owner to dossier_publisher;
do $$
begin
  execute format('grant connect, create on database %I to dossier_publisher', current_database());
  execute format('grant connect on database %I to dossier_reader', current_database());
end
$$;
