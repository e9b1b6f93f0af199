-- The tools go; what is left may be read by the role that Glimpse connects with.
DROP SCHEMA seed CASCADE;
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'marigold_reader') THEN
    GRANT USAGE ON SCHEMA public, care, hr TO marigold_reader;
    GRANT SELECT ON ALL TABLES IN SCHEMA public, care, hr TO marigold_reader;
    ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO marigold_reader;
    ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO marigold_reader;
  END IF;
END $$;
