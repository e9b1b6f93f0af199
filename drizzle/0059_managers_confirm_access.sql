-- In a campaign managers confirm what their people may do, or remove it. Whom it asks about, until when, and what becomes
-- of what nobody decides is said at its start and never changed.
CREATE TABLE access_campaigns (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL CHECK (length(btrim(name)) BETWEEN 3 AND 120),
  -- Of whom: those who hold one of these roles, or had to do with one of these sources; everybody where both are empty.
  roles text[] NOT NULL,
  source_ids uuid[] NOT NULL,
  remove_undecided boolean NOT NULL,
  started_by uuid NOT NULL REFERENCES people (id),
  started_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL CHECK (due_at > started_at),
  -- How many of its reminders were told.
  reminders integer NOT NULL DEFAULT 0 CHECK (reminders BETWEEN 0 AND 3),
  ended_at timestamptz,
  ended_by uuid REFERENCES people (id),
  ended_why text CHECK (ended_why IN ('decided', 'due', 'closed', 'called-off')),
  ended_words text CHECK (length(btrim(ended_words)) >= 10 AND length(ended_words) <= 2000),
  CHECK (num_nulls(ended_at, ended_why) IN (0, 2)),
  CHECK (ended_by IS NULL OR ended_why IN ('closed', 'called-off')),
  CHECK ((ended_why IS NOT DISTINCT FROM 'called-off') = (ended_words IS NOT NULL)),
  -- Nobody takes the access of everybody away overnight, by asking when nobody looks.
  CONSTRAINT a_week_to_answer CHECK (NOT remove_undecided OR due_at >= started_at + interval '7 days'),
  CONSTRAINT not_closed_before_its_time CHECK (ended_why <> 'closed' OR ended_at >= due_at)
);
--> statement-breakpoint
CREATE INDEX access_campaigns_open ON access_campaigns (due_at) WHERE ended_at IS NULL;
--> statement-breakpoint
-- The access of one person in one campaign: what they held when it began, and what was decided of what they held then.
CREATE TABLE access_items (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  campaign_id uuid NOT NULL REFERENCES access_campaigns (id),
  person_id uuid NOT NULL REFERENCES people (id),
  -- Their manager when it began.
  manager_id uuid REFERENCES people (id),
  access jsonb NOT NULL CHECK (jsonb_typeof(access) = 'array'),
  -- removed: by somebody, in part or whole; lapsed: by the end of the campaign; left: there was nothing to decide any more.
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'confirmed', 'removed', 'lapsed', 'left')),
  decided_by uuid REFERENCES people (id),
  decided_as text CHECK (decided_as IN ('manager', 'admin')),
  decided_at timestamptz,
  words text CHECK (length(btrim(words)) >= 10 AND length(words) <= 2000),
  kept jsonb CHECK (jsonb_typeof(kept) = 'array'),
  removed jsonb CHECK (jsonb_typeof(removed) = 'array'),
  UNIQUE (campaign_id, person_id),
  CONSTRAINT nobody_confirms_themselves CHECK (decided_by <> person_id),
  CHECK (num_nulls(decided_by, decided_as) IN (0, 2)),
  CHECK ((state IN ('confirmed', 'removed')) = (decided_by IS NOT NULL)),
  CHECK ((state = 'open') = (decided_at IS NULL)),
  CHECK ((state IN ('confirmed', 'removed', 'lapsed')) = (kept IS NOT NULL)),
  CHECK (num_nulls(kept, removed) IN (0, 2)),
  CHECK (state <> 'confirmed' OR jsonb_array_length(removed) = 0),
  CHECK ((state = 'removed') = (words IS NOT NULL)),
  CHECK (state <> 'removed' OR jsonb_array_length(removed) > 0)
);
--> statement-breakpoint
CREATE INDEX access_items_of_person ON access_items (person_id);
--> statement-breakpoint
-- Decided once, and not after the end: nobody writes over the decision of another.
CREATE FUNCTION refuse_second_confirmation() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.state <> 'open' THEN
    RAISE EXCEPTION 'access is decided once in a campaign' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF EXISTS (SELECT FROM access_campaigns c WHERE c.id = OLD.campaign_id AND (c.ended_at IS NOT NULL
       OR (NEW.decided_by IS NOT NULL AND c.remove_undecided AND c.due_at <= clock_timestamp()))) THEN
    RAISE EXCEPTION 'the campaign is over' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER access_is_decided_once BEFORE UPDATE ON access_items
  FOR EACH ROW EXECUTE FUNCTION refuse_second_confirmation();
--> statement-breakpoint
CREATE FUNCTION refuse_campaign_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'the campaign is over' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER campaign_ends_once BEFORE UPDATE ON access_campaigns
  FOR EACH ROW EXECUTE FUNCTION refuse_campaign_again();
--> statement-breakpoint
-- All that gives somebody a right: roles, groups, and what they own. One definition for the page, the decision and the
-- report, so that what is seen is what is decided. A class is named by its title where stewards added it, else by its id.
CREATE FUNCTION access_of(who uuid) RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'id', id, 'name', name,
      'since', to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY place, name, id), '[]')
  FROM (
    SELECT 1 AS place, 'role' AS kind, r.role AS id, r.role AS name, r.granted_at AS since
      FROM person_roles r WHERE r.person_id = who
    UNION ALL
    SELECT 2, 'group', g.id::text, g.name, m.added_at
      FROM group_members m JOIN groups g ON g.id = m.group_id WHERE m.person_id = who
    UNION ALL
    SELECT 3, o.kind, o.subject, coalesce(s.name || ': ' || t.schema || '.' || t.name, c.title, o.subject), o.added_at
      FROM owners o
      LEFT JOIN catalog_tables t ON o.kind = 'table' AND t.id::text = o.subject
      LEFT JOIN sources s ON s.id = t.source_id
      LEFT JOIN own_classes c ON o.kind = 'class' AND c.id = o.subject
      WHERE o.person_id = who
  ) AS held
$$;
--> statement-breakpoint
-- Whose decision an open item waits for: who was the manager when it began, if they are here and did not get their own
-- access decided by the one it is about; else admins, where manager_id is null. Whoever becomes the manager meanwhile has
-- no seat, so that nobody is named to confirm. Substitutes of approvers have none either.
CREATE VIEW access_seats AS
  SELECT i.id AS item_id, i.campaign_id, i.person_id, m.id AS manager_id
  FROM access_items i
  JOIN access_campaigns c ON c.id = i.campaign_id
  JOIN people p ON p.id = i.person_id
  LEFT JOIN people m ON m.id = i.manager_id AND m.id <> p.id AND m.state = 'active'
    AND EXISTS (SELECT FROM person_roles r WHERE r.person_id = m.id)
    AND NOT EXISTS (SELECT FROM access_items o
      WHERE o.campaign_id = i.campaign_id AND o.person_id = m.id AND o.decided_by = p.id)
  WHERE i.state = 'open' AND p.state <> 'disabled' AND c.ended_at IS NULL
    AND NOT (c.remove_undecided AND c.due_at <= clock_timestamp());
--> statement-breakpoint
GRANT SELECT, INSERT ON access_campaigns, access_items TO glimpse_app;
--> statement-breakpoint
GRANT SELECT ON access_seats TO glimpse_app;
--> statement-breakpoint
GRANT UPDATE (reminders, ended_at, ended_by, ended_why, ended_words) ON access_campaigns TO glimpse_app;
--> statement-breakpoint
GRANT UPDATE (state, decided_by, decided_as, decided_at, words, kept, removed) ON access_items TO glimpse_app;
