import "server-only";
import { and, asc, eq, isNotNull, isNull, or, sql } from "drizzle-orm";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { driftTables, driftWords } from "@/lib/catalog/drift";
import { holdSource, holdSteward } from "@/lib/catalog/hold-steward";
import { resourceOf } from "@/lib/catalog/store-structure";
import type { DriftView } from "@/lib/catalog/view";
import { catalogColumns, catalogTables, sources } from "@/lib/db/schema/catalogue";

const { drift, driftAt, state, goneAt } = catalogColumns;

/** What a steward has neither confirmed since nor said to have seen. */
const isNews = and(
  isNotNull(drift),
  or(isNull(sources.driftSeenAt), sql`${driftAt} > ${sources.driftSeenAt}`),
  or(
    and(eq(drift, "gone"), isNotNull(goneAt)),
    and(sql`${drift} <> 'gone'`, isNull(goneAt), sql`${state} <> 'confirmed'`),
  ),
);

/** What has changed in the sources, one entry for each that has news; of one source, of one table or of all. */
export async function readDrift(
  ctx: Context,
  of: { sourceId: string } | { tableId: string } | "all" = "all",
): Promise<DriftView[]> {
  requirePermission(ctx, "catalog");
  const within =
    of === "all"
      ? undefined
      : "tableId" in of
        ? eq(catalogTables.id, of.tableId)
        : eq(sources.id, of.sourceId);
  const rows = await ctx.db
    .select({
      id: sources.id,
      name: sources.name,
      slug: sources.slug,
      schema: catalogTables.schema,
      table: catalogTables.name,
      column: catalogColumns.name,
      drift: sql<"new" | "changed" | "gone">`${drift}`,
      at: sql<string>`to_char(${driftAt} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
    })
    .from(catalogColumns)
    .innerJoin(catalogTables, eq(catalogTables.id, catalogColumns.tableId))
    .innerJoin(sources, and(eq(sources.id, catalogTables.sourceId), isNull(sources.removedAt)))
    .where(and(isNews, within))
    .orderBy(
      asc(sources.name),
      asc(catalogTables.schema),
      asc(catalogTables.name),
      asc(catalogColumns.ordinal),
    );
  return [...new Set(rows.map(({ id }) => id))].flatMap((id) => {
    const own = rows.filter((row) => row.id === id);
    const [first] = own;
    if (!first) return [];
    const tables = driftTables(own);
    const since = own.map(({ at }) => at).reduce((a, b) => (a < b ? a : b));
    return [{ sourceId: id, name: first.name, slug: first.slug, since, words: driftWords(tables), tables }];
  });
}

/** A steward has seen what changed in a source: it is no news any more. What is hidden stays hidden. */
export async function seeDrift(ctx: Context, { sourceId }: { sourceId: string }): Promise<void> {
  await recorded(ctx, async (tx) => {
    await holdSteward(tx, ctx);
    const source = await holdSource(tx, sourceId);
    await tx
      .update(sources)
      .set({ driftSeenAt: sql`clock_timestamp()` })
      .where(eq(sources.id, sourceId));
    return { result: undefined, event: { code: "catalog.drift_seen", resource: resourceOf(source) } };
  });
}
