import "server-only";
import { and, asc, eq, sql, type SQL } from "drizzle-orm";
import type { InboxPage, InboxQuery } from "@/lib/approvals/view";
import { forWhom, readSeatsOf, waitingFor, type OwnSeats } from "@/lib/approvals/waiting-for";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/require-permission";
import { catalogTables } from "@/lib/db/schema/catalogue";
import { people } from "@/lib/db/schema/people";
import { requests } from "@/lib/db/schema/requests";
import { openQuestionBy } from "@/lib/requests/open-question";
import { purposeWords } from "@/lib/requests/request";
import { tableLabel } from "@/lib/requests/table-label";

const PAGE_SIZE = 50;

/** Counting stops here: a longer inbox says that there are as many or more. */
const COUNTED_AT_MOST = 100;

/**
 * Requests this person may decide, soonest to expire first, filtered and paged by that moment and number in SQL.
 * Never their own.
 */
export async function listInbox(ctx: Context, query: InboxQuery): Promise<InboxPage> {
  requirePermission(ctx, "decide");
  const seats = await readSeatsOf(ctx);
  const micros = sql<string>`floor(extract(epoch FROM ${requests.expiresAt}) * 1000000)::bigint::text`;
  const [rows, { count }] = await Promise.all([
    ctx.db
      .select({
        number: requests.number,
        requesterId: requests.requesterId,
        requester: people.name,
        tableId: requests.tableId,
        table: { schema: catalogTables.schema, name: catalogTables.name },
        fields: requests.fields,
        recordCount: sql<number>`cardinality(${requests.records})`,
        purpose: requests.purpose,
        risk: requests.risk,
        questionBy: openQuestionBy(requests.id),
        asked: sql<boolean>`EXISTS (SELECT FROM comments q WHERE q.request_id = ${requests.id} AND q.kind = 'question')`,
        createdAt: requests.createdAt,
        expiresAt: requests.expiresAt,
        now: sql<Date>`clock_timestamp()`.mapWith(requests.expiresAt),
        micros,
        standsInFor: forWhom(ctx, seats),
        reminded: sql<boolean>`${requests.remindedAt} IS NOT NULL`,
        escalated: sql<boolean>`EXISTS (SELECT FROM escalations e WHERE e.request_id = ${requests.id}
          AND e.step = ${requests.waitingStep})`,
      })
      .from(requests)
      .innerJoin(people, eq(people.id, requests.requesterId))
      .innerJoin(catalogTables, eq(catalogTables.id, requests.tableId))
      .where(and(waitingFor(ctx, seats), filtered(query), afterPlace(query.after)))
      .orderBy(asc(requests.expiresAt), asc(requests.number))
      .limit(PAGE_SIZE + 1),
    readPulse(ctx, seats),
  ]);
  const shown = rows.slice(0, PAGE_SIZE);
  const last = shown.at(-1);
  return {
    lines: shown.map((row) => ({
      number: row.number,
      requesterId: row.requesterId,
      requester: row.requester,
      tableId: row.tableId,
      tableLabel: tableLabel(row.table),
      fields: row.fields.map((field) => field.column),
      recordCount: row.recordCount,
      purpose: purposeWords(row.purpose),
      sensitivity: Math.max(...row.fields.map((field) => field.sensitivity)),
      grade: row.risk.grade,
      question: row.questionBy === null ? (row.asked ? "answered" : null) : "waits",
      createdAt: row.createdAt.toISOString(),
      expiresInMs: row.expiresAt.getTime() - row.now.getTime(),
      standsInFor: row.standsInFor,
      pressing: row.escalated ? "escalated" : row.reminded ? "reminded" : null,
    })),
    count,
    nextAfter: rows.length > PAGE_SIZE && last ? `${last.micros}-${last.number}` : null,
    now: (rows[0]?.now ?? new Date(0)).toISOString(),
  };
}

/**
 * How many requests this person may decide now, 100 for 100 or more and 0 for who decides nothing, and a mark that is
 * another when the first of them are not the same ones any more, or something was said about one or it was reminded of.
 */
export async function readInboxPulse(ctx: Context): Promise<InboxPulse> {
  if (!rolesAllow(ctx.actor.roles, "decide")) return { count: 0, mark: "" };
  return readPulse(ctx, await readSeatsOf(ctx));
}

type InboxPulse = { count: number; mark: string };

async function readPulse(ctx: Context, seats: OwnSeats): Promise<InboxPulse> {
  const first = ctx.db
    .select({
      number: requests.number,
      version: requests.version,
      comments: requests.comments,
      remindedAt: requests.remindedAt,
    })
    .from(requests)
    .where(waitingFor(ctx, seats))
    .orderBy(asc(requests.expiresAt), asc(requests.number))
    .limit(COUNTED_AT_MOST)
    .as("first");
  const [row] = await ctx.db
    .select({
      count: sql<number>`count(*)::int`,
      mark: sql<string>`concat(count(*), '.', sum(${first.number}::bigint * (${first.version} + ${first.comments})), '.',
        extract(epoch FROM max(${first.remindedAt})))`,
    })
    .from(first);
  return row ?? { count: 0, mark: "" };
}

function filtered({ requester, table, grade }: InboxQuery): SQL | undefined {
  return and(
    requester === undefined ? undefined : eq(requests.requesterId, requester),
    table === undefined ? undefined : eq(requests.tableId, table),
    grade === undefined ? undefined : sql`${requests.risk} ->> 'grade' = ${grade}`,
  );
}

/** Rows behind a place of the list; a place that is none is the start. */
function afterPlace(place: string | undefined): SQL | undefined {
  const [, micros, number] = /^(\d{1,17})-(\d{1,9})$/.exec(place ?? "") ?? [];
  if (micros === undefined || number === undefined) return undefined;
  return sql`(${requests.expiresAt}, ${requests.number}) >
    (timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond', ${number}::integer)`;
}
