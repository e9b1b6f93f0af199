-- Forgetting a person: one asks for it with a reason, another confirms. The records stand here until then and no longer.
CREATE TABLE erasures (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  number integer GENERATED ALWAYS AS IDENTITY UNIQUE,
  -- How whoever asked for it calls the matter.
  reference text NOT NULL CHECK (length(btrim(reference)) >= 1 AND length(reference) <= 120),
  reason text NOT NULL CHECK (length(btrim(reason)) >= 10 AND length(reason) <= 2000),
  records integer NOT NULL CHECK (records BETWEEN 1 AND 500),
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'withdrawn')),
  started_by uuid NOT NULL REFERENCES people (id),
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  settled_by uuid REFERENCES people (id),
  settled_at timestamptz,
  CONSTRAINT four_eyes CHECK (state <> 'done' OR settled_by <> started_by),
  CHECK ((state = 'waiting') = (settled_by IS NULL) AND (settled_by IS NULL) = (settled_at IS NULL))
);
--> statement-breakpoint
CREATE TABLE erasure_records (
  erasure_id uuid NOT NULL REFERENCES erasures (id),
  place integer NOT NULL,
  source_id uuid NOT NULL REFERENCES sources (id),
  table_id uuid NOT NULL REFERENCES catalog_tables (id),
  handle text NOT NULL CHECK (handle ~ '^[A-Za-z0-9_-]+$' AND length(handle) <= 4096),
  PRIMARY KEY (erasure_id, place)
);
--> statement-breakpoint
CREATE FUNCTION refuse_settled_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an erasure waits first' USING ERRCODE = 'integrity_constraint_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER erasures_begin_by_waiting BEFORE INSERT ON erasures FOR EACH ROW
  WHEN (NEW.state <> 'waiting') EXECUTE FUNCTION refuse_settled_erasure();
