import "server-only";
import { sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { auditHead } from "@/lib/db/schema/audit";

/** The day in UTC by the clock of the control database. */
export async function readDatabaseDay(ctx: Context): Promise<string> {
  return (await readHead(ctx)).day;
}

/** The number of the newest event; -1 where there is none. */
export async function readLogEnd(ctx: Context): Promise<number> {
  return (await readHead(ctx)).size - 1;
}

async function readHead(ctx: Context): Promise<{ size: number; day: string }> {
  const [row] = await ctx.db
    .select({
      size: auditHead.size,
      day: sql<string>`((clock_timestamp() AT TIME ZONE 'UTC')::date)::text`,
    })
    .from(auditHead);
  if (!row) throw new Error("The audit log has no head.");
  return row;
}
