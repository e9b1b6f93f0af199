import { classOf } from "@/lib/catalog/classes";
import type { CatalogTable } from "@/lib/catalog/table";
import type { AskableClass, ClassOf } from "@/lib/requests/asked";

/** What the data classes of a table say about asking for its values; a class that is not known opens for nobody. */
export function classesOf(table: CatalogTable): ClassOf {
  return (classId) => {
    const column = table.columns.find((one) => one.classId === classId && classOf(one) !== undefined);
    return (column && classOf(column)) ?? unknown;
  };
}

const unknown: AskableClass = { title: "No class", sensitivity: 4, maxRevealMinutes: 0 };

/** The titles of the classes of the stewards' own that are among the columns of a table, by their ids. */
export function ownTitlesOf(table: CatalogTable): Record<string, string> {
  return Object.fromEntries(
    table.columns.flatMap(({ ownClass }) => (ownClass ? [[ownClass.id, ownClass.title]] : [])),
  );
}
