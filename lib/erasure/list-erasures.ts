import "server-only";
import { asc, desc, eq, inArray, isNull, ne, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { record } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { catalogTables, sources } from "@/lib/db/schema/catalogue";
import { erasureRecords, erasures } from "@/lib/db/schema/erasures";
import { people } from "@/lib/db/schema/people";
import type { ErasedRecordLine, ErasureLine, ErasuresView } from "@/lib/erasure/view";
import { whoLooked } from "@/lib/erasure/who-looked";
import { among } from "@/lib/grants/which-access";
import { recordLabel } from "@/lib/requests/record-label";

const MOST_WAITING = 50;
const FEW = 20;

/**
 * Who is to be forgotten, with all records of each that waits, and who was lately. Reading the names of records that wait
 * is on record; of those that are settled nothing is left to read.
 */
export async function listErasures(ctx: Context): Promise<ErasuresView> {
  requirePermission(ctx, "erase");
  await record(ctx, { code: "erasure.listed" });
  const [waiting, settled, tables, [clock]] = await Promise.all([
    readLines(ctx, eq(erasures.state, "waiting"), asc(erasures.number), MOST_WAITING),
    readLines(ctx, ne(erasures.state, "waiting"), desc(erasures.number), FEW),
    listTables(ctx),
    ctx.db
      .select({ now: sql<Date>`clock_timestamp()`.mapWith(people.createdAt) })
      .from(people)
      .where(eq(people.id, ctx.actor.personId)),
  ]);
  return { waiting, settled, tables, now: (clock?.now ?? new Date(0)).toISOString() };
}

async function readLines(ctx: Context, which: SQL, order: SQL, most: number): Promise<ErasureLine[]> {
  const [starter, settler] = [alias(people, "starter"), alias(people, "settler")];
  const live = sql`(g.state = 'ready' AND g.activate_by > clock_timestamp()
    OR g.state = 'active' AND g.ends_at > clock_timestamp())`;
  const its = { erasureId: sql`${erasures.id}` };
  const rows = await ctx.db
    .select({
      erasure: erasures,
      startedBy: starter.name,
      settledBy: settler.name,
      events: sql<number>`(SELECT count(DISTINCT s.seq)::int FROM erasure_records e
        JOIN subject_keys k ON k.table_id = e.table_id AND k.handle_hash = sha256(e.handle::bytea)
        JOIN audit_subjects s ON s.head = subject_head(k.ref) WHERE e.erasure_id = ${erasures.id})`,
      openRequests: sql<number>`(SELECT count(*)::int FROM requests r
        WHERE r.state = 'pending' AND r.expires_at > clock_timestamp() AND ${among(its, "r")})`,
      liveGrants: sql<number>`(SELECT count(*)::int FROM grants g WHERE ${live} AND ${among(its, "g")})`,
    })
    .from(erasures)
    .innerJoin(starter, eq(starter.id, erasures.startedBy))
    .leftJoin(settler, eq(settler.id, erasures.settledBy))
    .where(which)
    .orderBy(order)
    .limit(most);
  const ids = rows.map(({ erasure }) => erasure.id);
  const [records, looked] = await Promise.all([readRecords(ctx, ids), whoLooked(ctx.db, ids)]);
  return rows.map(({ erasure, ...row }) => ({
    ...row,
    ...{ id: erasure.id, number: erasure.number, reference: erasure.reference, reason: erasure.reason },
    ...{ count: erasure.records, state: erasure.state },
    startedAt: erasure.startedAt.toISOString(),
    settledAt: erasure.settledAt?.toISOString() ?? null,
    records: records.get(erasure.id) ?? [],
    looked: looked.get(erasure.id) ?? [],
    mayConfirm: erasure.state === "waiting" && erasure.startedBy !== ctx.actor.personId,
  }));
}

async function readRecords(ctx: Context, ids: readonly string[]): Promise<Map<string, ErasedRecordLine[]>> {
  const lines = new Map<string, ErasedRecordLine[]>();
  if (ids.length === 0) return lines;
  const rows = await ctx.db
    .select({
      id: erasureRecords.erasureId,
      handle: erasureRecords.handle,
      table: sql<string>`${catalogTables.schema} || '.' || ${catalogTables.name}`,
    })
    .from(erasureRecords)
    .innerJoin(catalogTables, eq(catalogTables.id, erasureRecords.tableId))
    .where(inArray(erasureRecords.erasureId, [...ids]))
    .orderBy(asc(erasureRecords.erasureId), asc(erasureRecords.place));
  for (const { id, handle, table } of rows)
    lines.set(id, [...(lines.get(id) ?? []), { table, label: recordLabel(handle) }]);
  return lines;
}

async function listTables(ctx: Context): Promise<ErasuresView["tables"]> {
  const name = sql<string>`${sources.name} || ': ' || ${catalogTables.schema} || '.' || ${catalogTables.name}`;
  return ctx.db
    .select({
      id: catalogTables.id,
      name,
      keyHint: sql<string>`array_to_string(${catalogTables.keyColumns}, ', ')`,
    })
    .from(catalogTables)
    .innerJoin(sources, eq(sources.id, catalogTables.sourceId))
    .where(sql`${isNull(sources.removedAt)} AND cardinality(${catalogTables.keyColumns}) > 0`)
    .orderBy(name)
    .limit(5_000);
}
