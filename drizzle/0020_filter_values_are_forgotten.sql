-- What a view or a request was filtered by is forgotten when the column is masked: the application may change what a
-- view filters by, and empty what a request was filtered by, but put nothing else there. The hash of a request holds a
-- salted seal of its filters, which says nothing of them once the salt is gone (laws 6 and 8).
ALTER TABLE requests ADD COLUMN cohort_salt bytea, ADD COLUMN cohort_seal bytea;
--> statement-breakpoint
-- Those that wait at this moment were hashed in another way: their approval is refused, and they are asked again.
UPDATE requests SET cohort_salt = '', cohort_seal = sha256(convert_to('glimpse cohort 1' || cohort, 'UTF8'))
WHERE cohort IS NOT NULL;
--> statement-breakpoint
ALTER TABLE requests
  ADD CONSTRAINT cohort_with_its_salt CHECK ((cohort IS NULL) = (cohort_salt IS NULL)),
  ADD CONSTRAINT cohort_is_sealed CHECK (cohort IS NULL OR cohort_seal IS NOT NULL),
  DROP CONSTRAINT few_records,
  ADD CONSTRAINT few_records
    CHECK (cardinality(records) BETWEEN 1 AND CASE WHEN cohort_seal IS NULL THEN 100 ELSE 500 END);
--> statement-breakpoint
CREATE INDEX requests_with_cohort ON requests (source_id) WHERE cohort IS NOT NULL;
--> statement-breakpoint
CREATE FUNCTION refuse_other_cohort() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.cohort IS NOT NULL THEN
    RAISE EXCEPTION 'what was asked is forgotten or stays' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER cohort_stays_or_goes BEFORE UPDATE ON requests FOR EACH ROW
  WHEN ((NEW.cohort, NEW.cohort_salt) IS DISTINCT FROM (OLD.cohort, OLD.cohort_salt))
  EXECUTE FUNCTION refuse_other_cohort();
--> statement-breakpoint
GRANT UPDATE (cohort, cohort_salt) ON requests TO glimpse_app;
--> statement-breakpoint
GRANT UPDATE (query) ON saved_views TO glimpse_app;
