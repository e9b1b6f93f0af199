-- Stewards add data classes of their own. Their ids begin as no built-in one does, in this version or a later one; a
-- class is retired and never removed, because requests and the audit log name it.
CREATE TABLE own_classes (
  id text PRIMARY KEY CHECK (id ~ '^own_[a-z0-9_]{1,50}$'),
  title text NOT NULL CHECK (length(title) BETWEEN 1 AND 60),
  class_group text NOT NULL CHECK (class_group IN ('identity', 'contact', 'money', 'health', 'access', 'other')),
  sensitivity integer NOT NULL CHECK (sensitivity BETWEEN 1 AND 4),
  regulations text[] NOT NULL CHECK (cardinality(regulations) <= 10),
  default_mask jsonb NOT NULL,
  max_reveal_minutes integer NOT NULL CHECK (max_reveal_minutes BETWEEN 0 AND 60),
  words text[] NOT NULL CHECK (cardinality(words) <= 40),
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  retired_at timestamptz,
  CONSTRAINT what_never_opens_is_not_read CHECK (max_reveal_minutes > 0 OR default_mask ->> 'method' IN ('hidden', 'redact'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX own_classes_by_title ON own_classes (lower(title)) WHERE retired_at IS NULL;
--> statement-breakpoint
GRANT SELECT, INSERT ON own_classes TO glimpse_app;
--> statement-breakpoint
GRANT UPDATE (title, class_group, sensitivity, regulations, default_mask, max_reveal_minutes, words, version, retired_at)
  ON own_classes TO glimpse_app;
--> statement-breakpoint
-- The mask that is proposed for a built-in class, where a steward wants a stricter one than its own.
CREATE TABLE class_masks (
  class_id text PRIMARY KEY CHECK (length(class_id) BETWEEN 1 AND 60),
  mask jsonb NOT NULL
);
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON class_masks TO glimpse_app;
--> statement-breakpoint
GRANT UPDATE (mask) ON class_masks TO glimpse_app;
