-- What each person did on each day in UTC, as counts by the hour. It says nothing that the log does not say: with this
-- table empty and the mark before the first event, the same is counted again.
CREATE SCHEMA IF NOT EXISTS glimpse_jobs;
--> statement-breakpoint
CREATE TABLE glimpse_jobs.activity_days (
  person_id uuid NOT NULL,
  day date NOT NULL,
  -- The first event of the person on that day, and the number up to which the log was read for it.
  first_seq bigint NOT NULL,
  last_seq bigint NOT NULL CHECK (last_seq >= first_seq),
  records integer NOT NULL CHECK (records >= 0),
  hours jsonb NOT NULL CHECK (jsonb_typeof(hours) = 'object'),
  -- How many refusals the day ends with, as far as it was counted.
  run integer NOT NULL DEFAULT 0 CHECK (run >= 0),
  PRIMARY KEY (person_id, day)
);
--> statement-breakpoint
-- What counts once a day and was counted already, by a hash of its reference in the log, as long as the day goes on: so
-- that a day is counted event by event, and never from its beginning.
CREATE TABLE glimpse_jobs.activity_seen (
  day date NOT NULL,
  person_id uuid NOT NULL,
  thing bytea NOT NULL CHECK (length(thing) = 16),
  PRIMARY KEY (day, person_id, thing),
  FOREIGN KEY (person_id, day) REFERENCES glimpse_jobs.activity_days (person_id, day) ON DELETE CASCADE
);
--> statement-breakpoint
-- How far the log has been counted, and when somebody last looked.
CREATE TABLE glimpse_jobs.activity_mark (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  seq bigint NOT NULL DEFAULT -1,
  looked_at timestamptz NOT NULL DEFAULT '-infinity'
);
--> statement-breakpoint
INSERT INTO glimpse_jobs.activity_mark DEFAULT VALUES;
--> statement-breakpoint
GRANT USAGE ON SCHEMA glimpse_jobs TO glimpse_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON glimpse_jobs.activity_days TO glimpse_app;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON glimpse_jobs.activity_seen TO glimpse_app;
--> statement-breakpoint
GRANT SELECT, UPDATE ON glimpse_jobs.activity_mark TO glimpse_app;
