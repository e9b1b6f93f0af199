import "server-only";
import { sql, type SQL } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { askedIn, outcomes, type Outcome, type Span } from "@/lib/reports/approvals/asked-in";
import type { AsOf } from "@/lib/reports/report";
import type { SeriesPart } from "@/lib/reports/view";

/** What became of the requests of one step; times in seconds, null where people decided none. */
export type Counted = {
  /** The first day of the step; null for all together. */
  at: string | null;
  all: number;
  by: Readonly<Record<Outcome, number>>;
  median: number | null;
  p90: number | null;
};

const names = Object.keys(outcomes) as Outcome[];

/** The requests of a span by their outcome: all together first, then each step that had any. */
export async function countRequests(
  { db }: Pick<Context, "db">,
  span: Span,
  { step, asOf }: { step: SeriesPart["step"]; asOf: AsOf },
): Promise<{ together: Counted; steps: Counted[] }> {
  const first = sql`to_char(date_trunc(${step}, q.created_at, 'UTC') AT TIME ZONE 'UTC', 'YYYY-MM-DD')`;
  const rows = await db
    .select({
      at: sql<string | null>`q.at`,
      all: sql<number>`count(*)::int`,
      waits: sql<
        [number, number] | null
      >`percentile_cont(ARRAY[0.5, 0.9]::float8[]) WITHIN GROUP (ORDER BY q.waited)`,
      ...countedBy(),
    })
    .from(sql`(SELECT q.*, ${first} AS at FROM ${askedIn(span, asOf)} AS q) AS q`)
    .groupBy(sql`GROUPING SETS ((q.at), ())`)
    .orderBy(sql`GROUPING(q.at) DESC, q.at`);
  const counted = rows.map(({ at, all, waits, ...by }): Counted => {
    return {
      at,
      all,
      by: by as Record<Outcome, number>,
      median: waits?.[0] ?? null,
      p90: waits?.[1] ?? null,
    };
  });
  const [together, ...steps] = counted;
  // The row of all together is there although nothing was asked.
  if (!together) throw new Error("The requests of a span could not be counted.");
  return { together, steps };
}

function countedBy(): Record<Outcome, SQL<number>> {
  const each = names.map((name) => [name, sql<number>`(count(*) FILTER (WHERE q.outcome = ${name}))::int`]);
  return Object.fromEntries(each) as Record<Outcome, SQL<number>>;
}

export type Busy = { label: string; count: number; note: string };

/** The tables that most requests were about. */
export async function busiestTables({ db }: Pick<Context, "db">, span: Span, asOf: AsOf): Promise<Busy[]> {
  const rows = await db
    .select({
      label: sql<string>`s.name || ': ' || t.schema || '.' || t.name`,
      count: sql<number>`count(*)::int`,
      people: sql<number>`count(DISTINCT q.requester_id)::int`,
    })
    .from(
      sql`${askedIn(span, asOf)} AS q JOIN catalog_tables t ON t.id = q.table_id JOIN sources s ON s.id = t.source_id`,
    )
    .groupBy(sql`t.id, s.name, t.schema, t.name`)
    .orderBy(sql`count(*) DESC, 1`)
    .limit(BUSIEST);
  return rows.map(({ label, count, people }) => ({
    label,
    count,
    note: `by ${countOf(people, "person", "people")}`,
  }));
}

/** The people who asked for most. */
export async function busiestPeople({ db }: Pick<Context, "db">, span: Span, asOf: AsOf): Promise<Busy[]> {
  const rows = await db
    .select({
      label: sql<string>`p.name`,
      count: sql<number>`count(*)::int`,
      tables: sql<number>`count(DISTINCT q.table_id)::int`,
    })
    .from(sql`${askedIn(span, asOf)} AS q JOIN people p ON p.id = q.requester_id`)
    .groupBy(sql`p.id, p.name`)
    .orderBy(sql`count(*) DESC, p.name, p.id`)
    .limit(BUSIEST);
  return rows.map(({ label, count, tables }) => ({
    label,
    count,
    note: `of ${countOf(tables, "table", "tables")}`,
  }));
}

const BUSIEST = 10;

const countOf = (count: number, one: string, many: string) =>
  `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
