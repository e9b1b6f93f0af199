-- How far each destination outside has got: `next` is the first event that it has not acknowledged. It only moves
-- forward and never beyond the log, so that what was handed over is never asked for again, and nothing is left out.
CREATE TABLE audit_forwarding (
  destination text PRIMARY KEY CHECK (destination IN ('https', 'syslog', 'folder')),
  -- Where it is, for people; and a keyed hash of all its settings, by which a change is seen. No secret.
  place text NOT NULL,
  fingerprint bytea NOT NULL CHECK (length(fingerprint) = 32),
  configured_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Taken out of the settings: nothing is sent, and nothing waits for it.
  removed_at timestamptz,
  next bigint NOT NULL DEFAULT 0 CHECK (next >= 0),
  acknowledged_at timestamptz,
  -- Of a folder: the day that is being written, and its first event.
  segment_day date,
  segment_from bigint,
  failing_since timestamptz,
  trouble text,
  -- What is on record of the trouble: nothing yet, that it failed, or that it is far behind too.
  told text CHECK (told IN ('failed', 'behind')),
  CHECK ((segment_day IS NULL) = (segment_from IS NULL))
);
--> statement-breakpoint
CREATE FUNCTION refuse_forwarding_rewind() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.next > 0 THEN
      RAISE EXCEPTION 'forwarding begins with the first event' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'how far forwarding has got is kept' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.destination <> OLD.destination OR NEW.next < OLD.next
     OR NEW.next > OLD.next AND NEW.next > (SELECT size FROM audit_head) THEN
    RAISE EXCEPTION 'forwarding only moves forward, as far as the log' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER forwarding_only_moves_forward BEFORE INSERT OR UPDATE OR DELETE ON audit_forwarding
  FOR EACH ROW EXECUTE FUNCTION refuse_forwarding_rewind();
--> statement-breakpoint
CREATE TRIGGER forwarding_stays BEFORE TRUNCATE ON audit_forwarding
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
GRANT SELECT, INSERT ON audit_forwarding TO glimpse_app;
--> statement-breakpoint
GRANT UPDATE (place, fingerprint, configured_at, removed_at, next, acknowledged_at, segment_day, segment_from,
  failing_since, trouble, told) ON audit_forwarding TO glimpse_app;
