import "server-only";
import { and, count, eq, isNotNull, isNull } from "drizzle-orm";
import { systemContext } from "@/lib/auth/system-context";
import type { Context } from "@/lib/auth/context";
import { addWholeSource } from "@/lib/catalog/scan-source";
import { changeConnection } from "@/lib/catalog/change-source";
import { proposedMask } from "@/lib/catalog/classes";
import { confirmHeld, type ChosenColumn } from "@/lib/catalog/confirm-columns";
import { demoLabels, demoUnreviewed } from "@/lib/catalog/demo-labels";
import type { HeldColumn } from "@/lib/catalog/hold-columns";
import { readConnection } from "@/lib/catalog/open-source";
import { catalogColumns, catalogTables, sources } from "@/lib/db/schema/catalogue";
import { Refusal } from "@/lib/refusal";
import { parseSourceUrl, type ConnectionParts } from "@/lib/source/connection";

export const demoSource = { name: "Marigold", slug: "marigold" } as const;

/**
 * Adds the demo source with its columns confirmed as Sam would, or tells Glimpse its present address; what somebody
 * changed since then stays. Every write is on record.
 */
export async function seedDemoCatalogue(readerUrl: string, steward = "sam@marigold.example"): Promise<void> {
  const ctx = systemContext("command-line");
  const parsed = parseSourceUrl(readerUrl);
  if (!parsed.ok) throw new Error(parsed.words);
  const sourceId = await addOrMove(ctx, parsed.parts);
  if (await wasReviewed(ctx, sourceId)) return;
  await confirmHeld(ctx, sourceId, steward, { waiting: { confidence: 0 } }, (held) =>
    held.filter((column) => column.table !== demoUnreviewed).map(labelled),
  );
}

async function addOrMove(ctx: Context, connection: ConnectionParts): Promise<string> {
  const [known] = await ctx.db
    .select({ id: sources.id, version: sources.version })
    .from(sources)
    .where(and(eq(sources.slug, demoSource.slug), isNull(sources.removedAt)));
  if (!known) return (await addWholeSource(ctx, { ...demoSource, connection })).id;
  if (!(await isStored(ctx, known.id, connection))) {
    await changeConnection(ctx, { sourceId: known.id, version: known.version, connection });
  }
  return known.id;
}

/** Not so either when the stored one was sealed with another key. */
async function isStored(ctx: Context, sourceId: string, connection: ConnectionParts): Promise<boolean> {
  try {
    const stored = (await readConnection(ctx.db, sourceId)).connection;
    return JSON.stringify(stored) === JSON.stringify(connection);
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

async function wasReviewed(ctx: Context, sourceId: string): Promise<boolean> {
  const [reviewed] = await ctx.db
    .select({ columns: count() })
    .from(catalogColumns)
    .innerJoin(catalogTables, eq(catalogTables.id, catalogColumns.tableId))
    .where(and(eq(catalogTables.sourceId, sourceId), isNotNull(catalogColumns.confirmedAt)));
  return (reviewed?.columns ?? 0) > 0;
}

function labelled(column: HeldColumn): ChosenColumn {
  const label = demoLabels[column.table]?.[column.name] ?? column.proposedClass;
  const [classId, mask] = typeof label === "string" ? [label, proposedMask(label, column.type)] : label;
  return { column, classId, mask };
}
