-- A request keeps what its policy knew of it and what it said, so that any policy can be asked about it later, and the
-- steps of its review. Like all that was asked, they are never changed; requests of before have none.
ALTER TABLE requests
  ADD COLUMN signals jsonb,
  ADD COLUMN ruling jsonb,
  ADD COLUMN route jsonb,
  -- The seats of the step that waits, for the inbox alone: who may decide is looked up when they do.
  ADD COLUMN audience text[],
  DROP CONSTRAINT requests_eligible_ids_check,
  ADD CONSTRAINT somebody_decides CHECK (cardinality(eligible_ids) > 0 OR (ruling IS NOT NULL AND route IS NULL));
--> statement-breakpoint
CREATE INDEX requests_audience ON requests USING gin (audience) WHERE state = 'pending';
--> statement-breakpoint
GRANT UPDATE (audience) ON requests TO glimpse_app;
--> statement-breakpoint
-- Which step a vote was for, and whether it was given in place of people who were not there.
ALTER TABLE decisions
  ADD COLUMN step integer NOT NULL DEFAULT 0 CHECK (step BETWEEN 0 AND 9),
  ADD COLUMN fell_back boolean NOT NULL DEFAULT false;
--> statement-breakpoint
-- How often a grant may be viewed; null for no limit but its time.
ALTER TABLE grants ADD COLUMN max_views integer CHECK (max_views BETWEEN 1 AND 1000);
--> statement-breakpoint
CREATE INDEX grants_by_holder ON grants (holder_id, activated_at);
