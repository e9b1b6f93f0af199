import { classOf, type DataClass } from "@/lib/catalog/classes";
import type { ColumnType } from "@/lib/catalog/column-type";
import { maskFits, type Mask } from "@/lib/masking/mask";

export type ColumnState = "unconfirmed" | "confirmed" | "suspended";

/** What decides how a column shows, as the catalogue keeps it. */
export type ColumnFacts = {
  type: ColumnType;
  /** The fingerprint of the type as the last scan found it. */
  typeName: string;
  state: ColumnState;
  classId: string | null;
  /** The class where it is a steward's own; null once that was retired. */
  ownClass?: DataClass | null;
  mask: Mask;
  /** The fingerprint of the type that the steward saw when confirming. */
  confirmedType: string | null;
  /** Whether our role may select the column. */
  readable: boolean;
  gone: boolean;
};

/** Why a column shows as it does; everything but `confirmed` hides it whatever its mask says. */
export type ShownWhy =
  | "confirmed"
  | "unconfirmed"
  | "suspended"
  | "retyped"
  | "unreadable"
  | "unclassed"
  | "gone";

export type Shown = { readonly mask: Mask; readonly why: ShownWhy };

const hidden: Mask = { method: "hidden" };

/** How a column shows: under its confirmed mask, and hidden in every other case (law 1). */
export function shownAs(column: ColumnFacts): Shown {
  const why = whyShown(column);
  return { mask: why === "confirmed" ? column.mask : hidden, why };
}

/** The columns of a table with how each shows: a date that is moved by a column which cannot be read is hidden. */
export function shownTogether<C extends ColumnFacts & { name: string }>(
  columns: readonly C[],
): (C & { shown: Shown })[] {
  const readable = new Set(
    columns.filter((column) => column.readable && !column.gone).map(({ name }) => name),
  );
  return columns.map((column) => {
    const shown = shownAs(column);
    const isLost = shown.mask.method === "shift" && !readable.has(shown.mask.person);
    return { ...column, shown: isLost ? { mask: hidden, why: "retyped" } : shown };
  });
}

function whyShown(column: ColumnFacts): ShownWhy {
  if (column.gone) return "gone";
  if (column.state === "suspended") return "suspended";
  if (column.state !== "confirmed" || column.classId === null || column.confirmedType === null)
    return "unconfirmed";
  if (column.classId !== "none" && classOf(column) === undefined) return "unclassed";
  if (column.confirmedType !== column.typeName || !maskFits(column.type, column.mask)) return "retyped";
  return column.readable ? "confirmed" : "unreadable";
}

const whyWords: Record<ShownWhy, string> = {
  confirmed: "A steward confirmed this.",
  unconfirmed: "Hidden until a steward confirms it.",
  suspended: "Hidden: it changed in the source, and a steward has to confirm it again.",
  retyped: "Hidden: its type changed in the source, and a steward has to confirm it again.",
  unreadable: "Hidden: the source does not let Glimpse read it.",
  unclassed: "Hidden: its class was retired, and a steward has to choose another one.",
  gone: "It is no longer in the source.",
};

/** Says why a column shows as it does. */
export function describeWhy(why: ShownWhy): string {
  return whyWords[why];
}
