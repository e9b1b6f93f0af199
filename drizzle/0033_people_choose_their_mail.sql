-- Each person says which messages they want and when; those that others wait for cannot be refused.
CREATE TABLE mail_wishes (
  person_id uuid PRIMARY KEY REFERENCES people (id),
  -- By kind: now, digest or never. What is not here is as usual.
  choices jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(choices) = 'object'),
  -- Hours of the person's own time zone.
  digest_hour integer NOT NULL DEFAULT 8 CHECK (digest_hour BETWEEN 0 AND 23),
  quiet_from integer CHECK (quiet_from BETWEEN 0 AND 23),
  quiet_until integer CHECK (quiet_until BETWEEN 0 AND 23),
  version integer NOT NULL DEFAULT 1,
  CHECK (num_nulls(quiet_from, quiet_until) IN (0, 2)),
  CHECK (quiet_from <> quiet_until),
  CONSTRAINT who_is_asked_hears_of_it CHECK (choices ->> 'decision_wanted' IS DISTINCT FROM 'never'
    AND choices ->> 'break_glass' IS DISTINCT FROM 'never')
);
--> statement-breakpoint
GRANT SELECT, INSERT ON mail_wishes TO glimpse_app;
--> statement-breakpoint
GRANT UPDATE (choices, digest_hour, quiet_from, quiet_until, version) ON mail_wishes TO glimpse_app;
--> statement-breakpoint
-- What is still to be sent waits beside the queue: whom to tell of what, as ids and codes. What a message says is read
-- when it is sent, under the rights of that moment; no word of it is kept.
CREATE SCHEMA IF NOT EXISTS glimpse_jobs;
--> statement-breakpoint
CREATE TABLE glimpse_jobs.mail (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  person_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind ~ '^[a-z_]{1,40}$'),
  -- What it tells of: of the same, nobody is told twice.
  about text NOT NULL CHECK (length(about) <= 120),
  code text CHECK (code ~ '^[a-z_]{1,40}\.[a-z_]{1,40}$'),
  request_id uuid,
  actor_id uuid,
  -- Alone, and through quiet hours.
  urgent boolean NOT NULL,
  due_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- The first of those that go out as one message; this id is in its Message-ID.
  message uuid,
  attempts integer NOT NULL DEFAULT 0,
  lease uuid,
  leased_until timestamptz,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'dropped', 'failed')),
  failure text CHECK (failure ~ '^[a-z-]{1,40}$'),
  failed_at timestamptz,
  settled_at timestamptz,
  UNIQUE (person_id, kind, about),
  CHECK ((failure IS NULL) = (failed_at IS NULL)),
  CHECK ((state = 'waiting') = (settled_at IS NULL))
);
--> statement-breakpoint
CREATE INDEX mail_due ON glimpse_jobs.mail (due_at) WHERE state = 'waiting';
--> statement-breakpoint
CREATE INDEX mail_messages ON glimpse_jobs.mail (message);
--> statement-breakpoint
-- How far the audit log has been read for messages: what was before is not told any more.
CREATE TABLE glimpse_jobs.mail_mark (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  seq bigint NOT NULL
);
--> statement-breakpoint
INSERT INTO glimpse_jobs.mail_mark (seq) SELECT size - 1 FROM audit_head;
--> statement-breakpoint
GRANT USAGE ON SCHEMA glimpse_jobs TO glimpse_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON glimpse_jobs.mail TO glimpse_app;
--> statement-breakpoint
GRANT SELECT, UPDATE ON glimpse_jobs.mail_mark TO glimpse_app;
