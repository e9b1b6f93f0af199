-- What was decided, signed by the server that decided it with a key that is in no database: whoever writes decisions or
-- grants around the application cannot write this, and without it nothing opens where a key is set.
CREATE TABLE receipts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  request_id uuid NOT NULL REFERENCES requests (id),
  -- Whose vote it is; null for what the policy or an emergency opened.
  decision_id uuid UNIQUE REFERENCES decisions (id),
  -- What it opened; null for a denial, and for a vote that others have to follow.
  grant_id uuid UNIQUE REFERENCES grants (id),
  -- RFC 8785 JSON, and the line that signs it in the form of C2SP signed-note; null where no key was set.
  body text NOT NULL,
  signature text,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (decision_id IS NOT NULL OR grant_id IS NOT NULL)
);
--> statement-breakpoint
CREATE INDEX receipts_of_request ON receipts (request_id);
--> statement-breakpoint
CREATE TRIGGER receipts_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON receipts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
GRANT SELECT, INSERT ON receipts TO glimpse_app;
