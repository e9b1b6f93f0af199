-- How far each download is, so that whichever instance is asked can say it, and any can end it. A person has five places:
-- nobody downloads more at once, and what came before in a place is in the audit log. Who it is, since when and how it
-- ended are written with an event; `rows`, `bytes`, `total`, `share` and `beat_at` by the instance that sends it, every second.
CREATE TABLE downloads (
  person_id uuid NOT NULL REFERENCES people (id),
  place integer NOT NULL CHECK (place BETWEEN 1 AND 5),
  id uuid NOT NULL UNIQUE,
  session_id uuid REFERENCES sessions (id),
  -- What whoever downloads must be allowed until the end, and the source whose stop ends it.
  permission text NOT NULL CHECK (permission ~ '^[a-zA-Z]{1,40}$'),
  source_id uuid REFERENCES sources (id),
  -- Of a table or a kind of report: never a name of a record or of a person.
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  format text NOT NULL CHECK (format IN ('csv', 'ndjson', 'pdf')),
  state text NOT NULL CHECK (state IN ('running', 'whole', 'cancelled', 'broken')),
  why text CHECK (why ~ '^[a-z-]{1,40}$'),
  rows bigint NOT NULL DEFAULT 0 CHECK (rows >= 0),
  bytes bigint NOT NULL DEFAULT 0 CHECK (bytes >= 0),
  -- How many rows there will be, and how much of the way is behind it; empty where that is not known.
  total bigint CHECK (total >= 0),
  share double precision CHECK (share BETWEEN 0 AND 1),
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  beat_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  cancel_asked_at timestamptz,
  ended_at timestamptz,
  PRIMARY KEY (person_id, place),
  CHECK ((state = 'running') = (ended_at IS NULL)),
  CHECK ((state IN ('cancelled', 'broken')) = (why IS NOT NULL))
);
--> statement-breakpoint
GRANT SELECT, INSERT ON downloads TO glimpse_app;
--> statement-breakpoint
GRANT UPDATE (id, session_id, permission, source_id, title, format, state, why, rows, bytes, total, share, started_at,
  beat_at, cancel_asked_at, ended_at) ON downloads TO glimpse_app;
