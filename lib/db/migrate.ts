import "server-only";
import path from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { installJobs } from "@/lib/db/install-jobs";

const ONE_MIGRATION_AT_A_TIME = 7_316_245;

/**
 * Brings the control database up to date, as its owner; instances that start together wait for one another. Nothing is
 * done where the application may make things of its own in the schema of the tables.
 */
export async function migrate(ownerUrl: string): Promise<void> {
  const client = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await client`SELECT pg_advisory_lock(${ONE_MIGRATION_AT_A_TIME})`;
    await closeSchema(client);
    await applyMigrations(drizzle({ client }), {
      migrationsFolder: path.join(process.cwd(), "drizzle"),
      migrationsSchema: "glimpse_migrations",
    });
    await installJobs(client);
  } finally {
    await client.end({ timeout: 5 });
  }
}

/**
 * PostgreSQL 13 and 14 let everybody make functions in `public`, and a database that was upgraded from one still does: one
 * of the application's own could stand in for one of ours that has more rights.
 */
async function closeSchema(client: postgres.Sql): Promise<void> {
  if (!(await isOpen(client))) return;
  // Who does not own the schema is warned, and nothing changes.
  await client`REVOKE CREATE ON SCHEMA public FROM PUBLIC`;
  if (await isOpen(client))
    throw new Error(
      "Everybody may make tables and functions in the schema public. As superuser, in this database: ALTER SCHEMA public " +
        "OWNER TO glimpse_owner (whoever runs the migrations); REVOKE CREATE ON SCHEMA public FROM PUBLIC, glimpse_app, glimpse_web.",
    );
}

async function isOpen(client: postgres.Sql): Promise<boolean> {
  const rows = await client`SELECT FROM pg_roles
    WHERE rolname = 'glimpse_app' AND has_schema_privilege(oid, 'public', 'CREATE')`;
  return rows.length > 0;
}
