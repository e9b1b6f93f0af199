import type { CatalogTable } from "@/lib/catalog/table";
import { partialLevel } from "@/lib/masking/partial-level";
import { isMaskedAndKnown } from "@/lib/requests/asked";
import { askableClass } from "@/lib/requests/class-facts";
import type { FieldChoice } from "@/lib/requests/view";

/** The fields of a table that may be asked for, in the order of the table. */
export function fieldChoices(table: CatalogTable): FieldChoice[] {
  return table.columns.filter(isMaskedAndKnown).map((column) => {
    const known = askableClass(column.classId);
    return {
      columnId: column.id,
      name: column.name,
      classId: column.classId,
      classTitle: known.title,
      sensitivity: known.sensitivity,
      partialPossible: partialLevel(column.type, column.classId).method !== "redact",
      neverOpens: known.maxRevealMinutes <= 0,
    };
  });
}
