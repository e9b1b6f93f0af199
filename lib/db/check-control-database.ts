import "server-only";
import { sql } from "drizzle-orm";
import journal from "@/drizzle/meta/_journal.json";
import { readDatabase } from "@/lib/db/control-database";
import { DatabaseFailure } from "@/lib/db/database-failure";

/** What stands against starting on this control database, and what an operator should hear but may ignore. */
export type DatabaseCheck = { complaints: string[]; warnings: string[] };

/** Whether the control database answers, is as new as this build and protects the audit log from us (law 9). */
export async function checkControlDatabase(): Promise<DatabaseCheck> {
  try {
    const complaints = [await migrationComplaint(), await rewriteComplaint("current_user")].filter(isText);
    const warnings = [await rewriteComplaint("session_user")].filter(isText);
    return { complaints, warnings: complaints.length > 0 ? [] : warnings };
  } catch (error) {
    if (!(error instanceof DatabaseFailure)) throw error;
    return { complaints: [inWords(error.code)], warnings: [] };
  }
}

async function migrationComplaint(): Promise<string | null> {
  const newest = Math.max(...journal.entries.map(({ when }) => when));
  const [row] = await readDatabase()
    .select({ newest: sql<string | null>`max(created_at)` })
    .from(sql`glimpse_migrations.__drizzle_migrations`);
  return Number(row?.newest ?? 0) < newest ? notMigrated : null;
}

const logTables = sql`(VALUES ('audit_events'), ('audit_head')) AS log (name)`;

/** The login may be the owner (a warning); the role it works as may rewrite nothing (a complaint). */
async function rewriteComplaint(who: "current_user" | "session_user"): Promise<string | null> {
  const role = who === "current_user" ? sql`current_user` : sql`session_user`;
  const [row] = await readDatabase()
    .select({
      may: sql<boolean>`bool_or(
        has_table_privilege(${role}, log.name, 'DELETE, TRUNCATE, TRIGGER')
        OR (log.name = 'audit_events' AND has_any_column_privilege(${role}, log.name, 'UPDATE'))
        OR pg_has_role(${role}, (SELECT relowner FROM pg_class WHERE oid = log.name::regclass), 'MEMBER')
        OR (SELECT rolsuper FROM pg_roles WHERE rolname = ${role}))`,
    })
    .from(logTables);
  if (row && !row.may) return null;
  return who === "current_user"
    ? "the role that Glimpse works as could rewrite the audit log; give DATABASE_URL a login that owns nothing"
    : "the login in DATABASE_URL owns the audit log; give Glimpse one that is a member of glimpse_app and nothing else";
}

const notMigrated = "the control database is older than this version of Glimpse; run npm run db:migrate";

function inWords(code: string): string {
  if (code === "28P01" || code === "28000") return "the control database refuses the login in DATABASE_URL";
  if (code === "3D000") return "the database named in DATABASE_URL does not exist";
  // No glimpse_app role or schema yet, no right to work as the role, or a table that is not there.
  if (["22023", "42501", "3F000", "42P01", "42704"].includes(code)) return notMigrated;
  if (/^[A-Z_]{6,}$/.test(code))
    return `the control database named in DATABASE_URL does not answer (${code})`;
  return `the control database failed with SQLSTATE ${code}`;
}

function isText(text: string | null): text is string {
  return text !== null;
}
