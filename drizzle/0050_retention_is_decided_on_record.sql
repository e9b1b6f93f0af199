-- A period begins to count, and a hold ends, only by a step of its own that is on record in the same transaction, whatever
-- the application believes; and when is the database's to say.
CREATE FUNCTION retention_begins_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.confirmed_at IS NOT NULL OR NEW.dropped_at IS NOT NULL THEN
    RAISE EXCEPTION 'a period waits for a second person' USING ERRCODE = 'insufficient_privilege';
  END IF;
  NEW.set_at := clock_timestamp();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER retention_waits BEFORE INSERT ON audit_retention
  FOR EACH ROW EXECUTE FUNCTION retention_begins_open();
--> statement-breakpoint
CREATE FUNCTION hold_begins_standing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.lift_asked_at IS NOT NULL OR NEW.lifted_at IS NOT NULL THEN
    RAISE EXCEPTION 'a hold stands until two people have lifted it' USING ERRCODE = 'insufficient_privilege';
  END IF;
  NEW.placed_at := clock_timestamp();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER hold_stands BEFORE INSERT ON audit_holds
  FOR EACH ROW EXECUTE FUNCTION hold_begins_standing();
--> statement-breakpoint
CREATE FUNCTION retention_by_the_clock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.confirmed_at IS NOT NULL THEN NEW.confirmed_at := clock_timestamp(); END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER retention_is_timed BEFORE UPDATE ON audit_retention
  FOR EACH ROW EXECUTE FUNCTION retention_by_the_clock();
--> statement-breakpoint
CREATE FUNCTION hold_by_the_clock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.lifted_at IS NOT NULL THEN
    IF OLD.lift_asked_by IS NULL OR NEW.lift_asked_by <> OLD.lift_asked_by THEN
      RAISE EXCEPTION 'to lift a hold was asked before' USING ERRCODE = 'insufficient_privilege';
    END IF;
    NEW.lifted_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER hold_is_timed BEFORE UPDATE ON audit_holds
  FOR EACH ROW EXECUTE FUNCTION hold_by_the_clock();
--> statement-breakpoint
-- The newest event of a code, which is not older than the moment that a column of the row tells. Events count milliseconds.
CREATE FUNCTION decision_is_on_record() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  decided timestamptz := (to_jsonb(NEW) ->> TG_ARGV[1])::timestamptz;
BEGIN
  IF NOT coalesce((SELECT e.occurred_at > decided - interval '1 millisecond' FROM audit_events e
      WHERE e.code = TG_ARGV[0] ORDER BY e.seq DESC LIMIT 1), false) THEN
    RAISE EXCEPTION 'what is decided of retention must be on record' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER retention_set_on_record AFTER INSERT ON audit_retention DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION decision_is_on_record('retention.set', 'set_at');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER retention_confirmed_on_record AFTER UPDATE ON audit_retention DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.confirmed_at IS NOT NULL)
  EXECUTE FUNCTION decision_is_on_record('retention.confirmed', 'confirmed_at');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER hold_placed_on_record AFTER INSERT ON audit_holds DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION decision_is_on_record('hold.placed', 'placed_at');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER hold_lifted_on_record AFTER UPDATE ON audit_holds DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.lifted_at IS NOT NULL)
  EXECUTE FUNCTION decision_is_on_record('hold.lifted', 'lifted_at');
