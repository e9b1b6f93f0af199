-- The audit log names records by references alone: HMAC-SHA-256 under a random key of each record. Without its row here
-- nobody can tell whom a reference means, and every leaf, root and proof stays valid.
CREATE TABLE subject_keys (
  source_id uuid NOT NULL REFERENCES sources (id),
  table_id uuid NOT NULL REFERENCES catalog_tables (id),
  -- As a record is named in addresses: its clear key or a keyed token.
  handle text NOT NULL CHECK (handle ~ '^[A-Za-z0-9_-]+$' AND length(handle) <= 4096),
  -- A handle may be longer than an index takes.
  handle_hash bytea NOT NULL GENERATED ALWAYS AS (sha256(handle::bytea)) STORED,
  key bytea NOT NULL CHECK (length(key) = 32),
  ref text NOT NULL UNIQUE CHECK (ref ~ '^s_[0-9a-f]{64}$'),
  PRIMARY KEY (table_id, handle_hash)
);
--> statement-breakpoint
GRANT SELECT ON subject_keys TO glimpse_app;
--> statement-breakpoint
-- The keys of some records, made where there are none, and kept from being erased until the transaction ends: whoever
-- erases waits, and finds what was written meanwhile. Of two that make a key at once one wins, and both get its key.
CREATE FUNCTION hold_subjects(its_source uuid, its_table uuid, handles text[], new_keys bytea[], new_refs text[])
RETURNS TABLE (handle text, key bytea, ref text) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  hashes bytea[] := ARRAY(SELECT sha256(h::bytea) FROM unnest(handles) h);
  held bigint;
BEGIN
  LOOP
    -- Always in the same order, so that nobody waits in a circle.
    PERFORM FROM subject_keys k WHERE k.table_id = its_table AND k.handle_hash = ANY (hashes)
      ORDER BY k.handle_hash FOR KEY SHARE;
    GET DIAGNOSTICS held = ROW_COUNT;
    EXIT WHEN held = cardinality(handles);
    INSERT INTO subject_keys (source_id, table_id, handle, key, ref)
      SELECT its_source, its_table, n.handle, n.key, n.ref
      FROM unnest(handles, new_keys, new_refs) AS n (handle, key, ref) ORDER BY sha256(n.handle::bytea)
      ON CONFLICT (table_id, handle_hash) DO NOTHING;
  END LOOP;
  RETURN QUERY SELECT k.handle, k.key, k.ref FROM subject_keys k
    WHERE k.table_id = its_table AND k.handle_hash = ANY (hashes);
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION hold_subjects FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION hold_subjects TO glimpse_app;
--> statement-breakpoint
-- Which events speak of a record: the first 64 bits of each reference, so that a row is small. Whoever reads compares the
-- whole reference in the entry.
CREATE TABLE audit_subjects (
  head bigint NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (head, seq)
);
--> statement-breakpoint
CREATE FUNCTION subject_head(ref text) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT ('x' || substr(ref, 3, 16))::bit(64)::bigint $$;
--> statement-breakpoint
-- A quotation mark within a JSON text is escaped, so that no reason or name can look like the list of references.
CREATE FUNCTION index_audit_subjects() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  -- By plain text: to read the JSON again, or by a pattern, takes as long as all the rest of an append.
  refs text := split_part(substr(NEW.entry, strpos(NEW.entry, '"records":["s_') + 12), '"]', 1);
BEGIN
  IF length(refs) = 66 THEN
    INSERT INTO public.audit_subjects (head, seq) VALUES (('x' || substr(refs, 3, 16))::bit(64)::bigint, NEW.seq);
  ELSE
    INSERT INTO public.audit_subjects (head, seq)
      SELECT subject_head(ref), NEW.seq FROM unnest(string_to_array(refs, '","')) AS ref ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_is_found_by_subject AFTER INSERT ON audit_events
  FOR EACH ROW WHEN (strpos(NEW.entry, '"records":["s_') > 0) EXECUTE FUNCTION index_audit_subjects();
--> statement-breakpoint
CREATE TRIGGER audit_subjects_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_subjects
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_rewrite();
--> statement-breakpoint
-- A row too many finds nothing, because readers look into the entry; none can be taken away.
GRANT SELECT, INSERT ON audit_subjects TO glimpse_app;
--> statement-breakpoint
-- What was asked and decided is hashed over references, in the order of the records: with the key of a record gone, no
-- hash can be tried against guessed keys. Null for what was asked before there were references.
ALTER TABLE requests ADD COLUMN refs text[] CHECK (cardinality(refs) = cardinality(records));
--> statement-breakpoint
ALTER TABLE grants ADD COLUMN refs text[] CHECK (cardinality(refs) = cardinality(records));
