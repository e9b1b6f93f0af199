-- Who made a link by which somebody who has a password gets a new one: it could be used to take the account over, so
-- its owner is told, and what they held until then ends. Null for an invitation and for the first admin.
ALTER TABLE one_time_links ADD COLUMN reset_by_id uuid REFERENCES people (id);
--> statement-breakpoint
CREATE INDEX one_time_links_resets ON one_time_links (person_id, created_at) WHERE reset_by_id IS NOT NULL;
