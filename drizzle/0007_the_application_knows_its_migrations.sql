-- The application refuses to start on a control database that is older than itself: it may read how old that is.
GRANT USAGE ON SCHEMA glimpse_migrations TO glimpse_app;
--> statement-breakpoint
GRANT SELECT ON glimpse_migrations.__drizzle_migrations TO glimpse_app;
