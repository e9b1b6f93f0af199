import { parseHandle } from "@/lib/catalog/record-handle";
import type { TypeCategory } from "@/lib/catalog/column-type";
import { keyOf, type CatalogColumn, type CatalogTable } from "@/lib/catalog/table";
import { hasPartialForm } from "@/lib/catalog/partial-level";
import { Refusal } from "@/lib/refusal";
import { LONGEST_VIEW, type Level, type RequestedField } from "@/lib/requests/request";

/** What a data class says about asking for its values. */
export type AskableClass = {
  title: string;
  /** 1 to 4. */
  sensitivity: number;
  /** The longest view in minutes; 0 means that it opens for nobody. */
  maxRevealMinutes: number;
};

export type ClassOf = (classId: string) => AskableClass;

/** Whether a steward has confirmed the column and it still shows masked: only such fields can be asked for. */
export function isMaskedAndKnown(column: CatalogColumn): column is CatalogColumn & { classId: string } {
  return column.shown.why === "confirmed" && column.shown.mask.method !== "clear" && column.classId !== null;
}

/** The fields that are asked for, frozen as they stand; refuses what is not confirmed, is clear already or never opens. */
export function askedFields(
  table: CatalogTable,
  wanted: readonly { columnId: string; level: Level }[],
  classOf: ClassOf,
): RequestedField[] {
  return wanted.map(({ columnId, level }) => {
    const column = table.columns.find((one) => one.id === columnId);
    if (!column || !isMaskedAndKnown(column)) throw new Refusal("field-not-maskable");
    const dataClass = classOf(column.classId);
    if (dataClass.maxRevealMinutes <= 0) throw new Refusal("class-never-opens");
    if (level === "partial" && !hasPartialForm(column)) {
      throw new Refusal("bad-input", {
        fields: `${column.name} has no partial form. Ask for the full value or leave it out.`,
      });
    }
    return {
      columnId,
      column: column.name,
      typeName: column.typeName,
      classId: column.classId,
      sensitivity: dataClass.sensitivity,
      level,
    };
  });
}

/** The records that are asked for, each once; refuses a handle that cannot name a record of the table. */
export function askedRecords(table: CatalogTable, handles: readonly string[]): string[] {
  const key = keyOf(table);
  if (key === null) throw new Refusal("no-stable-key");
  const clear = key.every((column) => column.clear);
  const fits = (handle: string) => {
    const named = parseHandle(handle);
    // A key that is not clear may come as a token only: else its raw value would be stored with the request.
    if (named === null || (named.kind === "values") !== clear) return false;
    if (named.kind === "token") return true;
    return (
      named.values.length === key.length &&
      key.every(({ type }, index) => shapes[type.category]?.test(named.values[index] ?? "") ?? true)
    );
  };
  if (!handles.every(fits))
    throw new Refusal("bad-input", { records: "One of the records cannot be of this table." });
  return [...new Set(handles)];
}

const shapes: Partial<Record<TypeCategory, RegExp>> = {
  number: /^-?\d{1,60}(\.\d{1,60})?$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  boolean: /^(t|f|true|false)$/,
};

export type CappedView = {
  viewSeconds: number;
  /** The longest view that the classes of the fields allow. */
  longestSeconds: number;
  /** Why it is less than was asked for; null where it is not. */
  words: string | null;
};

/** The view time that the classes allow of what was asked; the tightest class decides. */
export function cappedView(
  fields: readonly RequestedField[],
  wantedSeconds: number,
  classOf: ClassOf,
): CappedView {
  const secondsOf = (field: RequestedField) =>
    Math.min(classOf(field.classId).maxRevealMinutes * 60, LONGEST_VIEW);
  const [tightest] = fields.toSorted((one, other) => secondsOf(one) - secondsOf(other));
  const longestSeconds = tightest ? secondsOf(tightest) : LONGEST_VIEW;
  if (!tightest || wantedSeconds <= longestSeconds)
    return { viewSeconds: wantedSeconds, longestSeconds, words: null };
  const minutes = longestSeconds / 60;
  const title = classOf(tightest.classId).title;
  const words = `At most ${minutes} minute${minutes === 1 ? "" : "s"}: ${tightest.column} (${title}) opens for no longer.`;
  return { viewSeconds: longestSeconds, longestSeconds, words };
}
