-- A tile of the log reads at most 256 rows, however long the log is: the root of each full tile is kept when it is full.
-- Level 0 is the leaf hashes of the events themselves; hash `place` of level n is the root of 256^n leaves.
CREATE TABLE audit_tile_hashes (
  level smallint NOT NULL CHECK (level BETWEEN 1 AND 5),
  place bigint NOT NULL CHECK (place >= 0),
  hash bytea NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (level, place)
);
--> statement-breakpoint
CREATE TRIGGER audit_tile_hashes_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_tile_hashes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
GRANT SELECT, INSERT ON audit_tile_hashes TO glimpse_app;
