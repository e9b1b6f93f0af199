-- An approver who is away names a substitute, for a span of time. Whom somebody stood in for, and when, is never changed;
-- a delegation is ended once, before its time, and stays ended.
CREATE TABLE delegations (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  delegator_id uuid NOT NULL REFERENCES people (id),
  substitute_id uuid NOT NULL REFERENCES people (id),
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  made_at timestamptz NOT NULL,
  ended_at timestamptz,
  ended_by uuid REFERENCES people (id),
  ended_why text CHECK (ended_why IN ('taken-back', 'declined', 'admin', 'role-lost', 'disabled')),
  CONSTRAINT not_for_oneself CHECK (delegator_id <> substitute_id),
  CHECK (starts_at >= made_at AND ends_at > starts_at AND ends_at <= starts_at + interval '31 days'),
  CHECK (num_nulls(ended_at, ended_why) IN (0, 2)),
  UNIQUE (id, delegator_id, substitute_id)
);
--> statement-breakpoint
CREATE INDEX delegations_of_delegator ON delegations (delegator_id, ends_at) WHERE ended_at IS NULL;
--> statement-breakpoint
CREATE INDEX delegations_of_substitute ON delegations (substitute_id, ends_at) WHERE ended_at IS NULL;
--> statement-breakpoint
CREATE FUNCTION refuse_second_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'a delegation is ended once' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER delegation_is_ended_once BEFORE UPDATE ON delegations
  FOR EACH ROW EXECUTE FUNCTION refuse_second_end();
--> statement-breakpoint
-- The delegations that count at this moment: in their time, with both people active approvers. One definition for the
-- inbox, the decision and the vote's own check.
CREATE VIEW live_delegations AS
  SELECT d.id, d.delegator_id, d.substitute_id
  FROM delegations d
  JOIN people a ON a.id = d.delegator_id AND a.state = 'active'
  JOIN people b ON b.id = d.substitute_id AND b.state = 'active'
  JOIN person_roles ar ON ar.person_id = a.id AND ar.role = 'approver'
  JOIN person_roles br ON br.person_id = b.id AND br.role = 'approver'
  WHERE d.ended_at IS NULL AND d.starts_at <= clock_timestamp() AND d.ends_at > clock_timestamp();
--> statement-breakpoint
GRANT SELECT, INSERT ON delegations TO glimpse_app;
--> statement-breakpoint
GRANT UPDATE (ended_at, ended_by, ended_why) ON delegations TO glimpse_app;
--> statement-breakpoint
GRANT SELECT ON live_delegations TO glimpse_app;
--> statement-breakpoint
-- A vote that a substitute gave names whom they stood in for: never whoever asked, and under a delegation between these
-- two people (law 7).
ALTER TABLE decisions
  ADD COLUMN for_id uuid,
  ADD COLUMN delegation_id uuid,
  ADD CONSTRAINT four_eyes_for CHECK (for_id <> requester_id),
  ADD CHECK (num_nulls(for_id, delegation_id) IN (0, 2)),
  ADD FOREIGN KEY (delegation_id, for_id, approver_id) REFERENCES delegations (id, delegator_id, substitute_id);
--> statement-breakpoint
-- Whatever the application believes: no vote under a delegation that does not count at this moment, and no second seat for
-- anybody, neither for the substitute nor for whom they stand in for. The lock keeps the delegation until the vote stands.
CREATE FUNCTION refuse_double_seat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.delegation_id IS NOT NULL THEN
    PERFORM FROM delegations WHERE id = NEW.delegation_id FOR SHARE;
    IF NOT EXISTS (SELECT FROM live_delegations WHERE id = NEW.delegation_id) THEN
      RAISE EXCEPTION 'a substitute votes while the delegation counts'
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;
  IF EXISTS (
    SELECT FROM decisions d WHERE d.request_id = NEW.request_id AND (
      d.approver_id IN (NEW.approver_id, NEW.for_id) OR (d.for_id IN (NEW.approver_id, NEW.for_id)
        AND EXISTS (SELECT FROM live_delegations l WHERE l.id = d.delegation_id)))
  ) THEN
    RAISE EXCEPTION 'one person fills one seat' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER no_double_seat BEFORE INSERT ON decisions
  FOR EACH ROW EXECUTE FUNCTION refuse_double_seat();
--> statement-breakpoint
-- A request that waits reminds those who may decide, and escalates a step that has waited for its time.
ALTER TABLE requests
  -- The step whose time runs.
  ADD COLUMN waiting_step integer NOT NULL DEFAULT 0 CHECK (waiting_step BETWEEN 0 AND 9),
  ADD COLUMN escalate_at timestamptz,
  ADD COLUMN remind_at timestamptz,
  ADD COLUMN reminded_at timestamptz,
  ADD COLUMN nudged_at timestamptz;
--> statement-breakpoint
CREATE INDEX requests_to_escalate ON requests (escalate_at) WHERE state = 'pending' AND escalate_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX requests_to_remind ON requests (remind_at) WHERE state = 'pending' AND remind_at IS NOT NULL;
--> statement-breakpoint
GRANT UPDATE (waiting_step, escalate_at, remind_at, reminded_at, nudged_at) ON requests TO glimpse_app;
--> statement-breakpoint
-- A step escalates once. Whether those who were told may decide is what the request says, which nobody can change.
CREATE TABLE escalations (
  request_id uuid NOT NULL REFERENCES requests (id),
  step integer NOT NULL CHECK (step BETWEEN 0 AND 9),
  told_ids uuid[] NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (request_id, step)
);
--> statement-breakpoint
CREATE INDEX escalations_told ON escalations USING gin (told_ids);
--> statement-breakpoint
GRANT SELECT, INSERT ON escalations TO glimpse_app;
