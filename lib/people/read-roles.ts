import "server-only";
import { asc, eq } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { personRoles, type Role } from "@/lib/db/schema/people";

/** The roles of a person as they stand now, in a fixed order. */
export async function readRoles(db: Pick<Context["db"], "select">, personId: string): Promise<Role[]> {
  const rows = await db
    .select({ role: personRoles.role })
    .from(personRoles)
    .where(eq(personRoles.personId, personId))
    .orderBy(asc(personRoles.role));
  return rows.map(({ role }) => role);
}
