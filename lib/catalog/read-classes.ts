import "server-only";
import { asc, isNull, sql, type SQL } from "drizzle-orm";
import { cache } from "react";
import { ClassBook, type DataClass } from "@/lib/catalog/classes";
import type { ReadDatabase, WriteTransaction } from "@/lib/db/control-database";
import { classMasks, ownClasses } from "@/lib/db/schema/classes";

/** A class of a steward's own out of `own_classes k`, as JSON; null where the join found none. */
export const ownClassJson: SQL<DataClass | null> = sql`CASE WHEN k.id IS NOT NULL THEN jsonb_build_object(
  'id', k.id, 'title', k.title, 'group', k.class_group, 'sensitivity', k.sensitivity, 'regulations', k.regulations,
  'defaultMask', k.default_mask, 'maxRevealMinutes', k.max_reveal_minutes) END`;

/** The classes as they stand, read once per page. */
export const readClasses = cache(async (db: ReadDatabase): Promise<ClassBook> => {
  const [own, masks] = await Promise.all([selectOwn(db), selectMasks(db)]);
  return bookOf(own, masks);
});

/** The classes as they stand, those of the stewards' own held against being changed or retired until the end. */
export async function holdClasses(tx: WriteTransaction): Promise<ClassBook> {
  return bookOf(await selectOwn(tx).for("share"), await selectMasks(tx));
}

const selectOwn = (db: ReadDatabase) =>
  db.select().from(ownClasses).where(isNull(ownClasses.retiredAt)).orderBy(asc(ownClasses.title));

const selectMasks = (db: ReadDatabase) => db.select().from(classMasks);

function bookOf(
  own: Awaited<ReturnType<typeof selectOwn>>,
  masks: Awaited<ReturnType<typeof selectMasks>>,
): ClassBook {
  return new ClassBook(
    own.map(({ classGroup, ...one }) => ({ ...one, group: classGroup })),
    new Map(masks.map(({ classId, mask }) => [classId, mask])),
  );
}
