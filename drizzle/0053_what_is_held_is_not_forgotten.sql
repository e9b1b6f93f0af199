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
CREATE FUNCTION refuse_held_erasure() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
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
