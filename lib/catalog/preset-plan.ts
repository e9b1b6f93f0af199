import { type ClassBook, fitting } from "@/lib/catalog/classes";
import type { ColumnType } from "@/lib/catalog/column-type";
import type { Preset } from "@/lib/catalog/presets";
import { openness } from "@/lib/masking/kind";
import { isRead, kindOf, type Mask, maskKey } from "@/lib/masking/mask";

/** How a mask compares with another: it surely leaves less to be seen, it may leave more, or it is the same. */
export type MaskChange = "stricter" | "looser" | "unchanged";

/** What a rule book wants a confirmed column to show; null where it says nothing of its class. */
export function presetMask(
  preset: Preset,
  column: { classId: string | null; type: ColumnType },
  classes: ClassBook,
): Mask | null {
  const { classId, type } = column;
  if (classId === null || !classes.get(classId) || !Object.hasOwn(preset.masks, classId)) return null;
  const mask = preset.masks[classId];
  return mask === undefined ? null : fitting(mask, type);
}

/** Compares two masks of one column. What cannot be told for certain counts as looser: a steward looks at it. */
export function maskChange(now: Mask, then: Mask): MaskChange {
  if (maskKey(now) === maskKey(then)) return "unchanged";
  if (!isRead(now)) return isRead(then) || now.method === "hidden" ? "looser" : "stricter";
  if (!isRead(then)) return "stricter";
  return rank(then) > rank(now) ? "stricter" : "looser";
}

/** Of each element or bound: what the mask below leaves to be seen. */
function rank(mask: Mask): number {
  const shown = mask.method === "elements" || mask.method === "bounds" ? mask.of : mask;
  return openness.indexOf(kindOf(shown)?.openness ?? "clear");
}
