-- How long entries of the log are kept: a period counts when a second person has confirmed it. No row: for ever.
CREATE TABLE audit_retention (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  -- Null: for ever.
  days integer CHECK (days BETWEEN 90 AND 36500),
  why text NOT NULL CHECK (length(why) BETWEEN 10 AND 2000),
  set_by uuid NOT NULL REFERENCES people (id),
  set_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  confirmed_by uuid REFERENCES people (id),
  confirmed_at timestamptz,
  -- Taken back, or another took its place before it counted.
  dropped_at timestamptz,
  CONSTRAINT two_people_decide_retention CHECK (confirmed_by <> set_by),
  CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL)),
  CHECK (confirmed_at IS NULL OR dropped_at IS NULL)
);
--> statement-breakpoint
CREATE UNIQUE INDEX one_retention_waits ON audit_retention ((true)) WHERE confirmed_at IS NULL AND dropped_at IS NULL;
--> statement-breakpoint
-- What may not be pruned: all of it, or what all of the given say together, a person, a source, days in UTC.
CREATE TABLE audit_holds (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  why text NOT NULL CHECK (length(why) BETWEEN 10 AND 2000),
  person_id uuid REFERENCES people (id),
  source_id uuid REFERENCES sources (id),
  from_day date,
  to_day date,
  placed_by uuid NOT NULL REFERENCES people (id),
  placed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  lift_asked_by uuid REFERENCES people (id),
  lift_why text CHECK (length(lift_why) BETWEEN 10 AND 2000),
  lift_asked_at timestamptz,
  lifted_by uuid REFERENCES people (id),
  lifted_at timestamptz,
  CHECK (from_day <= to_day),
  CONSTRAINT two_people_lift_a_hold CHECK (lifted_by <> lift_asked_by),
  CHECK ((lift_asked_by IS NULL) = (lift_why IS NULL) AND (lift_asked_by IS NULL) = (lift_asked_at IS NULL)),
  CHECK ((lifted_by IS NULL) = (lifted_at IS NULL)),
  CHECK (lifted_by IS NULL OR lift_asked_by IS NOT NULL)
);
--> statement-breakpoint
-- What is left of an entry that was pruned: its place and its hash, from which every proof still follows.
CREATE TABLE audit_pruned (
  seq bigint PRIMARY KEY,
  leaf_hash bytea NOT NULL CHECK (length(leaf_hash) = 32)
);
--> statement-breakpoint
CREATE VIEW audit_leaves AS
  SELECT seq, leaf_hash FROM audit_events UNION ALL SELECT seq, leaf_hash FROM audit_pruned;
--> statement-breakpoint
CREATE FUNCTION refuse_decided_retention() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.confirmed_at IS NOT NULL OR OLD.dropped_at IS NOT NULL OR NEW.id <> OLD.id
     OR NEW.days IS DISTINCT FROM OLD.days OR NEW.why <> OLD.why OR NEW.set_by <> OLD.set_by OR NEW.set_at <> OLD.set_at THEN
    RAISE EXCEPTION 'what was decided of retention stays' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER retention_stays BEFORE UPDATE OR DELETE ON audit_retention
  FOR EACH ROW EXECUTE FUNCTION refuse_decided_retention();
--> statement-breakpoint
CREATE FUNCTION refuse_other_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.lifted_at IS NOT NULL
     OR (NEW.id, NEW.name, NEW.why, NEW.placed_by, NEW.placed_at) IS DISTINCT FROM (OLD.id, OLD.name, OLD.why, OLD.placed_by, OLD.placed_at)
     OR (NEW.person_id, NEW.source_id, NEW.from_day, NEW.to_day) IS DISTINCT FROM (OLD.person_id, OLD.source_id, OLD.from_day, OLD.to_day) THEN
    RAISE EXCEPTION 'a hold stays as it was placed' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER holds_stay BEFORE UPDATE OR DELETE ON audit_holds
  FOR EACH ROW EXECUTE FUNCTION refuse_other_hold();
--> statement-breakpoint
CREATE TRIGGER retention_is_kept BEFORE TRUNCATE ON audit_retention
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
CREATE TRIGGER holds_are_kept BEFORE TRUNCATE ON audit_holds
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
-- Functions of PostgreSQL 13 read tables by the path of whoever calls: here the tables say their schema, and whoever decides
-- has a path in which no temporary table comes first.
CREATE FUNCTION retention_in_force() RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT (SELECT days FROM public.audit_retention WHERE confirmed_at IS NOT NULL ORDER BY confirmed_at DESC LIMIT 1)
$$;
--> statement-breakpoint
-- Up to where entries may be pruned at all: under a signed checkpoint, and acknowledged by every destination; of a folder
-- only days that are finished. The last event always stays.
CREATE FUNCTION prunable_below() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT least(
    (SELECT coalesce(max(size), 0) FROM public.audit_checkpoints),
    (SELECT size - 1 FROM public.audit_head),
    (SELECT min(least(next, coalesce(segment_from, next))) FROM public.audit_forwarding WHERE removed_at IS NULL)
  )
