-- An admin can stop access at once: of a person, to a source, or all of it. Nothing opens until an admin lifts the stop,
-- with words for both; which stop there was, and why, is never changed.
CREATE TABLE stops (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  scope text NOT NULL CHECK (scope IN ('person', 'source', 'all')),
  person_id uuid REFERENCES people (id),
  source_id uuid REFERENCES sources (id),
  words text NOT NULL CHECK (length(btrim(words)) >= 10 AND length(words) <= 2000),
  set_by uuid NOT NULL REFERENCES people (id),
  set_at timestamptz NOT NULL,
  lifted_by uuid REFERENCES people (id),
  lifted_at timestamptz,
  lifted_words text CHECK (length(btrim(lifted_words)) >= 10 AND length(lifted_words) <= 2000),
  CHECK ((scope = 'person') = (person_id IS NOT NULL) AND (scope = 'source') = (source_id IS NOT NULL)),
  CONSTRAINT not_lifted_by_whom_it_stops CHECK (lifted_by <> person_id),
  CHECK (num_nulls(lifted_by, lifted_at, lifted_words) IN (0, 3))
);
--> statement-breakpoint
CREATE UNIQUE INDEX one_stop_at_a_time ON stops
  (scope, coalesce(person_id, source_id, '00000000-0000-0000-0000-000000000000')) WHERE lifted_at IS NULL;
--> statement-breakpoint
GRANT SELECT, INSERT ON stops TO glimpse_app;
--> statement-breakpoint
GRANT UPDATE (lifted_by, lifted_at, lifted_words) ON stops TO glimpse_app;
