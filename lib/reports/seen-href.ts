import "server-only";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { discreetHref } from "@/lib/reports/report-address";
import { readClock } from "@/lib/reports/run-report";
import { lastDays } from "@/lib/reports/span";

/** Where those who may read reports see who was shown a record in the last year; null for everybody else. */
export async function seenHref(ctx: Context, table: { id: string }, record: string): Promise<string | null> {
  if (!rolesAllow(ctx.actor.roles, "reports")) return null;
  const params = { table: table.id, record, ...lastDays(365, await readClock(ctx)) };
  return discreetHref(ctx, { kind: "disclosures", params });
}
