-- A request may name a moment before which nothing opens, how often the values may be viewed, and that they go with the
-- session that opens them. One that asks for more time names the request that it goes on from: once, and only the first.
ALTER TABLE requests
  ADD COLUMN not_before timestamptz,
  ADD COLUMN max_views integer CHECK (max_views BETWEEN 1 AND 1000),
  ADD COLUMN with_session boolean NOT NULL DEFAULT false,
  ADD COLUMN parent_id uuid UNIQUE REFERENCES requests (id),
  ADD CONSTRAINT starts_within_a_week CHECK (not_before <= created_at + interval '7 days'),
  ADD CONSTRAINT not_its_own_parent CHECK (parent_id <> id);
--> statement-breakpoint
CREATE FUNCTION refuse_second_extension() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM requests p WHERE p.id = NEW.parent_id AND p.requester_id = NEW.requester_id
      AND p.table_id = NEW.table_id AND p.parent_id IS NULL AND NEW.records <@ p.records) THEN
    RAISE EXCEPTION 'an extension is of a first request, by the same person, for no other records'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER extension_is_of_a_first BEFORE INSERT ON requests FOR EACH ROW
  WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION refuse_second_extension();
--> statement-breakpoint
ALTER TABLE grants
  ADD COLUMN not_before timestamptz CHECK (not_before < activate_by),
  ADD COLUMN with_session boolean NOT NULL DEFAULT false,
  ADD COLUMN session_id uuid REFERENCES sessions (id),
  ADD CONSTRAINT starts_when_it_may CHECK (activated_at >= not_before),
  ADD CONSTRAINT opened_in_its_session CHECK (activated_at IS NULL OR with_session = (session_id IS NOT NULL));
--> statement-breakpoint
CREATE INDEX grants_of_session ON grants (session_id) WHERE state = 'active';
--> statement-breakpoint
-- The clocks of a grant, and the session that it ends with, are set once: a second activation cannot buy a fresh window.
CREATE OR REPLACE FUNCTION refuse_second_window() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.activated_at IS NOT NULL AND (NEW.activated_at, NEW.ends_at, NEW.session_id)
        IS DISTINCT FROM (OLD.activated_at, OLD.ends_at, OLD.session_id))
     OR (NEW.ends_at > NEW.activated_at + make_interval(secs => NEW.view_seconds))
     OR (OLD.state NOT IN ('ready', 'active') AND NEW.state <> OLD.state) THEN
    RAISE EXCEPTION 'a grant is activated once and ends once' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
GRANT UPDATE (session_id) ON grants TO glimpse_app;
