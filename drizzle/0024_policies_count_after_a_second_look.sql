-- A policy is a document with a number. It is written, tested, and counts once somebody else has activated it; from then
-- on nobody changes it. Numbers start behind those of the policies that were built in.
CREATE TABLE policy_versions (
  number integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (START WITH 3),
  state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'tested', 'active', 'retired')),
  document jsonb NOT NULL CHECK (jsonb_typeof(document) = 'object'),
  note text NOT NULL CHECK (length(note) BETWEEN 1 AND 500),
  -- Where it was taken from, for the difference; null for the built-in policy.
  based_on integer REFERENCES policy_versions (number),
  -- Everybody who wrote a part of it.
  editor_ids uuid[] NOT NULL CHECK (cardinality(editor_ids) > 0),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  activated_by uuid REFERENCES people (id),
  activated_at timestamptz,
  retired_at timestamptz,
  CONSTRAINT second_person CHECK (NOT (activated_by = ANY (editor_ids))),
  CHECK ((state IN ('active', 'retired')) = (activated_by IS NOT NULL)),
  CHECK ((activated_by IS NULL) = (activated_at IS NULL))
);
--> statement-breakpoint
CREATE UNIQUE INDEX one_active_policy ON policy_versions (state) WHERE state = 'active';
--> statement-breakpoint
-- What was activated stays as it was, and what was changed has to be tested again (law 8).
CREATE FUNCTION refuse_policy_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.state IN ('active', 'retired') AND (NEW.document, NEW.note, NEW.based_on, NEW.editor_ids, NEW.activated_by, NEW.activated_at)
        IS DISTINCT FROM (OLD.document, OLD.note, OLD.based_on, OLD.editor_ids, OLD.activated_by, OLD.activated_at))
     OR (OLD.state = 'active' AND NEW.state NOT IN ('active', 'retired'))
     OR (OLD.state = 'retired' AND NEW.state <> 'retired')
     OR (OLD.state = 'draft' AND NEW.state NOT IN ('draft', 'tested'))
     OR (NEW.state <> 'draft' AND NEW.document IS DISTINCT FROM OLD.document)
     OR NOT (NEW.editor_ids @> OLD.editor_ids) THEN
    RAISE EXCEPTION 'an activated policy stays as it was' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER policy_stays BEFORE UPDATE ON policy_versions FOR EACH ROW EXECUTE FUNCTION refuse_policy_rewrite();
--> statement-breakpoint
GRANT SELECT, INSERT ON policy_versions TO glimpse_app;
--> statement-breakpoint
GRANT UPDATE (state, document, note, editor_ids, version, changed_at, activated_by, activated_at, retired_at)
  ON policy_versions TO glimpse_app;
