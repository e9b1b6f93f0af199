import "server-only";
import { and, eq, inArray, isNull, notInArray, sql } from "drizzle-orm";
import { cardConflict } from "@/lib/catalog/card-rule";
import type { ClassBook } from "@/lib/catalog/classes";
import type { WriteTransaction } from "@/lib/db/control-database";
import { catalogColumns, catalogTables } from "@/lib/db/schema/catalogue";
import { isRead, type Mask } from "@/lib/masking/mask";
import { Refusal } from "@/lib/refusal";

type Chosen = { column: { id: string; name: string; tableId: string }; classId: string; mask: Mask };

/** Refuses choices that each fit their column and yet would show what nobody may see, or nothing at all. */
export async function refuseUnsafe(
  tx: WriteTransaction,
  sourceId: string,
  chosen: readonly Chosen[],
  classes: ClassBook,
): Promise<void> {
  for (const { column, classId, mask } of chosen) {
    if (classId !== "none" && !classes.get(classId)) {
      throw new Refusal("bad-input", { classId: "There is no such class." });
    }
    if (classes.get(classId)?.maxRevealMinutes === 0 && isRead(mask)) {
      throw unfit(`${column.name} is of a class that opens for nobody: it can only be hidden or redacted.`);
    }
  }
  await refuseStrangers(tx, chosen);
  await refuseCards(tx, sourceId, chosen);
}

const unfit = (words: string) => new Refusal("bad-input", { mask: words });

/** A date is moved by another column of its table: one that is not there would break every page. */
async function refuseStrangers(tx: WriteTransaction, chosen: readonly Chosen[]): Promise<void> {
  for (const { column, mask } of chosen) {
    if (mask.method !== "shift") continue;
    const [person] = await tx
      .select({ id: catalogColumns.id })
      .from(catalogColumns)
      .where(
        and(
          eq(catalogColumns.tableId, column.tableId),
          eq(catalogColumns.name, mask.person),
          eq(catalogColumns.readable, true),
          isNull(catalogColumns.goneAt),
        ),
      );
    if (!person) throw unfit(`There is no column ${mask.person} to move the dates by.`);
  }
}

const cardClasses = ["pan", "payment_metadata"];

async function refuseCards(tx: WriteTransaction, sourceId: string, chosen: readonly Chosen[]): Promise<void> {
  if (!chosen.some(({ classId }) => cardClasses.includes(classId))) return;
  const others = await tx
    .select({
      name: catalogColumns.name,
      classId: sql<string>`${catalogColumns.classId}`,
      mask: catalogColumns.mask,
    })
    .from(catalogColumns)
    .innerJoin(catalogTables, eq(catalogTables.id, catalogColumns.tableId))
    .where(
      and(
        eq(catalogTables.sourceId, sourceId),
        eq(catalogColumns.state, "confirmed"),
        isNull(catalogColumns.goneAt),
        inArray(catalogColumns.classId, cardClasses),
        notInArray(
          catalogColumns.id,
          chosen.map(({ column }) => column.id),
        ),
      ),
    );
  const own = chosen.map(({ column, classId, mask }) => ({ name: column.name, classId, mask }));
  const conflict = cardConflict([...own, ...others]);
  if (conflict !== null) throw unfit(conflict);
}
