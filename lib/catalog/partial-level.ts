import { dataClass, fitting } from "@/lib/catalog/classes";
import type { ColumnType } from "@/lib/catalog/column-type";
import type { SimpleMask } from "@/lib/masking/kinds";
import type { Mask } from "@/lib/masking/mask";

const usual: readonly SimpleMask[] = [
  { method: "partial", shape: "last", keep: 4 },
  { method: "generalise", to: "year" },
];

/** What a grant of level `partial` shows of a column: never all of it, and dots where no part can be told. */
export function partialLevel(type: ColumnType, classId: string): Mask {
  const own = dataClass(classId)?.partialMask;
  const masks = (own === undefined ? usual : [own, ...usual]).map((mask) => fitting(mask, type));
  return masks.find(({ method }) => method !== "redact") ?? { method: "redact" };
}