$$;
--> statement-breakpoint
-- Whether an entry is under a hold: by what it says of itself, and by the request that it belongs to.
CREATE FUNCTION is_held(event audit_events) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM public.audit_holds h
    WHERE h.lifted_at IS NULL
      AND (h.from_day IS NULL OR event.occurred_at >= h.from_day::timestamp AT TIME ZONE 'UTC')
      AND (h.to_day IS NULL OR event.occurred_at < (h.to_day + 1)::timestamp AT TIME ZONE 'UTC')
      AND (h.source_id IS NULL OR event.source_id = h.source_id
        OR EXISTS (SELECT FROM public.requests r JOIN public.catalog_tables t ON t.id = r.table_id
          WHERE r.id = event.request_id AND t.source_id = h.source_id))
      AND (h.person_id IS NULL OR strpos(event.entry, h.person_id::text) > 0
        OR EXISTS (SELECT FROM public.requests r WHERE r.id = event.request_id AND r.requester_id = h.person_id))
  )
$$;
--> statement-breakpoint
-- The day of an entry, in UTC.
CREATE FUNCTION day_of(moment timestamptz) RETURNS date LANGUAGE sql IMMUTABLE AS $$
  SELECT (moment AT TIME ZONE 'UTC')::date
$$;
--> statement-breakpoint
-- Only days go that were over before the period began, counted back from now: hours, which no time zone makes longer.
CREATE FUNCTION pruned_before(period integer) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT date_trunc('day', clock_timestamp() - make_interval(hours => 24 * period), 'UTC')
$$;
--> statement-breakpoint
-- Whether an entry is the first or the last of its day. Both stay for ever: they prove how old what was pruned between them was.
CREATE FUNCTION bounds_its_day(event audit_events) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT day_of(event.occurred_at) IS DISTINCT FROM
      (SELECT day_of(e.occurred_at) FROM public.audit_events e WHERE e.seq < event.seq ORDER BY e.seq DESC LIMIT 1)
    OR day_of(event.occurred_at) IS DISTINCT FROM
      (SELECT day_of(e.occurred_at) FROM public.audit_events e WHERE e.seq > event.seq ORDER BY e.seq LIMIT 1)
$$;
--> statement-breakpoint
-- Whether this entry may go now. Entries that say what was pruned, kept or held never do: they account for the others.
CREATE FUNCTION may_be_pruned(event audit_events) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT event.seq < prunable_below()
    AND event.occurred_at < pruned_before(retention_in_force())
    AND event.code !~ '^(audit\.(pruned|check_)|retention\.|hold\.|passkey\.)'
    AND NOT bounds_its_day(event)
    AND NOT is_held(event)
$$;
--> statement-breakpoint
-- Whoever takes an entry away must leave its hash, and may do so only where it may be pruned: the table's owner included.
CREATE FUNCTION refuse_other_pruning() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT coalesce((SELECT may_be_pruned(e) AND e.leaf_hash = NEW.leaf_hash FROM audit_events e WHERE e.seq = NEW.seq), false) THEN
    RAISE EXCEPTION 'this entry may not be pruned' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER pruned_by_the_rules BEFORE INSERT ON audit_pruned
  FOR EACH ROW EXECUTE FUNCTION refuse_other_pruning();
--> statement-breakpoint
CREATE TRIGGER audit_pruned_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_pruned
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
-- What is pruned is on record in the same transaction, by the last such event.
CREATE FUNCTION pruning_is_on_record() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM (SELECT e.entry::jsonb AS said FROM audit_events e WHERE e.code = 'audit.pruned' ORDER BY e.seq DESC LIMIT 1) AS newest,
      jsonb_array_elements_text(newest.said #> '{details,ranges}') AS told
    WHERE NEW.seq BETWEEN split_part(told, '-', 1)::bigint AND split_part(told, '-', 2)::bigint
  ) THEN
    RAISE EXCEPTION 'what is pruned must be on record' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER pruned_on_record AFTER INSERT ON audit_pruned DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION pruning_is_on_record();
--> statement-breakpoint
CREATE FUNCTION refuse_audit_removal() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM audit_pruned p WHERE p.seq = OLD.seq AND p.leaf_hash = OLD.leaf_hash) THEN
    RAISE EXCEPTION 'the audit log only grows' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN OLD;
END $$;
--> statement-breakpoint
DROP TRIGGER audit_only_grows ON audit_events;
--> statement-breakpoint
CREATE TRIGGER audit_only_grows BEFORE UPDATE OR TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
CREATE TRIGGER audit_is_pruned_by_the_rules BEFORE DELETE ON audit_events
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_removal();
--> statement-breakpoint
-- Nothing else ever stands where an entry was pruned.
CREATE FUNCTION refuse_place_of_pruned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM public.audit_pruned p WHERE p.seq = NEW.seq) THEN
    RAISE EXCEPTION 'the audit log only grows' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_keeps_the_place_of_pruned AFTER INSERT ON audit_events
  FOR EACH ROW EXECUTE FUNCTION refuse_place_of_pruned();
