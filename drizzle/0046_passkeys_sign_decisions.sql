-- Who can sign with what: the public half of each passkey. `seal` is keyed by the application: a row that somebody wrote
-- around it signs nothing. A removed one stays on record and signs nothing either.
CREATE TABLE passkeys (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  person_id uuid NOT NULL REFERENCES people (id),
  name text NOT NULL CHECK (length(btrim(name)) BETWEEN 1 AND 60),
  credential_id text NOT NULL UNIQUE CHECK (length(credential_id) <= 1400),
  -- As the authenticator gave it (COSE).
  public_key bytea NOT NULL,
  transports text[] NOT NULL,
  -- How often it has signed, where it counts; it never goes back.
  counter bigint NOT NULL CHECK (counter >= 0),
  seal bytea NOT NULL,
  added_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  used_at timestamptz,
  removed_at timestamptz,
  removed_by_id uuid REFERENCES people (id),
  CHECK ((removed_at IS NULL) = (removed_by_id IS NULL))
);
--> statement-breakpoint
CREATE INDEX passkeys_of_person ON passkeys (person_id) WHERE removed_at IS NULL;
--> statement-breakpoint
-- What a passkey is asked to sign: once, within minutes, in the session that asked, for what it asked.
CREATE TABLE passkey_challenges (
  challenge bytea PRIMARY KEY CHECK (length(challenge) = 32),
  nonce text NOT NULL,
  person_id uuid NOT NULL REFERENCES people (id),
  session_id uuid NOT NULL REFERENCES sessions (id),
  purpose text NOT NULL CHECK (purpose IN ('register', 'decide', 'step-up')),
  request_id uuid REFERENCES requests (id),
  expires_at timestamptz NOT NULL DEFAULT clock_timestamp() + interval '3 minutes',
  CHECK ((purpose = 'decide') = (request_id IS NOT NULL))
);
--> statement-breakpoint
CREATE INDEX passkey_challenges_of_person ON passkey_challenges (person_id);
--> statement-breakpoint
CREATE FUNCTION refuse_passkey_going_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.counter < OLD.counter OR (OLD.removed_at IS NOT NULL AND NEW.removed_at IS DISTINCT FROM OLD.removed_at) THEN
    RAISE EXCEPTION 'a passkey does not go back' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER passkey_goes_on BEFORE UPDATE ON passkeys FOR EACH ROW EXECUTE FUNCTION refuse_passkey_going_back();
--> statement-breakpoint
-- When a passkey was used last in a session, for rules that ask for one before values open.
ALTER TABLE sessions ADD COLUMN passkey_at timestamptz;
--> statement-breakpoint
GRANT SELECT, INSERT ON passkeys TO glimpse_app;
--> statement-breakpoint
GRANT UPDATE (counter, used_at, removed_at, removed_by_id) ON passkeys TO glimpse_app;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON passkey_challenges TO glimpse_app;
