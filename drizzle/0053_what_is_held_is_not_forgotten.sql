-- Whether an entry under a legal hold names one of the records of an erasure: then whom it names must stay known.
CREATE FUNCTION erasure_is_held(which uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT FROM erasure_records r
      JOIN subject_keys k ON k.table_id = r.table_id AND k.handle_hash = sha256(r.handle::bytea)
      JOIN audit_subjects s ON s.head = subject_head(k.ref)
      JOIN audit_events e ON e.seq = s.seq
    WHERE r.erasure_id = which AND is_held(e)
  )
$$;
--> statement-breakpoint
-- No hold is placed between the question and the end of the transaction.
CREATE FUNCTION refuse_held_erasure() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  LOCK TABLE audit_holds IN SHARE MODE;
  IF erasure_is_held(NEW.id) THEN
    RAISE EXCEPTION 'what is held is not forgotten' USING ERRCODE = 'object_in_use';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER erasures_wait_for_holds BEFORE UPDATE ON erasures FOR EACH ROW
  WHEN (NEW.state = 'done') EXECUTE FUNCTION refuse_held_erasure();
--> statement-breakpoint
-- What decides by a table reads that table: a temporary one of the same name never comes first. Where every event passes,
-- the name says its schema, which costs nothing.
ALTER FUNCTION refuse_double_seat() SET search_path = pg_catalog, public, pg_temp;
--> statement-breakpoint
ALTER FUNCTION refuse_second_extension() SET search_path = pg_catalog, public, pg_temp;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION refuse_head_rewind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' OR NEW.size <= OLD.size
     OR NOT EXISTS (SELECT FROM public.audit_events WHERE seq = NEW.size - 1) THEN
    RAISE EXCEPTION 'the audit head only moves forward' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION read_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  said pg_catalog.jsonb := NEW.entry::pg_catalog.jsonb;
BEGIN
  NEW.seq := (said ->> 'seq')::bigint;
  NEW.code := said ->> 'code';
  NEW.outcome := said ->> 'outcome';
  NEW.occurred_at := to_timestamp(((said ->> 'occurredUs')::bigint / 1000)::double precision / 1000);
  NEW.actor_id := (said #>> '{actor,id}')::pg_catalog.uuid;
  NEW.source_id := (said #>> '{resource,sourceId}')::pg_catalog.uuid;
  NEW.table_id := (said #>> '{resource,tableId}')::pg_catalog.uuid;
  NEW.request_id := (said ->> 'requestId')::pg_catalog.uuid;
  NEW.grant_id := (said ->> 'grantId')::pg_catalog.uuid;
  IF NEW.seq > 0 AND NOT EXISTS (SELECT FROM public.audit_events WHERE seq = NEW.seq - 1) THEN
    RAISE EXCEPTION 'the audit log has no gaps' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- Nobody needs temporary tables here. Where the database is somebody else's, that is theirs to say.
DO $$ BEGIN
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
EXCEPTION WHEN insufficient_privilege THEN NULL;
END $$;
