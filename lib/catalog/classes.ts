import type { ColumnType } from "@/lib/catalog/column-type";
import { classRows } from "@/lib/catalog/class-rows";
import { openness } from "@/lib/masking/kind";
import type { SimpleMask } from "@/lib/masking/kinds";
import { kindOf, type Mask, maskFits } from "@/lib/masking/mask";

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

/** The data classes of this version, in the order in which people expect to choose among them. */
export const dataClasses: readonly DataClass[] = classRows;

const byId = new Map(dataClasses.map((dataClass) => [dataClass.id, dataClass]));

/** The data class of that id; undefined for `none` and for ids that do not exist. */
export function dataClass(id: string): DataClass | undefined {
  return byId.get(id);
}

/** The class of a column as it stands: a built-in one, or a steward's own that was not retired. */
export function classOf(column: {
  classId: string | null;
  ownClass?: DataClass | null;
}): DataClass | undefined {
  if (column.classId === null) return undefined;
  return dataClass(column.classId) ?? column.ownClass ?? undefined;
}

/** The words in the names of columns that propose a class of a steward's own. */
export type OwnSignal = Pick<DataClass, "id" | "title" | "sensitivity"> & { words: readonly string[] };

/** All classes as they stand at one moment: the built-in ones with the masks that stewards prefer, and their own. */
export class ClassBook {
  readonly all: readonly DataClass[];
  readonly signals: readonly OwnSignal[];
  readonly #byId: ReadonlyMap<string, DataClass>;

  constructor(own: readonly (DataClass & OwnSignal)[], masks: ReadonlyMap<string, SimpleMask>) {
    const builtIn = dataClasses.map((one) => {
      const preferred = masks.get(one.id);
      return preferred !== undefined && isStricter(one, preferred) ? { ...one, defaultMask: preferred } : one;
    });
    const ids = new Set(builtIn.map(({ id }) => id));
    const added = own.filter(({ id }) => !ids.has(id));
    this.all = [...builtIn, ...added];
    this.signals = added;
    this.#byId = new Map(this.all.map((one) => [one.id, one]));
  }

  /** The class of that id; undefined for `none`, for ids that do not exist, and for what was retired. */
  get(id: string): DataClass | undefined {
    return this.#byId.get(id);
  }
}

/** The classes of this version alone. */
export const builtInClasses = new ClassBook([], new Map());

/** Whether a mask may stand for that of a built-in class: it leaves less to be seen, and the class may open at all. */
export function isStricter({ defaultMask, maxRevealMinutes }: DataClass, mask: SimpleMask): boolean {
  return maxRevealMinutes > 0 && opennessOf(mask) > opennessOf(defaultMask);
}

const opennessOf = (mask: SimpleMask) => openness.indexOf(kindOf(mask)?.openness ?? "clear");

/** The mask to propose for a class on a type: `none` means clear, what does not fit means redact. */
export function proposedMask(classId: string, type: ColumnType, classes: ClassBook = builtInClasses): Mask {
  if (classId === "none") return { method: "clear" };
  return fitting(classes.get(classId)?.defaultMask ?? { method: "hidden" }, type);
}

/** A mask on a type: of each element of an array, of both bounds of a range, and redact where it does not fit. */
export function fitting(mask: SimpleMask, type: ColumnType): Mask {
  const masks: Mask[] = [mask, { method: "elements", of: mask }, { method: "bounds", of: mask }];
  return masks.find((one) => maskFits(type, one)) ?? { method: "redact" };
}
