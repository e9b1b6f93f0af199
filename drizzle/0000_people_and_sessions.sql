-- The application works as glimpse_app, which owns nothing: what it may do is granted table by table.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'glimpse_app') THEN
    CREATE ROLE glimpse_app NOLOGIN;
  END IF;
END $$;
--> statement-breakpoint
-- The owner may work as the application too, where one login does both. With a login of its own for the
-- application, as production should have it, the grant may be somebody else's to give.
DO $$ BEGIN
  GRANT glimpse_app TO CURRENT_USER;
EXCEPTION WHEN insufficient_privilege THEN NULL;
END $$;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO glimpse_app;
--> statement-breakpoint
-- A person is never deleted, only disabled: the audit log speaks of them for years.
CREATE TABLE people (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email text NOT NULL UNIQUE CHECK (email = lower(email) AND length(email) <= 254),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  password_hash text,
  manager_id uuid REFERENCES people (id) CHECK (manager_id <> id),
  time_zone text NOT NULL DEFAULT 'UTC',
  state text NOT NULL DEFAULT 'invited' CHECK (state IN ('invited', 'active', 'disabled')),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  disabled_at timestamptz
);
--> statement-breakpoint
CREATE INDEX people_manager ON people (manager_id);
--> statement-breakpoint
CREATE TABLE person_roles (
  person_id uuid NOT NULL REFERENCES people (id),
  role text NOT NULL CHECK (role IN ('agent', 'approver', 'steward', 'policy_admin', 'auditor', 'admin')),
  granted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (person_id, role)
);
--> statement-breakpoint
CREATE INDEX person_roles_role ON person_roles (role);
--> statement-breakpoint
-- A browser holds only the id of a session, encrypted; the row decides, so that a session can be ended.
CREATE TABLE sessions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  person_id uuid NOT NULL REFERENCES people (id),
  ip text,
  user_agent text,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  ended_why text
);
--> statement-breakpoint
CREATE INDEX sessions_person ON sessions (person_id) WHERE ended_at IS NULL;
--> statement-breakpoint
-- Invitations and the first administrator's link: only a hash is kept, each works once.
CREATE TABLE one_time_links (
  token_hash bytea PRIMARY KEY,
  purpose text NOT NULL CHECK (purpose IN ('first-admin', 'invite')),
  person_id uuid REFERENCES people (id),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
--> statement-breakpoint
-- Failed sign-ins by account and by address: whoever guesses is locked out for a while.
CREATE TABLE sign_in_failures (
  subject text PRIMARY KEY,
  failures integer NOT NULL,
  first_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  locked_until timestamptz
);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON people, sessions, one_time_links TO glimpse_app;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON person_roles TO glimpse_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_failures TO glimpse_app;
