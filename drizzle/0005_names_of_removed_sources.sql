-- The name of a removed source is free again; its rows stay, because requests and the audit log speak of them.
ALTER TABLE sources DROP CONSTRAINT sources_name_key, DROP CONSTRAINT sources_slug_key;
--> statement-breakpoint
CREATE UNIQUE INDEX sources_name ON sources (lower(name)) WHERE removed_at IS NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX sources_slug ON sources (slug) WHERE removed_at IS NULL;
