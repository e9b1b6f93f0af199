-- A policy names groups and owners, never people alone: who that is, is looked up when a request is decided.
CREATE TABLE groups (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
--> statement-breakpoint
CREATE TABLE group_members (
  group_id uuid NOT NULL REFERENCES groups (id),
  person_id uuid NOT NULL REFERENCES people (id),
  added_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (group_id, person_id)
);
--> statement-breakpoint
CREATE INDEX group_members_person ON group_members (person_id);
--> statement-breakpoint
-- Somebody owns a table or a data class: what it is named by is its id, or the id of the class.
CREATE TABLE owners (
  kind text NOT NULL CHECK (kind IN ('table', 'class')),
  subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 120),
  person_id uuid NOT NULL REFERENCES people (id),
  added_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (kind, subject, person_id)
);
--> statement-breakpoint
CREATE INDEX owners_person ON owners (person_id);
--> statement-breakpoint
-- The seats that a person could fill, as words that a step of a request names too. One definition for the inbox and for
-- the decision, so that what is listed is what may be decided. Whether they approve at all is asked beside it.
CREATE FUNCTION seats_of(who uuid) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT ARRAY['approvers', 'person:' || who]
    || ARRAY(SELECT 'manager-of:' || p.id FROM people p WHERE p.manager_id = who)
    || ARRAY(SELECT 'managers-manager-of:' || p.id FROM people p JOIN people m ON m.id = p.manager_id
             WHERE m.manager_id = who)
    || ARRAY(SELECT 'group:' || g.slug FROM groups g JOIN group_members m ON m.group_id = g.id WHERE m.person_id = who)
    || ARRAY(SELECT o.kind || '-owners:' || o.subject FROM owners o WHERE o.person_id = who)
$$;
--> statement-breakpoint
GRANT SELECT, INSERT ON groups TO glimpse_app;
--> statement-breakpoint
GRANT UPDATE (name, version) ON groups TO glimpse_app;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON group_members, owners TO glimpse_app;
