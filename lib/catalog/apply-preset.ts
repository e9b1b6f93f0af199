import "server-only";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { confirmHeld, type Confirmed } from "@/lib/catalog/confirm-columns";
import { maskChange, presetMask } from "@/lib/catalog/preset-plan";
import { type Preset, presets } from "@/lib/catalog/presets";
import { readClasses } from "@/lib/catalog/read-classes";
import type { PresetChange, PresetPlan } from "@/lib/catalog/view";
import { catalogColumns, catalogTables } from "@/lib/db/schema/catalogue";
import { maskName } from "@/lib/masking/mask";
import { Refusal } from "@/lib/refusal";

/** So many columns are changed by a rule book at once; the rest comes when it is applied again. */
export const mostChanges = 5_000;

/**
 * What a rule book would change in a whole source: of each confirmed column that it speaks of, the mask now and then.
 * Columns that wait for a review are not among them: a guess is never confirmed in bulk.
 */
export async function planPreset(ctx: Context, sourceId: string, preset: Preset): Promise<PresetPlan> {
  requirePermission(ctx, "catalog");
  const classes = await readClasses(ctx.db);
  const columns = await ctx.db
    .select({
      id: catalogColumns.id,
      version: catalogColumns.version,
      column: catalogColumns.name,
      table: sql<string>`${catalogTables.schema} || '.' || ${catalogTables.name}`,
      type: catalogColumns.type,
      classId: catalogColumns.classId,
      mask: catalogColumns.mask,
    })
    .from(catalogColumns)
    .innerJoin(catalogTables, eq(catalogTables.id, catalogColumns.tableId))
    .where(
      and(
        eq(catalogTables.sourceId, sourceId),
        isNull(catalogTables.goneAt),
        isNull(catalogColumns.goneAt),
        eq(catalogColumns.state, "confirmed"),
        sql`${catalogColumns.confirmedType} = ${catalogColumns.typeName}`,
      ),
    )
    .orderBy(asc(catalogTables.schema), asc(catalogTables.name), asc(catalogColumns.ordinal));
  const changes: PresetChange[] = [];
  let unchanged = 0;
  for (const { id, version, column, table, type, classId, mask } of columns) {
    const then = presetMask(preset, { classId, type }, classes);
    const how = then === null ? "unchanged" : maskChange(mask, then);
    if (then === null || how === "unchanged") unchanged += 1;
    else {
      const classTitle = classes.get(classId ?? "")?.title ?? "";
      changes.push({
        id,
        version,
        column,
        table,
        classTitle,
        now: maskName(mask),
        wanted: maskName(then),
        how,
      });
    }
  }
  return {
    changes: changes.slice(0, mostChanges),
    more: Math.max(0, changes.length - mostChanges),
    unchanged,
  };
}

/**
 * Masks chosen columns of a source as a rule book wants it, in one transaction and on record. Refuses all when one of
 * them was changed meanwhile, is no longer confirmed, or is of a class of which the rule book says nothing.
 */
export async function applyPreset(
  ctx: Context,
  wanted: {
    sourceId: string;
    preset: Preset["id"];
    columns: readonly { id: string; version: number }[];
  },
): Promise<Confirmed> {
  const preset = presets.find(({ id }) => id === wanted.preset);
  const versions = new Map(wanted.columns.map(({ id, version }) => [id, version]));
  if (!preset || versions.size !== wanted.columns.length) throw new Refusal("bad-input");
  return confirmHeld(
    ctx,
    wanted.sourceId,
    undefined,
    { ids: [...versions.keys()] },
    (held, classes) => {
      if (held.length !== versions.size) throw new Refusal("not-found");
      return held.map((column) => {
        const mask = presetMask(preset, column, classes);
        const isAsSeen = column.state === "confirmed" && column.version === versions.get(column.id);
        if (!isAsSeen || column.classId === null || mask === null) throw new Refusal("changed-meanwhile");
        return { column, classId: column.classId, mask };
      });
    },
    { preset: preset.title },
  );
}
