-- A source is a PostgreSQL database that Glimpse reads. Its credentials are kept sealed (AES-256-GCM).
CREATE TABLE sources (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 60),
  slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  connection_sealed text NOT NULL,
  host text NOT NULL,
  database text NOT NULL,
  server_version text,
  version integer NOT NULL DEFAULT 1,
  scanned_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  removed_at timestamptz
);
--> statement-breakpoint
CREATE TABLE catalog_tables (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  source_id uuid NOT NULL REFERENCES sources (id),
  schema text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('table', 'partitioned', 'partition', 'view', 'matview', 'foreign')),
  parent text,
  comment text,
  row_estimate bigint,
  readable boolean NOT NULL,
  key_columns text[] NOT NULL DEFAULT '{}',
  gone_at timestamptz,
  UNIQUE (source_id, schema, name)
);
--> statement-breakpoint
-- A column shows nothing until a steward has confirmed how: the defaults are the closed state (law 1).
CREATE TABLE catalog_columns (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  table_id uuid NOT NULL REFERENCES catalog_tables (id),
  name text NOT NULL,
  ordinal integer NOT NULL,
  type jsonb NOT NULL,
  type_name text NOT NULL,
  nullable boolean NOT NULL,
  generated boolean NOT NULL,
  comment text,
  proposed_class text NOT NULL,
  proposed_confidence real NOT NULL CHECK (proposed_confidence BETWEEN 0 AND 1),
  proposed_why text NOT NULL,
  state text NOT NULL DEFAULT 'unconfirmed' CHECK (state IN ('unconfirmed', 'confirmed', 'suspended')),
  class_id text,
  mask jsonb NOT NULL DEFAULT '{"method":"hidden"}',
  confirmed_type text,
  confirmed_by uuid REFERENCES people (id),
  confirmed_at timestamptz,
  version integer NOT NULL DEFAULT 1,
  gone_at timestamptz,
  UNIQUE (table_id, name),
  CHECK (state <> 'confirmed' OR (class_id IS NOT NULL AND confirmed_type IS NOT NULL AND confirmed_by IS NOT NULL)),
  CHECK (state = 'confirmed' OR mask ->> 'method' = 'hidden')
);
--> statement-breakpoint
CREATE TABLE catalog_foreign_keys (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  source_id uuid NOT NULL REFERENCES sources (id),
  name text NOT NULL,
  from_table_id uuid NOT NULL REFERENCES catalog_tables (id),
  from_columns text[] NOT NULL,
  to_table_id uuid NOT NULL REFERENCES catalog_tables (id),
  to_columns text[] NOT NULL,
  UNIQUE (from_table_id, name)
);
--> statement-breakpoint
CREATE INDEX catalog_foreign_keys_to ON catalog_foreign_keys (to_table_id);
--> statement-breakpoint
-- Which tables a session has opened: the first opening of each is an audit event.
CREATE TABLE table_openings (
  session_id uuid NOT NULL REFERENCES sessions (id),
  table_id uuid NOT NULL REFERENCES catalog_tables (id),
  person_id uuid NOT NULL REFERENCES people (id),
  opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (session_id, table_id)
);
--> statement-breakpoint
CREATE INDEX table_openings_person ON table_openings (person_id, opened_at DESC);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON sources, catalog_tables, catalog_columns TO glimpse_app;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON catalog_foreign_keys TO glimpse_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON table_openings TO glimpse_app;
