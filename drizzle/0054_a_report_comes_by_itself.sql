-- A report that comes by mail now and then, as a link: which, for whom, how often. What it is about is not changed later;
-- it is due again and again, until it is ended, once.
CREATE TABLE report_schedules (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  kind text NOT NULL CHECK (kind ~ '^[a-z-]{1,40}$'),
  -- What its address says beside the days, which follow from when it is due.
  params jsonb NOT NULL CHECK (jsonb_typeof(params) = 'object' AND length(params::text) <= 4000),
  every text NOT NULL CHECK (every IN ('week', 'month')),
  owner_id uuid NOT NULL REFERENCES people (id),
  reader_ids uuid[] NOT NULL CHECK (cardinality(reader_ids) BETWEEN 1 AND 20),
  next_at timestamptz NOT NULL,
  made_at timestamptz NOT NULL,
  ended_at timestamptz,
  ended_why text CHECK (ended_why IN ('stopped', 'owner-may-not')),
  CHECK (num_nulls(ended_at, ended_why) IN (0, 2))
);
--> statement-breakpoint
CREATE INDEX report_schedules_due ON report_schedules (next_at) WHERE ended_at IS NULL;
--> statement-breakpoint
CREATE FUNCTION refuse_schedule_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'a schedule is ended once' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER schedule_is_ended_once BEFORE UPDATE ON report_schedules
  FOR EACH ROW EXECUTE FUNCTION refuse_schedule_again();
--> statement-breakpoint
GRANT SELECT, INSERT ON report_schedules TO glimpse_app;
--> statement-breakpoint
GRANT UPDATE (next_at, ended_at, ended_why) ON report_schedules TO glimpse_app;
--> statement-breakpoint
-- Reports count the requests of a span of days.
CREATE INDEX requests_in_time ON requests (created_at);