--> statement-breakpoint
GRANT SELECT, INSERT ON erasures TO glimpse_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON erasure_records TO glimpse_app;
--> statement-breakpoint
-- Takes an erasure back: its records are forgotten here, and the log knows them as before.
CREATE FUNCTION withdraw_erasure(which uuid, by_whom uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE erasures SET state = 'withdrawn', settled_by = by_whom, settled_at = clock_timestamp()
    WHERE id = which AND state = 'waiting';
  IF NOT FOUND THEN RETURN false; END IF;
  DELETE FROM erasure_records WHERE erasure_id = which;
  RETURN true;
END $$;
--> statement-breakpoint
-- First step of an erasure: it is settled by a second person, and the keys go. Whoever was about to name the records is
-- waited for, and whoever names them from now on waits. Says which references name nobody from now on.
CREATE FUNCTION erase_subject_keys(which uuid, by_whom uuid) RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  erased text[];
BEGIN
  -- An older snapshot would not see a hold that was placed meanwhile.
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'erasing is read committed' USING ERRCODE = 'invalid_transaction_state';
  END IF;
  UPDATE erasures SET state = 'done', settled_by = by_whom, settled_at = clock_timestamp()
    WHERE id = which AND state = 'waiting' AND started_by <> by_whom
      AND records = (SELECT count(*) FROM erasure_records r WHERE r.erasure_id = which);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'an erasure is confirmed once, whole and by somebody else' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM FROM subject_keys k JOIN erasure_records r
    ON k.table_id = r.table_id AND k.handle_hash = sha256(r.handle::bytea)
    WHERE r.erasure_id = which ORDER BY k.handle_hash FOR UPDATE OF k;
  -- Whoever was waited for may have written what is held.
  IF erasure_is_held(which) THEN
    RAISE EXCEPTION 'what is held is not forgotten' USING ERRCODE = 'object_in_use';
  END IF;
  WITH gone AS (
    DELETE FROM subject_keys k USING erasure_records r
      WHERE r.erasure_id = which AND k.table_id = r.table_id AND k.handle_hash = sha256(r.handle::bytea)
      RETURNING k.ref
  ) SELECT coalesce(array_agg(ref ORDER BY ref), '{}') INTO erased FROM gone;
  RETURN erased;
END $$;
--> statement-breakpoint
-- Each mark is another: nothing links what was erased in one place with what was erased in another.
CREATE FUNCTION erased_among(records text[], handles text[]) RETURNS text[] LANGUAGE sql VOLATILE AS $$
  SELECT ARRAY(SELECT CASE WHEN r.handle = ANY (handles) THEN 'erased_' || replace(gen_random_uuid()::text, '-', '')
    ELSE r.handle END FROM unnest(records) WITH ORDINALITY AS r (handle, place) ORDER BY r.place)
$$;
--> statement-breakpoint
-- Second step, when nothing on the records waits or lives any more: a mark takes the place of each wherever it stands.
-- What was asked and decided keeps its hash, which is over references.
CREATE FUNCTION erase_subject_records(which uuid) RETURNS TABLE (in_requests bigint, in_grants bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  one record;
  changed bigint;
BEGIN
  IF NOT EXISTS (SELECT FROM erasures WHERE id = which AND state = 'done') THEN
    RAISE EXCEPTION 'an erasure is confirmed first' USING ERRCODE = 'insufficient_privilege';
  END IF;
  in_requests := 0;
  in_grants := 0;
  FOR one IN SELECT r.table_id, array_agg(r.handle) AS handles FROM erasure_records r
    WHERE r.erasure_id = which GROUP BY r.table_id
  LOOP
    IF EXISTS (SELECT FROM requests q WHERE q.table_id = one.table_id AND q.records && one.handles
        AND q.state = 'pending' AND q.expires_at > clock_timestamp())
      OR EXISTS (SELECT FROM grants g WHERE g.table_id = one.table_id AND g.records && one.handles
        AND (g.state = 'ready' AND g.activate_by > clock_timestamp() OR g.state = 'active' AND g.ends_at > clock_timestamp()))
    THEN
      RAISE EXCEPTION 'what waits or lives on the records is ended first' USING ERRCODE = 'object_in_use';
    END IF;
    -- What all of them were filtered by may tell who they were.
    UPDATE requests q SET records = erased_among(q.records, one.handles), cohort = NULL, cohort_salt = NULL
      WHERE q.table_id = one.table_id AND q.records && one.handles;
    GET DIAGNOSTICS changed = ROW_COUNT;
    in_requests := in_requests + changed;
    UPDATE decisions d SET narrowed = jsonb_set(d.narrowed, '{records}', to_jsonb(
        erased_among(ARRAY(SELECT jsonb_array_elements_text(d.narrowed -> 'records')), one.handles)))
      FROM requests q WHERE q.id = d.request_id AND q.table_id = one.table_id AND d.narrowed -> 'records' ?| one.handles;
    UPDATE grants g SET records = erased_among(g.records, one.handles)
      WHERE g.table_id = one.table_id AND g.records && one.handles;
    GET DIAGNOSTICS changed = ROW_COUNT;
    in_grants := in_grants + changed;
  END LOOP;
  DELETE FROM erasure_records WHERE erasure_id = which;
  RETURN NEXT;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION withdraw_erasure, erase_subject_keys, erase_subject_records FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION withdraw_erasure, erase_subject_keys, erase_subject_records TO glimpse_app;
--> statement-breakpoint
-- Who asked for an erasure, confirmed it or took it back is on record in the same transaction, whatever the application
-- believes; and when is the database's to say.
CREATE FUNCTION erasure_by_the_clock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.started_at := clock_timestamp();
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER erasures_are_timed BEFORE INSERT ON erasures FOR EACH ROW EXECUTE FUNCTION erasure_by_the_clock();
--> statement-breakpoint
-- The newest event of a code speaks of this erasure, is by the person whom a column names, and is not older than the moment
-- that another names. Events count milliseconds.
CREATE FUNCTION erasure_is_on_record() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  its jsonb := to_jsonb(NEW);
BEGIN
  IF NOT coalesce((
    SELECT e.occurred_at > (its ->> TG_ARGV[2])::timestamptz - interval '1 millisecond'
      AND e.actor_id = (its ->> TG_ARGV[1])::uuid
      AND e.entry::jsonb #>> '{details,erasure}' = its ->> 'number'
    FROM audit_events e WHERE e.code = TG_ARGV[0] ORDER BY e.seq DESC LIMIT 1), false) THEN
    RAISE EXCEPTION 'an erasure must be on record' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER erasure_started_on_record AFTER INSERT ON erasures DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION erasure_is_on_record('erasure.started', 'started_by', 'started_at');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER erasure_done_on_record AFTER UPDATE ON erasures DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.state = 'done')
  EXECUTE FUNCTION erasure_is_on_record('erasure.done', 'settled_by', 'settled_at');
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER erasure_withdrawn_on_record AFTER UPDATE ON erasures DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.state = 'withdrawn')
  EXECUTE FUNCTION erasure_is_on_record('erasure.withdrawn', 'settled_by', 'settled_at');
