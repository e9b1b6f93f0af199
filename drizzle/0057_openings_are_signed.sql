-- What a policy denies leaves a receipt as well: of its request alone, and one.
ALTER TABLE receipts DROP CONSTRAINT receipts_check;
--> statement-breakpoint
-- What the holder of a grant has signed with a passkey before its values open: a receipt of that grant, made in a session.
-- It counts in that session alone, for as long as a rule lets a passkey count.
ALTER TABLE receipts
  ADD COLUMN opens_id uuid REFERENCES grants (id),
  ADD COLUMN session_id uuid REFERENCES sessions (id),
  ADD CONSTRAINT receipts_are_of_one_thing CHECK (opens_id IS NULL OR num_nonnulls(decision_id, grant_id) = 0),
  ADD CONSTRAINT openings_are_of_a_session CHECK ((opens_id IS NULL) = (session_id IS NULL));
--> statement-breakpoint
CREATE UNIQUE INDEX receipts_of_denials_by_policy ON receipts (request_id)
  WHERE decision_id IS NULL AND grant_id IS NULL AND opens_id IS NULL;
--> statement-breakpoint
CREATE INDEX receipts_of_openings ON receipts (opens_id, session_id, made_at) WHERE opens_id IS NOT NULL;
--> statement-breakpoint
-- So that a passkey signs exactly what opens, and when it was asked.
ALTER TABLE passkey_challenges
  ADD COLUMN grant_id uuid REFERENCES grants (id),
  ADD COLUMN asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  DROP CONSTRAINT passkey_challenges_purpose_check,
  ADD CONSTRAINT passkey_challenges_purpose_check CHECK (purpose IN ('register', 'decide', 'step-up', 'open')),
  ADD CONSTRAINT passkey_challenges_of_a_grant CHECK ((purpose = 'open') = (grant_id IS NOT NULL));
