import type { ColumnType } from "@/lib/catalog/column-type";
import { classRows } from "@/lib/catalog/class-rows";
import type { SimpleMask } from "@/lib/masking/kinds";
import { type Mask, maskFits } from "@/lib/masking/mask";

export type Sensitivity = 1 | 2 | 3 | 4;

/** How a record page puts fields together. */
export type ClassGroup = "identity" | "contact" | "money" | "health" | "access" | "other";

/** A kind of content that a column may hold, and how it is treated unless a steward says otherwise. */
export type DataClass = {
  id: string;
  title: string;
  group: ClassGroup;
  sensitivity: Sensitivity;
  regulations: readonly string[];
  /** What stands in its place without a grant; on types it does not fit, redact. */
  defaultMask: SimpleMask;
  /** What a grant of level `partial` shows; without it the last four characters, or the year. */
  partialMask?: SimpleMask;
  /** The longest a grant may show it, in minutes; 0 means that no grant ever does. */
  maxRevealMinutes: number;
};

/** All data classes, in the order in which people expect to choose among them. */
export const dataClasses: readonly DataClass[] = classRows;

const byId = new Map(dataClasses.map((dataClass) => [dataClass.id, dataClass]));

/** The data class of that id; undefined for `none` and for ids that do not exist. */
export function dataClass(id: string): DataClass | undefined {
  return byId.get(id);
}

/** The mask to propose for a class on a type: `none` means clear, what does not fit means redact. */
export function proposedMask(classId: string, type: ColumnType): Mask {
  if (classId === "none") return { method: "clear" };
  return fitting(dataClass(classId)?.defaultMask ?? { method: "hidden" }, type);
}

/** A mask on a type: of each element of an array, of both bounds of a range, and redact where it does not fit. */
export function fitting(mask: SimpleMask, type: ColumnType): Mask {
  const masks: Mask[] = [mask, { method: "elements", of: mask }, { method: "bounds", of: mask }];
  return masks.find((one) => maskFits(type, one)) ?? { method: "redact" };
}
