-- What was unusual of a person on a day is a case, until an auditor has judged it: never the person whom it concerns, and
-- once. A case that was judged is followed by another only when more was found.
CREATE TABLE anomaly_cases (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  number integer GENERATED ALWAYS AS IDENTITY UNIQUE,
  person_id uuid NOT NULL REFERENCES people (id),
  -- By the calendar of the person's time zone, as it was then.
  day date NOT NULL,
  zone text NOT NULL CHECK (length(zone) BETWEEN 1 AND 64),
  opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'explained', 'misuse')),
  judged_by uuid REFERENCES people (id),
  words text CHECK (length(btrim(words)) >= 10 AND length(words) <= 2000),
  -- Of the seal of the words that the log has.
  salt bytea CHECK (length(salt) = 32),
  judged_at timestamptz,
  CONSTRAINT judged_by_another CHECK (judged_by <> person_id),
  CHECK ((state = 'open') = (judged_by IS NULL)),
  CHECK (num_nulls(judged_by, words, salt, judged_at) IN (0, 4))
);
--> statement-breakpoint
CREATE UNIQUE INDEX one_open_case_of_a_day ON anomaly_cases (person_id, day) WHERE state = 'open';
--> statement-breakpoint
CREATE INDEX anomaly_cases_of_person ON anomaly_cases (person_id, day);
--> statement-breakpoint
CREATE INDEX anomaly_cases_waiting ON anomaly_cases (opened_at) WHERE state = 'open';
--> statement-breakpoint
-- What a case rests on. Of one kind the same is found once a day; a further step means that it has doubled.
CREATE TABLE anomaly_findings (
  case_id uuid NOT NULL REFERENCES anomaly_cases (id),
  person_id uuid NOT NULL,
  day date NOT NULL,
  kind text NOT NULL CHECK (kind ~ '^[a-z-]{1,40}$'),
  step integer NOT NULL CHECK (step BETWEEN 0 AND 60),
  -- Numbers and names of tables, classes and purposes, never a value.
  evidence jsonb NOT NULL CHECK (jsonb_typeof(evidence) = 'object'),
  found_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (person_id, day, kind, step)
);
--> statement-breakpoint
CREATE INDEX anomaly_findings_of_case ON anomaly_findings (case_id);
--> statement-breakpoint
CREATE FUNCTION refuse_second_case_judgement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'open' THEN
    RAISE EXCEPTION 'a case is judged once' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER case_is_judged_once BEFORE UPDATE ON anomaly_cases
  FOR EACH ROW EXECUTE FUNCTION refuse_second_case_judgement();
--> statement-breakpoint
CREATE FUNCTION refuse_finding_of_judged_case() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  -- Held, so that nobody judges what somebody is just adding to.
  PERFORM FROM anomaly_cases c WHERE c.id = NEW.case_id AND c.person_id = NEW.person_id AND c.day = NEW.day
    AND c.state = 'open' FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nothing is added to a case that was judged' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER findings_are_of_an_open_case BEFORE INSERT ON anomaly_findings
  FOR EACH ROW EXECUTE FUNCTION refuse_finding_of_judged_case();
--> statement-breakpoint
GRANT SELECT, INSERT ON anomaly_cases TO glimpse_app;
--> statement-breakpoint
GRANT UPDATE (state, judged_by, words, salt, judged_at) ON anomaly_cases TO glimpse_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON anomaly_findings TO glimpse_app;
