import "server-only";
import { and, count, eq, isNull } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { classMaskByKey, stricterMasks } from "@/lib/catalog/class-form";
import { dataClass } from "@/lib/catalog/classes";
import { readClasses } from "@/lib/catalog/read-classes";
import type { ClassRow } from "@/lib/catalog/view";
import { catalogColumns, catalogTables, sources } from "@/lib/db/schema/catalogue";
import { ownClasses } from "@/lib/db/schema/classes";
import type { SimpleMask } from "@/lib/masking/kinds";
import { maskKey, maskName } from "@/lib/masking/mask";

/** Every class that stands with how it is treated and how many confirmed columns are of it: the stewards' own first. */
export async function listClasses(ctx: Context): Promise<ClassRow[]> {
  requirePermission(ctx, "catalog");
  const [book, used, owns] = await Promise.all([readClasses(ctx.db), countColumns(ctx), readOwns(ctx)]);
  const rows = book.all.map((one): ClassRow => {
    const builtIn = dataClass(one.id);
    const { id, title, group, sensitivity, regulations, maxRevealMinutes } = one;
    const own = owns.get(id);
    return {
      ...{ id, title, group, sensitivity, regulations, maxRevealMinutes },
      mask: choice(one.defaultMask),
      columns: used.get(id) ?? 0,
      own: builtIn || !own ? null : own,
      masks: builtIn ? [...stricterMasks(builtIn).values()].map(choice) : [],
      usualMask:
        builtIn && maskKey(builtIn.defaultMask) !== maskKey(one.defaultMask)
          ? maskName(builtIn.defaultMask)
          : null,
    };
  });
  return [...rows.filter(({ own }) => own !== null), ...rows.filter(({ own }) => own === null)];
}

/** The masks among which that of a class of one's own is chosen. */
export const classMaskChoices: readonly ClassRow["mask"][] = [...classMaskByKey.values()].map(choice);

function choice(mask: SimpleMask): ClassRow["mask"] {
  return { key: maskKey(mask), name: maskName(mask) };
}

async function countColumns(ctx: Context): Promise<Map<string | null, number>> {
  const rows = await ctx.db
    .select({ classId: catalogColumns.classId, columns: count() })
    .from(catalogColumns)
    .innerJoin(catalogTables, eq(catalogTables.id, catalogColumns.tableId))
    .innerJoin(sources, and(eq(sources.id, catalogTables.sourceId), isNull(sources.removedAt)))
    .where(
      and(eq(catalogColumns.state, "confirmed"), isNull(catalogColumns.goneAt), isNull(catalogTables.goneAt)),
    )
    .groupBy(catalogColumns.classId);
  return new Map(rows.map(({ classId, columns }) => [classId, columns]));
}

async function readOwns(ctx: Context): Promise<Map<string, NonNullable<ClassRow["own"]>>> {
  const rows = await ctx.db
    .select({ id: ownClasses.id, version: ownClasses.version, words: ownClasses.words })
    .from(ownClasses)
    .where(isNull(ownClasses.retiredAt));
  return new Map(rows.map(({ id, ...own }) => [id, own]));
}
