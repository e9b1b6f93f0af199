-- The discovery of a source is a job that any instance goes on with. One runs for each source at a time. What is left
-- to ask is kept here, what was answered beside the queue (schema glimpse_jobs), as numbers and never as values.
CREATE TABLE discoveries (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  source_id uuid NOT NULL REFERENCES sources (id),
  why text NOT NULL CHECK (why IN ('added', 'moved', 'asked', 'scheduled', 'drift')),
  look text NOT NULL CHECK (look IN ('all', 'changed')),
  state text NOT NULL CHECK (state IN ('waiting', 'asking', 'done', 'cancelled', 'failed')),
  tables text[] NOT NULL DEFAULT '{}',
  started_by uuid REFERENCES people (id),
  failure text CHECK (failure ~ '^[a-z-]{1,40}$'),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamptz,
  CHECK ((state IN ('waiting', 'asking')) = (ended_at IS NULL)),
  CHECK ((state = 'failed') = (failure IS NOT NULL))
);
--> statement-breakpoint
CREATE UNIQUE INDEX one_discovery_of_a_source ON discoveries (source_id) WHERE ended_at IS NULL;
--> statement-breakpoint
CREATE INDEX discoveries_of_source ON discoveries (source_id, created_at DESC);
--> statement-breakpoint
GRANT SELECT, INSERT ON discoveries TO glimpse_app;
--> statement-breakpoint
GRANT UPDATE (state, tables, failure, ended_at) ON discoveries TO glimpse_app;
--> statement-breakpoint
-- When a source is compared with its catalogue by itself, in UTC; weekly means on Mondays.
ALTER TABLE sources
  ADD COLUMN check_every text NOT NULL DEFAULT 'daily' CHECK (check_every IN ('off', 'daily', 'weekly')),
  ADD COLUMN check_hour integer NOT NULL DEFAULT 3 CHECK (check_hour BETWEEN 0 AND 23),
  ADD COLUMN drift_seen_at timestamptz;
--> statement-breakpoint
-- How a column differs from what a steward knew of it, and since when; the first scan of a source tells no news.
ALTER TABLE catalog_columns
  ADD COLUMN drift text CHECK (drift IN ('new', 'changed', 'gone')),
  ADD COLUMN drift_at timestamptz,
  ADD CHECK ((drift IS NULL) = (drift_at IS NULL));
--> statement-breakpoint
CREATE INDEX catalog_columns_drift ON catalog_columns (table_id) WHERE drift IS NOT NULL;
