-- What the log was at a moment, signed with a key that is in no database. Each stays as it was made: by privilege, and by
-- a trigger that binds the owner too. Whoever can switch both off is found out by what was published elsewhere.
CREATE TABLE audit_checkpoints (
  size bigint NOT NULL CHECK (size >= 0),
  key_id bytea NOT NULL CHECK (length(key_id) = 4),
  -- C2SP tlog-checkpoint in the form of signed-note.
  note text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (size, key_id)
);
--> statement-breakpoint
-- What witnesses say of a checkpoint: a line of C2SP tlog-cosignature each.
CREATE TABLE audit_cosignatures (
  size bigint NOT NULL,
  key_id bytea NOT NULL CHECK (length(key_id) = 4),
  line text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (size, key_id)
);
--> statement-breakpoint
-- Which checkpoints have arrived at which place outside.
CREATE TABLE audit_publications (
  place text NOT NULL,
  size bigint NOT NULL,
  arrived_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (place, size)
);
--> statement-breakpoint
CREATE TRIGGER audit_checkpoints_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoints
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
CREATE TRIGGER audit_cosignatures_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_cosignatures
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
CREATE TRIGGER audit_publications_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_publications
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
-- When is the database's to say.
GRANT SELECT, INSERT (size, key_id, note) ON audit_checkpoints TO glimpse_app;
--> statement-breakpoint
GRANT SELECT, INSERT (size, key_id, line) ON audit_cosignatures TO glimpse_app;
--> statement-breakpoint
GRANT SELECT, INSERT (place, size) ON audit_publications TO glimpse_app;
