import { opsOf, opWords } from "@/lib/browse/filter-ops";
import { isSortable } from "@/lib/browse/row-order";
import type { ColumnView, FilterInput, FilterOffer, Look } from "@/lib/browse/view";
import { classOf } from "@/lib/catalog/classes";
import { ClearColumn } from "@/lib/catalog/clear-column";
import type { ColumnType, TypeCategory } from "@/lib/catalog/column-type";
import { partialLevel } from "@/lib/catalog/partial-level";
import { describeWhy } from "@/lib/catalog/shown-as";
import type { CatalogColumn } from "@/lib/catalog/table";
import { describeMask } from "@/lib/masking/mask";

/** A column as people read of it: what it holds, how it shows, who said so, and what can be done with it. */
export function columnView(column: CatalogColumn): ColumnView {
  const clear = ClearColumn.of(column);
  const known = classOf(column);
  const isConfirmed = column.shown.why === "confirmed";
  return {
    id: column.id,
    name: column.name,
    typeName: column.type.name,
    comment: column.comment,
    look: lookOf(column),
    isNumber: numbers.has(column.type.category),
    classTitle: !isConfirmed ? "Not confirmed" : (known?.title ?? "Nothing sensitive"),
    group: (isConfirmed ? known?.group : undefined) ?? "other",
    sensitivity: (isConfirmed ? known?.sensitivity : undefined) ?? null,
    method: isConfirmed ? describeMask(column.shown.mask) : describeWhy(column.shown.why),
    why:
      isConfirmed && column.confirmedBy !== null && column.confirmedAt !== null
        ? `Confirmed by ${column.confirmedBy} on ${day(new Date(column.confirmedAt))}.`
        : "",
    sortable: clear !== null && isSortable(clear),
    filter: clear === null ? null : offerOf(clear.type),
    field:
      isConfirmed && clear === null && known !== undefined
        ? {
            classId: known.id,
            partialPossible: partialLevel(column.type, known.id, column.shown.mask).method !== "redact",
            neverOpens: known.maxRevealMinutes <= 0,
          }
        : null,
  };
}

const numbers: ReadonlySet<TypeCategory> = new Set(["number", "money"]);

/** How a column looks under its mask. */
export function lookOf({ shown }: CatalogColumn): Look {
  if (shown.mask.method === "clear") return "clear";
  return shown.mask.method === "hidden" ? "hidden" : "masked";
}

const inputs: Partial<Record<TypeCategory, FilterInput>> = {
  number: "number",
  money: "number",
  date: "date",
  timestamp: "moment",
  time: "time",
  boolean: "choice",
  enum: "choice",
};

function offerOf(type: ColumnType): FilterOffer {
  const offer = {
    ops: opsOf(type).map((op) => [op, opWords(type, op)] as const),
    input: inputs[type.category] ?? "text",
  };
  if (type.category === "boolean") return { ...offer, choices: ["true", "false"] };
  return type.category === "enum" ? { ...offer, choices: type.enumValues ?? [] } : offer;
}

// Made once: a formatter costs more than all that it formats here.
const days = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** A day as people write it, in UTC: the same for everybody who reads it. */
const day = (at: Date) => days.format(at);
