-- What was asked cannot be changed after it was submitted: the application may update the state alone (law 8).
CREATE TABLE requests (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  number integer GENERATED ALWAYS AS IDENTITY UNIQUE,
  requester_id uuid NOT NULL REFERENCES people (id),
  requester_roles text[] NOT NULL,
  source_id uuid NOT NULL REFERENCES sources (id),
  table_id uuid NOT NULL REFERENCES catalog_tables (id),
  records text[] NOT NULL CHECK (cardinality(records) BETWEEN 1 AND 100),
  fields jsonb NOT NULL CHECK (jsonb_array_length(fields) BETWEEN 1 AND 100),
  purpose text NOT NULL,
  reason text NOT NULL CHECK (length(btrim(reason)) >= 10 AND length(reason) <= 2000),
  ticket text CHECK (length(ticket) <= 120),
  view_seconds integer NOT NULL CHECK (view_seconds BETWEEN 1 AND 1800),
  activate_within_seconds integer NOT NULL DEFAULT 14400 CHECK (activate_within_seconds BETWEEN 1 AND 86400),
  risk jsonb NOT NULL,
  risk_points integer NOT NULL,
  policy_version integer NOT NULL,
  rule text NOT NULL,
  eligible_ids uuid[] NOT NULL CHECK (cardinality(eligible_ids) > 0),
  channel text NOT NULL,
  content_hash bytea NOT NULL,
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'approved', 'denied', 'withdrawn', 'expired')),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL CHECK (expires_at > created_at),
  decided_at timestamptz,
  UNIQUE (id, requester_id),
  CHECK (NOT (requester_id = ANY (eligible_ids)))
);
--> statement-breakpoint
CREATE INDEX requests_inbox ON requests USING gin (eligible_ids) WHERE state = 'pending';
--> statement-breakpoint
CREATE INDEX requests_pending ON requests (expires_at) WHERE state = 'pending';
--> statement-breakpoint
CREATE INDEX requests_mine ON requests (requester_id, number DESC);
--> statement-breakpoint
-- Nobody decides a request of their own, whatever the application believes: the requester's id is carried
-- along by the foreign key, so that it cannot be misstated (law 7). One person fills one seat.
CREATE TABLE decisions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  request_id uuid NOT NULL,
  requester_id uuid NOT NULL,
  approver_id uuid NOT NULL REFERENCES people (id),
  verdict text NOT NULL CHECK (verdict IN ('approve', 'narrow', 'deny')),
  words text CHECK (length(words) <= 2000),
  narrowed jsonb,
  decided_at timestamptz NOT NULL,
  FOREIGN KEY (request_id, requester_id) REFERENCES requests (id, requester_id),
  CONSTRAINT four_eyes CHECK (approver_id <> requester_id),
  CONSTRAINT one_seat UNIQUE (request_id, approver_id),
  CHECK (verdict <> 'deny' OR length(btrim(words)) > 0),
  CHECK ((verdict = 'narrow') = (narrowed IS NOT NULL))
);
--> statement-breakpoint
-- The permission that an approved request leaves; what it permits is fixed, only its life moves.
CREATE TABLE grants (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  request_id uuid NOT NULL UNIQUE REFERENCES requests (id),
  holder_id uuid NOT NULL REFERENCES people (id),
  source_id uuid NOT NULL REFERENCES sources (id),
  table_id uuid NOT NULL REFERENCES catalog_tables (id),
  records text[] NOT NULL CHECK (cardinality(records) > 0),
  fields jsonb NOT NULL CHECK (jsonb_array_length(fields) > 0),
  view_seconds integer NOT NULL CHECK (view_seconds BETWEEN 1 AND 1800),
  activate_by timestamptz NOT NULL,
  decided_hash bytea NOT NULL,
  policy_version integer NOT NULL,
  state text NOT NULL DEFAULT 'ready'
    CHECK (state IN ('ready', 'active', 'ended', 'returned', 'revoked', 'lapsed')),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  activated_at timestamptz,
  ends_at timestamptz,
  closed_at timestamptz,
  closed_why text,
  views integer NOT NULL DEFAULT 0,
  CHECK ((activated_at IS NULL) = (ends_at IS NULL)),
  CHECK (state <> 'active' OR activated_at IS NOT NULL)
);
--> statement-breakpoint
CREATE INDEX grants_live_by_holder ON grants (holder_id, table_id) WHERE state IN ('ready', 'active');
--> statement-breakpoint
CREATE INDEX grants_live_by_table ON grants (table_id) WHERE state IN ('ready', 'active');
--> statement-breakpoint
CREATE INDEX grants_to_lapse ON grants (activate_by) WHERE state = 'ready';
--> statement-breakpoint
CREATE INDEX grants_to_end ON grants (ends_at) WHERE state = 'active';
--> statement-breakpoint
-- The clocks of a grant are set once: a second activation cannot buy a fresh window.
CREATE FUNCTION refuse_second_window() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.activated_at IS NOT NULL AND (NEW.activated_at, NEW.ends_at) IS DISTINCT FROM (OLD.activated_at, OLD.ends_at))
     OR (NEW.ends_at > NEW.activated_at + make_interval(secs => NEW.view_seconds))
     OR (OLD.state NOT IN ('ready', 'active') AND NEW.state <> OLD.state) THEN
    RAISE EXCEPTION 'a grant is activated once and ends once' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER grant_opens_once BEFORE UPDATE ON grants FOR EACH ROW EXECUTE FUNCTION refuse_second_window();
--> statement-breakpoint
GRANT SELECT, INSERT ON requests, decisions, grants TO glimpse_app;
--> statement-breakpoint
GRANT UPDATE (state, version, decided_at) ON requests TO glimpse_app;
--> statement-breakpoint
GRANT UPDATE (state, version, activated_at, ends_at, closed_at, closed_why, views) ON grants TO glimpse_app;
