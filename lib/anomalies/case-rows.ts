import "server-only";
import { asc, desc, eq, inArray, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { isFindingKind, weightOf } from "@/lib/anomalies/finding";
import type { CaseLine } from "@/lib/anomalies/view";
import { dayWords, findingWords, titleOf } from "@/lib/anomalies/words";
import type { Context } from "@/lib/auth/context";
import { anomalyCases, anomalyFindings } from "@/lib/db/schema/anomalies";
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
  return rows.map(({ id, openedAt, judgedAt, ...row }) => {
    const found = (findings.get(id) ?? []).toSorted((a, b) => weightOfKind(b) - weightOfKind(a));
    const written = dayWords(row.day);
    return {
      ...row,
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
