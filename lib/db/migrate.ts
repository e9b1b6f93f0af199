import "server-only";
import path from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";
import { installJobs } from "@/lib/db/install-jobs";

const ONE_MIGRATION_AT_A_TIME = 7_316_245;

/** Brings the control database up to date, as its owner; instances that start together wait for one another. */
export async function migrate(ownerUrl: string): Promise<void> {
  const client = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await client`SELECT pg_advisory_lock(${ONE_MIGRATION_AT_A_TIME})`;
    await applyMigrations(drizzle({ client }), {
      migrationsFolder: path.join(process.cwd(), "drizzle"),
      migrationsSchema: "glimpse_migrations",
    });
    await installJobs(client);
  } finally {
    await client.end({ timeout: 5 });
  }
}
