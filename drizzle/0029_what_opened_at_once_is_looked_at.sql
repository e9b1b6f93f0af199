-- What opened before anybody had decided is looked at afterwards, by somebody else and in time: an emergency always, and
-- a share of what the policy granted by itself.
CREATE TABLE reviews (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  request_id uuid NOT NULL UNIQUE,
  requester_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('emergency', 'sample')),
  reason text CHECK (length(btrim(reason)) >= 20 AND length(reason) <= 2000),
  -- The seats whose people may judge it: who that is, is looked up when they do.
  audience text[] NOT NULL CHECK (cardinality(audience) > 0),
  -- Who would have decided.
  skipped_ids uuid[] NOT NULL,
  opened_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL CHECK (due_at > opened_at),
  reviewer_id uuid REFERENCES people (id),
  verdict text CHECK (verdict IN ('justified', 'not-justified')),
  words text CHECK (length(btrim(words)) > 0 AND length(words) <= 2000),
  reviewed_at timestamptz,
  FOREIGN KEY (request_id, requester_id) REFERENCES requests (id, requester_id),
  CONSTRAINT judged_by_another CHECK (reviewer_id <> requester_id),
  CONSTRAINT emergency_says_why CHECK ((kind = 'emergency') = (reason IS NOT NULL)),
  CHECK (num_nulls(reviewer_id, verdict, words, reviewed_at) IN (0, 4))
);
--> statement-breakpoint
CREATE INDEX reviews_waiting ON reviews USING gin (audience) WHERE reviewed_at IS NULL;
--> statement-breakpoint
CREATE INDEX reviews_of_requester ON reviews (requester_id, opened_at);
--> statement-breakpoint
-- Judged once: nobody takes a judgement back or writes over that of another.
CREATE FUNCTION refuse_second_judgement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.reviewed_at IS NOT NULL THEN
    RAISE EXCEPTION 'a review is judged once' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER review_is_judged_once BEFORE UPDATE ON reviews
  FOR EACH ROW EXECUTE FUNCTION refuse_second_judgement();
--> statement-breakpoint
GRANT SELECT, INSERT ON reviews TO glimpse_app;
--> statement-breakpoint
GRANT UPDATE (reviewer_id, verdict, words, reviewed_at) ON reviews TO glimpse_app;
