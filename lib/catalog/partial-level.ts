import { isKeyedCard } from "@/lib/catalog/card-rule";
import { dataClass, fitting } from "@/lib/catalog/classes";
import type { ColumnType } from "@/lib/catalog/column-type";
import type { CatalogColumn } from "@/lib/catalog/table";
import type { SimpleMask } from "@/lib/masking/kinds";
import type { Mask } from "@/lib/masking/mask";

const usual: readonly SimpleMask[] = [
  { method: "partial", shape: "last", keep: 4 },
  { method: "generalise", to: "year" },
];

/**
 * What a grant of level `partial` shows of a column that shows as `shown` without one: never all of it, and dots where
 * no part can be told, or none beside what shows anyway.
 */
export function partialLevel(type: ColumnType, classId: string, shown: Mask): Mask {
  if (isKeyedCard(classId, shown)) return { method: "redact" };
  const own = dataClass(classId)?.partialMask;
  const masks = (own === undefined ? usual : [own, ...usual]).map((mask) => fitting(mask, type));
  return masks.find(({ method }) => method !== "redact") ?? { method: "redact" };
}

/** Whether a grant of level `partial` would show anything of a column that was confirmed. */
export function hasPartialForm({ type, classId, shown }: CatalogColumn): boolean {
  return classId !== null && partialLevel(type, classId, shown.mask).method !== "redact";
}
