import postgres from "postgres";
import type { Control } from "./control";

/** A clock of the control database that a test sets, for what takes weeks. */
export type MovedClock = {
  /** From now on the clock shows this moment, and goes on from it. It must not be set back: the log is in order. */
  set: (at: Date) => Promise<void>;
};

/**
 * Puts a clock of the test's own before that of PostgreSQL, for every connection that is opened from now on: a function of
 * the same name in a schema that is looked in first.
 */
export async function moveClock(control: Control): Promise<MovedClock> {
  const owner = postgres(control.database.ownerUrl, { max: 1, onnotice: () => {} });
  await owner.unsafe(`
    CREATE SCHEMA moved;
    CREATE TABLE moved.clock (ahead interval NOT NULL);
    INSERT INTO moved.clock VALUES ('0');
    CREATE FUNCTION moved.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE SET search_path = pg_catalog
      AS 'SELECT pg_catalog.clock_timestamp() + ahead FROM moved.clock';
    GRANT USAGE ON SCHEMA moved TO glimpse_app;
    GRANT SELECT ON moved.clock TO glimpse_app;
    ALTER DATABASE ${control.database.name} SET search_path = moved, public, pg_catalog;`);
  await owner.end();
  return {
    set: async (at) => {
      await control.owner`UPDATE moved.clock SET ahead = ${at.toISOString()}::timestamptz - pg_catalog.clock_timestamp()`;
    },
  };
}
