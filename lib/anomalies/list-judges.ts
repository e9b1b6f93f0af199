import "server-only";
import { and, eq, ne } from "drizzle-orm";
import { parseEntry } from "@/lib/audit/entry";
import type { Context } from "@/lib/auth/context";
import { anomalyCases } from "@/lib/db/schema/anomalies";
import { auditEvents } from "@/lib/db/schema/audit";
import { people, personRoles } from "@/lib/db/schema/people";

/** The auditors who may judge the case that an event opened, while it is open: all but the person whom it concerns. */
export async function listJudges(ctx: Context, seq: number): Promise<string[]> {
  if (!Number.isSafeInteger(seq)) return [];
  const [event] = await ctx.db
    .select({ entry: auditEvents.entry })
    .from(auditEvents)
    .where(and(eq(auditEvents.seq, seq), eq(auditEvents.code, "case.opened")));
  const number = event && Number(parseEntry(event.entry).details?.["case"]);
  if (!number) return [];
  const rows = await ctx.db
    .select({ id: people.id })
    .from(anomalyCases)
    .innerJoin(personRoles, eq(personRoles.role, "auditor"))
    .innerJoin(people, and(eq(people.id, personRoles.personId), ne(people.id, anomalyCases.personId)))
    .where(and(eq(anomalyCases.number, number), eq(anomalyCases.state, "open"), eq(people.state, "active")));
  return rows.map(({ id }) => id);
}
