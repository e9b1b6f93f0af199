-- A rule may ask for the password again: a session says when it was given last, and at its start it was.
ALTER TABLE sessions ADD COLUMN proved_at timestamptz;
--> statement-breakpoint
UPDATE sessions SET proved_at = created_at;
--> statement-breakpoint
ALTER TABLE sessions ALTER COLUMN proved_at SET NOT NULL, ALTER COLUMN proved_at SET DEFAULT clock_timestamp();
--> statement-breakpoint
-- What rules that only watch would have done is counted by version; few requests have any.
CREATE INDEX requests_watched ON requests (policy_version) WHERE ruling -> 'shadow' <> '[]';
