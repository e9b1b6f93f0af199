import "server-only";
import { sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { askedIn, decidedIn, HASTY_SECONDS, type Span } from "@/lib/reports/approvals/asked-in";
import { BATCH, batches } from "@/lib/reports/batches";
import type { AsOf, TableSection } from "@/lib/reports/report";
import type { Row } from "@/lib/reports/view";

type Reading = { ctx: Pick<Context, "db">; span: Span; asOf: AsOf };

/** How each approver has decided, those with most decisions first. */
export function approverTable({ ctx, span, asOf }: Reading): TableSection {
  return {
    kind: "table",
    id: "approvers",
    title: "Approvers",
    intro: `Each who decided in this time. Time is from when a request could be decided in its step to the decision. Under ${HASTY_SECONDS} s are decisions made in less time than that, counted from then or from the same person’s decision before: nobody can have read them.`,
    columns: [
      { id: "approver", title: "Approver", kind: "text", weight: 2 },
      { id: "decisions", title: "Decisions", kind: "number" },
      { id: "median_seconds", title: "Median time", kind: "duration" },
      { id: "p90_seconds", title: "90 % within", kind: "duration" },
      { id: "approved_share", title: "Approved", kind: "share" },
      { id: "narrowed_share", title: "For less", kind: "share" },
      { id: "hasty", title: `Under ${HASTY_SECONDS} s`, kind: "number" },
    ],
    empty: "Nobody decided anything in this time.",
    rows: () => approverRows({ ctx, span, asOf }),
  };
}

async function* approverRows({ ctx, span, asOf }: Reading): AsyncGenerator<readonly Row[]> {
  const rows = await ctx.db
    .select({
      name: sql<string>`p.name`,
      decisions: sql<number>`count(*)::int`,
      waits: sql<
        [number, number]
      >`percentile_cont(ARRAY[0.5, 0.9]::float8[]) WITHIN GROUP (ORDER BY d.waited)`,
      approved: sql<number>`(count(*) FILTER (WHERE d.verdict <> 'deny'))::int`,
      narrowed: sql<number>`(count(*) FILTER (WHERE d.verdict = 'narrow'))::int`,
      hasty: sql<number>`(count(*) FILTER (WHERE d.looked < ${HASTY_SECONDS}::integer))::int`,
    })
    .from(sql`${decidedIn(span, asOf)} AS d JOIN people p ON p.id = d.approver_id`)
    .groupBy(sql`p.id, p.name`)
    .orderBy(sql`count(*) DESC, p.name, p.id`);
  yield rows.map(({ name, decisions, waits, approved, narrowed, hasty }): Row => {
    return [name, decisions, ...waits, approved / decisions, narrowed / decisions, hasty];
  });
}

/** Every decision for which there was no time, newest first. */
export function hastyTable(reading: Reading): TableSection {
  return {
    kind: "table",
    id: "decisions-in-no-time",
    title: `Decisions in under ${HASTY_SECONDS} seconds`,
    columns: [
      { id: "decided_at", title: "When", kind: "instant" },
      { id: "approver", title: "Approver", kind: "text" },
      { id: "request", title: "Request", kind: "number", weight: 0.6 },
      { id: "requester", title: "Requester", kind: "text" },
      { id: "table", title: "Table", kind: "text", weight: 1.4 },
      { id: "verdict", title: "Decision", kind: "text" },
      { id: "seconds", title: "Seconds", kind: "number", weight: 0.6 },
    ],
    empty: "No decision was made in less.",
    rows: () => hastyRows(reading),
  };
}

type Place = { at: string; id: string };

async function* hastyRows({ ctx, span, asOf }: Reading): AsyncGenerator<readonly Row[]> {
  const read = (after: Place | null) =>
    ctx.db
      .select({
        id: sql<string>`d.id`,
        // To the microsecond: it is a place as well.
        at: sql<string>`to_char(d.decided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
        approver: sql<string>`a.name`,
        request: sql<number>`r.number`,
        requester: sql<string>`p.name`,
        table: sql<string>`s.name || ': ' || t.schema || '.' || t.name`,
        verdict: sql<"approve" | "narrow" | "deny">`d.verdict`,
        looked: sql<number>`d.looked`,
      })
      .from(
        sql`${decidedIn(span, asOf)} AS d JOIN people a ON a.id = d.approver_id JOIN requests r ON r.id = d.request_id
          JOIN people p ON p.id = r.requester_id JOIN catalog_tables t ON t.id = r.table_id
          JOIN sources s ON s.id = t.source_id`,
      )
      .where(
        after === null
          ? sql`d.looked < ${HASTY_SECONDS}::integer`
          : sql`d.looked < ${HASTY_SECONDS}::integer AND (d.decided_at, d.id) < (${after.at}::timestamptz, ${after.id}::uuid)`,
      )
      .orderBy(sql`d.decided_at DESC, d.id DESC`)
      .limit(BATCH);
  for await (const found of batches(read, ({ at, id }): Place => ({ at, id })))
    yield found.map(({ at, approver, request, requester, table, verdict, looked }): Row => {
      return [at, approver, request, requester, table, verdictWords[verdict], Math.round(looked * 10) / 10];
    });
}

const verdictWords = { approve: "Approved", narrow: "Approved for less", deny: "Denied" } as const;

/** Every emergency, newest first, and what was found of it. */
export function emergencyTable(reading: Reading): TableSection {
  return {
    kind: "table",
    id: "emergencies",
    title: "Emergencies (break-glass)",
    intro: "What was opened before anybody had decided, why, and what somebody else found of it afterwards.",
    columns: [
      { id: "opened_at", title: "When", kind: "instant" },
      { id: "request", title: "Request", kind: "number", weight: 0.6 },
      { id: "requester", title: "Who", kind: "text" },
      { id: "table", title: "Table", kind: "text", weight: 1.4 },
      { id: "reason", title: "Reason given", kind: "text", weight: 2.4 },
      { id: "found", title: "Found", kind: "text" },
      { id: "reviewer", title: "By", kind: "text" },
      { id: "review_seconds", title: "After", kind: "duration", weight: 0.8 },
    ],
    empty: "Nothing was opened as an emergency.",
    rows: () => emergencyRows(reading),
  };
}

async function* emergencyRows({ ctx, span, asOf }: Reading): AsyncGenerator<readonly Row[]> {
  const read = (after: number | null) =>
    ctx.db
      .select({
        number: sql<number>`q.number`,
        at: sql<string>`to_char(v.opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
        requester: sql<string>`p.name`,
        table: sql<string>`s.name || ': ' || t.schema || '.' || t.name`,
        reason: sql<string | null>`v.reason`,
        verdict: sql<"justified" | "not-justified" | null>`v.verdict`,
        isLate: sql<boolean>`v.due_at <= ${asOf.at.toISOString()}::timestamptz`,
        reviewer: sql<string | null>`j.name`,
        seconds: sql<number | null>`extract(epoch FROM v.reviewed_at - v.opened_at)::float8`,
      })
      .from(
        sql`${askedIn(span, asOf)} AS q JOIN requests r ON r.number = q.number
          JOIN reviews v ON v.request_id = r.id JOIN people p ON p.id = q.requester_id
          JOIN catalog_tables t ON t.id = q.table_id JOIN sources s ON s.id = t.source_id
          LEFT JOIN people j ON j.id = v.reviewer_id`,
      )
      .where(sql`q.outcome = 'emergency' AND q.number < ${after ?? LAST_NUMBER}::integer`)
      .orderBy(sql`q.number DESC`)
      .limit(BATCH);
  for await (const found of batches(read, ({ number }) => number))
    yield found.map(({ number, at, requester, table, reason, verdict, isLate, reviewer, seconds }): Row => {
      const judged = verdict === null ? (isLate ? "Not judged, late" : "Not judged yet") : verdictOf[verdict];
      return [at, number, requester, table, reason, judged, reviewer, seconds];
    });
}

const LAST_NUMBER = 2_147_483_647;
const verdictOf = { justified: "Justified", "not-justified": "Not justified" } as const;
