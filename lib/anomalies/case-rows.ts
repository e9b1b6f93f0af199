import "server-only";
import { and, asc, desc, eq, inArray, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { isFindingKind, weightOf } from "@/lib/anomalies/finding";
import type { CaseLine } from "@/lib/anomalies/view";
import { dayWords, findingWords, titleOf } from "@/lib/anomalies/words";
import { sealWords } from "@/lib/approvals/thread";
import type { Context } from "@/lib/auth/context";
import { anomalyCases, anomalyFindings } from "@/lib/db/schema/anomalies";
import { auditEvents } from "@/lib/db/schema/audit";
import { people } from "@/lib/db/schema/people";

/** A case with all that was found, of each kind the highest step, and how much it weighs. */
export type CaseRow = Omit<CaseLine, "findings"> & {
  personId: string;
  zone: string;
  weight: number;
  findings: (CaseLine["findings"][number] & { foundAt: string })[];
};

/** Cases, the newest first. The caller says which; those that concern the reader are for it to leave out. */
export async function readCases(ctx: Context, which: SQL | undefined, most: number): Promise<CaseRow[]> {
  const judge = alias(people, "judge");
  const rows = await ctx.db
    .select({
      id: anomalyCases.id,
      number: anomalyCases.number,
      personId: anomalyCases.personId,
      person: people.name,
      day: anomalyCases.day,
      zone: anomalyCases.zone,
      state: anomalyCases.state,
      openedAt: anomalyCases.openedAt,
      words: anomalyCases.words,
      salt: anomalyCases.salt,
      judgedBy: judge.name,
      judgedAt: anomalyCases.judgedAt,
    })
    .from(anomalyCases)
    .innerJoin(people, eq(people.id, anomalyCases.personId))
    .leftJoin(judge, eq(judge.id, anomalyCases.judgedBy))
    .where(which)
    .orderBy(desc(anomalyCases.number))
    .limit(most);
  const findings = await readFindings(
    ctx,
    rows.map(({ id }) => id),
  );
  const seals = await readSeals(
    ctx,
    rows.flatMap(({ words, number }) => (words === null ? [] : [number])),
  );
  return rows.map(({ id, openedAt, judgedAt, salt, ...row }) => {
    const found = (findings.get(id) ?? []).toSorted((a, b) => weightOfKind(b) - weightOfKind(a));
    const written = dayWords(row.day);
    return {
      ...row,
      words: heldWords({ ...row, salt }, seals.get(row.number)),
      dayWords: written,
      openedAt: openedAt.toISOString(),
      judgedAt: judgedAt?.toISOString() ?? null,
      weight: found.reduce((sum, one) => sum + weightOfKind(one), 0),
      findings: found.map(({ kind, evidence, foundAt }) => ({
        ...{ kind, title: titleOf(kind), words: findingWords(kind, evidence, written) },
        foundAt: foundAt.toISOString(),
      })),
    };
  });
}

/** Words that are not those whose seal is in the log are not shown. Where the log was pruned, nothing says so. */
function heldWords({ words, salt }: { words: string | null; salt: Buffer | null }, seal: string | undefined) {
  if (words === null || salt === null || seal === undefined) return words;
  return sealWords(words, salt) === seal ? words : "(These are not the words that the log has a seal of.)";
}

/** The seal that the log has of each judgement, by the number of its case. */
async function readSeals(ctx: Context, numbers: readonly number[]): Promise<Map<number, string>> {
  if (numbers.length === 0) return new Map();
  const number = sql<number>`(${auditEvents.entry}::jsonb #>> '{details,case}')::integer`;
  // In these words the index of judgements is used, whatever plan is kept.
  const isJudgement = sql`${auditEvents.code} IN ('case.explained', 'case.misuse')`;
  const rows = await ctx.db
    .select({ number, seal: sql<string>`${auditEvents.entry}::jsonb #>> '{details,seal}'` })
    .from(auditEvents)
    .where(and(isJudgement, inArray(number, [...numbers])));
  return new Map(rows.map((row) => [row.number, row.seal]));
}

type Found = typeof anomalyFindings.$inferSelect;

const weightOfKind = ({ kind, step }: Pick<Found, "kind" | "step">) =>
  isFindingKind(kind) ? weightOf({ kind, step }) : 1;

async function readFindings(ctx: Context, ids: readonly string[]): Promise<Map<string, Found[]>> {
  const byCase = new Map<string, Found[]>();
  if (ids.length === 0) return byCase;
  const rows = await ctx.db
    .select({
      caseId: anomalyFindings.caseId,
      personId: anomalyFindings.personId,
      day: anomalyFindings.day,
      kind: anomalyFindings.kind,
      step: anomalyFindings.step,
      evidence: anomalyFindings.evidence,
      foundAt: anomalyFindings.foundAt,
    })
    .from(anomalyFindings)
    .where(inArray(anomalyFindings.caseId, [...ids]))
    .orderBy(asc(anomalyFindings.foundAt), asc(anomalyFindings.kind), asc(anomalyFindings.step));
  for (const row of rows) {
    const others = (byCase.get(row.caseId) ?? []).filter(({ kind }) => kind !== row.kind);
    byCase.set(row.caseId, [...others, row]);
  }
  return byCase;
}