--> statement-breakpoint
-- The first event that is not older than a moment, found by halves: the log is in the order of time.
CREATE FUNCTION first_event_since(moment timestamptz) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
  low bigint := 0;
  high bigint := (SELECT size FROM public.audit_head);
  middle bigint;
  at_middle timestamptz;
BEGIN
  WHILE low < high LOOP
    middle := (low + high) / 2;
    SELECT e.occurred_at INTO at_middle FROM public.audit_events e WHERE e.seq >= middle ORDER BY e.seq LIMIT 1;
    IF at_middle < moment THEN low := middle + 1; ELSE high := middle; END IF;
  END LOOP;
  RETURN low;
END $$;
--> statement-breakpoint
-- What a period would prune now: how many, from which to which, and of when. Counts up to a million.
CREATE FUNCTION preview_pruning(period integer)
RETURNS TABLE (pruned bigint, first_seq bigint, last_seq bigint, oldest timestamptz, newest timestamptz)
LANGUAGE sql STABLE AS $$
  SELECT count(*), min(t.seq), max(t.seq), min(t.occurred_at), max(t.occurred_at) FROM (
    SELECT (d.event).seq, (d.event).occurred_at FROM (
      SELECT e AS event, lag(day_of(e.occurred_at)) OVER by_number AS day_before, day_of(e.occurred_at) AS day,
        lead(day_of(e.occurred_at)) OVER by_number AS day_after
      FROM audit_events e WHERE e.seq < (SELECT first_event_since(pruned_before(period)))
      WINDOW by_number AS (ORDER BY e.seq)
    ) AS d
    WHERE d.day_before = d.day AND d.day_after = d.day AND (d.event).seq < (SELECT prunable_below())
      AND (d.event).code !~ '^(audit\.(pruned|check_)|retention\.|hold\.|passkey\.)' AND NOT is_held(d.event)
    ORDER BY (d.event).seq LIMIT 1000000
  ) AS t
$$;
--> statement-breakpoint
-- Looks at some entries above a number and below a size, prunes those that may be, and says which and how far it looked. The
-- caller records the event in the same transaction, or nothing of it stays. `reached` is null when nothing is left to look at.
CREATE FUNCTION prune_audit_events(above bigint, below bigint)
RETURNS TABLE (ranges text[], pruned integer, days integer, newest timestamptz, reached bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  seqs bigint[];
  period integer;
  latest timestamptz;
  looked bigint;
BEGIN
  -- An older snapshot would not see a hold that was placed meanwhile.
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'pruning is read committed' USING ERRCODE = 'invalid_transaction_state';
  END IF;
  -- One at a time, and no hold is placed and no period confirmed meanwhile.
  LOCK TABLE audit_holds, audit_retention, audit_pruned IN SHARE ROW EXCLUSIVE MODE;
  period := retention_in_force();
  SELECT array_agg(e.seq) FILTER (WHERE may_be_pruned(e)), max(e.occurred_at) FILTER (WHERE may_be_pruned(e)), max(e.seq)
    INTO seqs, latest, looked
    FROM (
      SELECT seq FROM audit_events
      WHERE period IS NOT NULL AND seq > above
        AND seq < (SELECT least(below, prunable_below(), first_event_since(pruned_before(period))))
      ORDER BY seq LIMIT 2000
    ) AS found JOIN audit_events e USING (seq);
  IF seqs IS NOT NULL THEN
    INSERT INTO audit_pruned (seq, leaf_hash)
      SELECT e.seq, e.leaf_hash FROM audit_events e WHERE e.seq = ANY (seqs) ORDER BY e.seq;
    DELETE FROM audit_events e WHERE e.seq = ANY (seqs);
  END IF;
  RETURN QUERY
    SELECT array_agg(r.first || '-' || r.last ORDER BY r.first), coalesce(cardinality(seqs), 0), period, latest, looked
    FROM (
      SELECT min(s) AS first, max(s) AS last FROM (
        SELECT s, s - row_number() OVER (ORDER BY s) AS run FROM unnest(seqs) AS s
      ) AS numbered GROUP BY run
    ) AS r;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION prune_audit_events FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION prune_audit_events TO glimpse_app;
--> statement-breakpoint
GRANT SELECT ON audit_pruned, audit_leaves TO glimpse_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON audit_retention, audit_holds TO glimpse_app;
--> statement-breakpoint
GRANT UPDATE (confirmed_by, confirmed_at, dropped_at) ON audit_retention TO glimpse_app;
--> statement-breakpoint
GRANT UPDATE (lift_asked_by, lift_why, lift_asked_at, lifted_by, lifted_at) ON audit_holds TO glimpse_app;
