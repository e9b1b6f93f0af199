import type { ColumnView } from "@/lib/browse/view";
import type { FieldChoice } from "@/lib/requests/view";

/** A column as the request sheet offers it; null where nothing of it can be requested. */
export function fieldOf(column: ColumnView | undefined): FieldChoice | null {
  if (column?.field == null) return null;
  const { id, name, classTitle, sensitivity, field } = column;
  return { columnId: id, name, classTitle, sensitivity: sensitivity ?? 1, ...field };
}

/** "1 field", "3 fields". */
export const countOf = (number: number, thing: string) => `${number} ${thing}${number === 1 ? "" : "s"}`;
