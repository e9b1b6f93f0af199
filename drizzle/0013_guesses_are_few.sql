-- Whoever looks a record up by a masked value, or compares a value with what somebody said, has few tries. A subject is
-- a keyed hash of who tries what, and says nothing by itself.
CREATE TABLE tries (
  subject text PRIMARY KEY CHECK (length(subject) = 43),
  since timestamptz NOT NULL DEFAULT clock_timestamp(),
  used integer NOT NULL CHECK (used > 0)
);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON tries TO glimpse_app;
