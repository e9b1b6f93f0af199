-- The keys of a source's pseudonyms and tokens are derived from this too: with another one, all of them are others.
ALTER TABLE sources ADD COLUMN key_version integer NOT NULL DEFAULT 1 CHECK (key_version >= 1);
