import "server-only";
import { and, asc, eq, gte, lte, sql } from "drizzle-orm";
import { dayAfter } from "@/lib/anomalies/day";
import { findingKinds, type Finding } from "@/lib/anomalies/finding";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import type { WriteTransaction } from "@/lib/db/control-database";
import { anomalyCases, anomalyFindings } from "@/lib/db/schema/anomalies";

export type FoundOn = { personId: string; day: string; zone: string; findings: readonly Finding[] };

class NothingNew extends Error {}

/**
 * Puts findings of a person and day into the open case of that day, or into a new one, and nothing where all of it was
 * told before: whoever does it again, or at the same moment, changes nothing. Gives the number of the case; null where
 * there was nothing new.
 */
export async function openCase(ctx: Context, found: FoundOn): Promise<number | null> {
  return recorded(ctx, async (tx) => {
    await holdCasesOf(tx, found.personId);
    const fresh = await untold(tx, found);
    if (fresh.length === 0) throw new NothingNew();
    const [open] = await tx
      .select({ id: anomalyCases.id, number: anomalyCases.number })
      .from(anomalyCases)
      .where(
        and(
          eq(anomalyCases.personId, found.personId),
          eq(anomalyCases.day, found.day),
          eq(anomalyCases.state, "open"),
        ),
      )
      .for("update");
    const one = open ?? (await insertCase(tx, found));
    const { personId, day } = found;
    await tx
      .insert(anomalyFindings)
      .values(fresh.map((finding) => ({ caseId: one.id, personId, day, ...finding })));
    // Its number alone: an auditor whom it concerns reads the log as well.
    const event = { code: open ? "case.grown" : "case.opened", details: { case: one.number } } as const;
    return { result: one.number, event };
  }).catch((error: unknown) => {
    if (error instanceof NothingNew) return null;
    throw error;
  });
}

/** Of two that look at the same person, one after the other. */
async function holdCasesOf(tx: WriteTransaction, personId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`cases of ${personId}`}, 0))`);
}

async function insertCase(tx: WriteTransaction, { personId, day, zone }: FoundOn) {
  const [made] = await tx
    .insert(anomalyCases)
    .values({ personId, day, zone })
    .returning({ id: anomalyCases.id, number: anomalyCases.number });
  if (!made) throw new Error("A case was not made.");
  return made;
}

/** Those that were not found so far, in this step or a higher one, on this day or within their quiet days before. */
async function untold(tx: WriteTransaction, { personId, day, findings }: FoundOn): Promise<Finding[]> {
  const longest = Math.max(...Object.values(findingKinds).map(({ quietDays }) => quietDays));
  const told = await tx
    .select({ kind: anomalyFindings.kind, step: anomalyFindings.step, day: anomalyFindings.day })
    .from(anomalyFindings)
    .where(
      and(
        eq(anomalyFindings.personId, personId),
        gte(anomalyFindings.day, dayAfter(day, -longest)),
        lte(anomalyFindings.day, day),
      ),
    )
    .orderBy(asc(anomalyFindings.day));
  return findings.filter(({ kind, step }) => {
    const since = dayAfter(day, -findingKinds[kind].quietDays);
    return !told.some((one) => one.kind === kind && one.step >= step && one.day >= since);
  });
}
