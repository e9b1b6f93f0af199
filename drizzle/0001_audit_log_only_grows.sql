-- The audit log: one row per event. `entry` is the canonical JSON (RFC 8785) that is hashed; every other
-- column is computed from it, so that what is shown, filtered and exported cannot differ from what is hashed.
CREATE TABLE audit_events (
  entry text NOT NULL,
  seq bigint GENERATED ALWAYS AS (((entry::jsonb) ->> 'seq')::bigint) STORED PRIMARY KEY,
  code text NOT NULL GENERATED ALWAYS AS ((entry::jsonb) ->> 'code') STORED,
  outcome text NOT NULL GENERATED ALWAYS AS ((entry::jsonb) ->> 'outcome') STORED
    CHECK (outcome IN ('success', 'refused', 'failure')),
  occurred_at timestamptz NOT NULL GENERATED ALWAYS AS (
    to_timestamp((((entry::jsonb) ->> 'occurredUs')::bigint / 1000)::double precision / 1000)
  ) STORED,
  actor_id uuid GENERATED ALWAYS AS (((entry::jsonb) #>> '{actor,id}')::uuid) STORED,
  source_id uuid GENERATED ALWAYS AS (((entry::jsonb) #>> '{resource,sourceId}')::uuid) STORED,
  table_id uuid GENERATED ALWAYS AS (((entry::jsonb) #>> '{resource,tableId}')::uuid) STORED,
  request_id uuid GENERATED ALWAYS AS (((entry::jsonb) ->> 'requestId')::uuid) STORED,
  grant_id uuid GENERATED ALWAYS AS (((entry::jsonb) ->> 'grantId')::uuid) STORED,
  -- RFC 9162 section 2.1.1: a leaf is SHA-256(0x00 || entry).
  leaf_hash bytea NOT NULL CHECK (leaf_hash = sha256('\x00'::bytea || convert_to(entry, 'UTF8')))
);
--> statement-breakpoint
CREATE INDEX audit_by_code ON audit_events (code, seq);
--> statement-breakpoint
CREATE INDEX audit_by_actor ON audit_events (actor_id, seq);
--> statement-breakpoint
CREATE INDEX audit_by_table ON audit_events (table_id, seq) WHERE table_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX audit_by_request ON audit_events (request_id, seq) WHERE request_id IS NOT NULL;
--> statement-breakpoint
CREATE INDEX audit_by_time ON audit_events USING brin (occurred_at);
--> statement-breakpoint
-- The head: how many events there are, and the roots of the perfect subtrees from which the Merkle root follows.
CREATE TABLE audit_head (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  size bigint NOT NULL,
  frontier bytea[] NOT NULL
);
--> statement-breakpoint
INSERT INTO audit_head (size, frontier) VALUES (0, '{}');
--> statement-breakpoint
CREATE FUNCTION refuse_audit_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log only grows' USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
-- Nobody, the table's owner included, may change or remove an entry.
CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
CREATE FUNCTION refuse_audit_gap() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wanted bigint := ((NEW.entry::jsonb) ->> 'seq')::bigint;
BEGIN
  IF wanted > 0 AND NOT EXISTS (SELECT FROM audit_events WHERE seq = wanted - 1) THEN
    RAISE EXCEPTION 'the audit log has no gaps' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_has_no_gaps BEFORE INSERT ON audit_events
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_gap();
--> statement-breakpoint
CREATE FUNCTION refuse_head_rewind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' OR NEW.size <= OLD.size
     OR NOT EXISTS (SELECT FROM audit_events WHERE seq = NEW.size - 1) THEN
    RAISE EXCEPTION 'the audit head only moves forward' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_head_moves_forward BEFORE UPDATE OR DELETE ON audit_head
  FOR EACH ROW EXECUTE FUNCTION refuse_head_rewind();
--> statement-breakpoint
CREATE TRIGGER audit_head_stays BEFORE TRUNCATE ON audit_head
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
GRANT SELECT, INSERT ON audit_events TO glimpse_app;
--> statement-breakpoint
GRANT SELECT, UPDATE ON audit_head TO glimpse_app;
