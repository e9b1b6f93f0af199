-- A request that can never be fulfilled any more is closed by what made it so, and says why to whoever asked.
ALTER TABLE requests ADD COLUMN closed_why text CHECK (closed_why IS NULL OR state IN ('withdrawn', 'expired'));
--> statement-breakpoint
GRANT UPDATE (closed_why) ON requests TO glimpse_app;
