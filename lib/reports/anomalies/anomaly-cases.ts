import "server-only";
import { and, eq, gte, lt, lte, ne, sql, type SQL } from "drizzle-orm";
import type { z } from "zod";
import { readCases, type CaseRow } from "@/lib/anomalies/case-rows";
import { titleOf } from "@/lib/anomalies/words";
import type { Context } from "@/lib/auth/context";
import { anomalyCases, anomalyFindings } from "@/lib/db/schema/anomalies";
import { BATCH, batches } from "@/lib/reports/batches";
import { reportKind, type AsOf, type Report, type TableSection } from "@/lib/reports/report";
import { onlySpan, spanBounds, spanWords } from "@/lib/reports/span";
import type { BarsPart, Figure, Row } from "@/lib/reports/view";

type Span = z.infer<typeof onlySpan>;
type Reading = { ctx: Context; span: Span; asOf: AsOf };

/** Anomalies: every finding in a time, and how it was judged. Cases of whoever makes the report are not in it. */
export const anomalyReport = reportKind<Span>({
  id: "anomaly-cases",
  title: "Anomalies",
  question: "What did people do unlike themselves, and what did somebody else find of it?",
  basis: ["SOC 2 CC7.2, CC7.3", "ISO/IEC 27001 A.8.15, A.8.16", "PCI DSS 10.4", "GDPR Art. 32"],
  permission: "reports",
  fields: [{ kind: "span", usualDays: 90 }],
  input: onlySpan,
  build,
});

async function build(ctx: Context, span: Span, asOf: AsOf): Promise<Report> {
  const reading = { ctx, span, asOf };
  const [figures, kinds] = await Promise.all([readFigures(reading), readKinds(reading)]);
  return {
    title: "Anomalies",
    filters: [["Cases opened", spanWords(span)]],
    sections: [
      { kind: "numbers", title: "At a glance", figures },
      kinds,
      findingTable(reading),
      { kind: "text", title: "How it is counted", paragraphs: countedSo },
    ],
  };
}

/** Cases opened in the time, before the report was made, that do not concern whoever makes it. */
function inSpan({ ctx, span, asOf }: Reading): SQL | undefined {
  const { from, before } = spanBounds(span);
  return and(
    gte(anomalyCases.openedAt, new Date(from)),
    lt(anomalyCases.openedAt, new Date(before)),
    lte(anomalyCases.openedAt, asOf.at),
    ne(anomalyCases.personId, ctx.actor.personId),
  );
}

async function readFigures(reading: Reading): Promise<Figure[]> {
  const judged = sql`${anomalyCases.judgedAt} <= ${reading.asOf.at.toISOString()}::timestamptz`;
  const counted = (which: SQL) => sql<number>`(count(*) FILTER (WHERE ${which}))::int`;
  const [row] = await reading.ctx.db
    .select({
      all: sql<number>`count(*)::int`,
      people: sql<number>`count(DISTINCT ${anomalyCases.personId})::int`,
      explained: counted(sql`${judged} AND ${anomalyCases.state} = 'explained'`),
      misuse: counted(sql`${judged} AND ${anomalyCases.state} = 'misuse'`),
      wait: sql<number | null>`percentile_cont(0.5) WITHIN GROUP (
        ORDER BY extract(epoch FROM ${anomalyCases.judgedAt} - ${anomalyCases.openedAt})::float8)
        FILTER (WHERE ${judged})`,
    })
    .from(anomalyCases)
    .where(inSpan(reading));
  const { all = 0, people = 0, explained = 0, misuse = 0, wait = null } = row ?? {};
  return [
    { label: "Cases", value: all, kind: "number", note: `of ${people} people` },
    { label: "Explained", value: explained, kind: "number" },
    { label: "Misuse", value: misuse, kind: "number" },
    { label: "Still waiting", value: all - explained - misuse, kind: "number" },
    { label: "Median time to the judgement", value: wait, kind: "duration" },
  ];
}

async function readKinds(reading: Reading): Promise<BarsPart> {
  const rows = await reading.ctx.db
    .select({
      kind: anomalyFindings.kind,
      value: sql<number>`count(DISTINCT ${anomalyFindings.caseId})::int`,
    })
    .from(anomalyFindings)
    .innerJoin(anomalyCases, eq(anomalyCases.id, anomalyFindings.caseId))
    .where(and(inSpan(reading), lte(anomalyFindings.foundAt, reading.asOf.at)))
    .groupBy(anomalyFindings.kind)
    .orderBy(sql`2 DESC`, anomalyFindings.kind);
  return {
    kind: "bars",
    title: "What was found",
    intro: "Cases in which it was found.",
    of: "number",
    bars: rows.map(({ kind, value }) => ({ label: titleOf(kind), value })),
    empty: nothing,
  };
}

const nothing = "Nothing unusual was found in this time.";

function findingTable(reading: Reading): TableSection {
  return {
    kind: "table",
    id: "findings",
    title: "Findings",
    intro: "The newest case first. Of one kind in a case the highest.",
    columns: [
      { id: "case", title: "Case", kind: "number", weight: 0.5 },
      { id: "found_at", title: "Found", kind: "instant" },
      { id: "person", title: "Person", kind: "text" },
      { id: "day", title: "Day", kind: "text", weight: 0.8 },
      { id: "finding", title: "Finding", kind: "text" },
      { id: "explanation", title: "In words", kind: "text", weight: 2.8 },
      { id: "judged", title: "Judged", kind: "text", weight: 0.8 },
      { id: "judged_by", title: "By", kind: "text" },
      { id: "words", title: "Because", kind: "text", weight: 2 },
      { id: "judged_at", title: "When", kind: "instant" },
    ],
    empty: nothing,
    rows: () => findingRows(reading),
  };
}

async function* findingRows(reading: Reading): AsyncGenerator<readonly Row[]> {
  const read = (after: number | null) =>
    readCases(
      reading.ctx,
      and(inSpan(reading), after === null ? undefined : lt(anomalyCases.number, after)),
      BATCH,
    );
  for await (const cases of batches(read, ({ number }) => number))
    yield cases.flatMap((one) => rowsOf(one, reading.asOf.at.toISOString()));
}

const judgedWords = { open: "Not yet", explained: "Explained", misuse: "Misuse" } as const;

/** What was found or judged after the report was made is not in it. */
function rowsOf(one: CaseRow, asOf: string): Row[] {
  const isJudged = one.judgedAt !== null && one.judgedAt <= asOf;
  const { number, person, day } = one;
  return one.findings
    .filter(({ foundAt }) => foundAt <= asOf)
    .map(({ title, words, foundAt }): Row => {
      const judged = isJudged ? [one.judgedBy, one.words, one.judgedAt] : [null, null, null];
      return [
        number,
        foundAt,
        person,
        day,
        title,
        words,
        judgedWords[isJudged ? one.state : "open"],
        ...judged,
      ];
    });
}

const countedSo = [
  "A case counts on the day on which it was opened, in UTC, and is one for each person and day of their own calendar. How it was judged is as it stood when this report was made.",
  "Cases of whoever makes the report are left out, for they cannot know of them: have another auditor make it as well.",
  "What is held against what is usual is in the documentation for auditors. A finding is a question, not a proof; that nothing was found is no proof either.",
];
