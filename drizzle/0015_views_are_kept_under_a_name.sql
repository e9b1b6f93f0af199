-- What a person filters, sorts and chooses of a table can be kept under a name. It is an address, never a page or a
-- place in one; its owner alone changes or removes it.
CREATE TABLE saved_views (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  table_id uuid NOT NULL REFERENCES catalog_tables (id),
  owner_id uuid NOT NULL REFERENCES people (id),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  query text NOT NULL CHECK (query ~ '^[?]' AND length(query) <= 8000),
  shared boolean NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
--> statement-breakpoint
CREATE UNIQUE INDEX saved_views_by_name ON saved_views (owner_id, table_id, lower(name));
--> statement-breakpoint
CREATE INDEX saved_views_of_table ON saved_views (table_id);
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON saved_views TO glimpse_app;
--> statement-breakpoint
GRANT UPDATE (name, shared) ON saved_views TO glimpse_app;
