import { classOf } from "@/lib/catalog/classes";
import { keyOf, type CatalogColumn, type CatalogTable } from "@/lib/catalog/table";
import { checkForm, compileNormalColumn, lookupForm, type NormalForm } from "@/lib/lookups/normal-form";
import type { CheckableField, LookupColumn } from "@/lib/lookups/view";
import { quoteIdentifier, quoteQualified } from "@/lib/masking/sql";
import { Refusal } from "@/lib/refusal";

/** A column, and the form in which its values are compared. */
export type Usable = { column: CatalogColumn; form: NormalForm };

/** The column by which records of a table are looked up; refuses what is clear, unconfirmed or too easily guessed. */
export function lookupColumn(table: CatalogTable, columnId: string): Usable {
  const found = lookupColumns(table).find(({ column }) => column.id === columnId);
  if (!found) throw new Refusal("not-searchable");
  return found;
}

/** All columns by which records of a table can be looked up; none where its records cannot be named. */
export function lookupColumns(table: CatalogTable): Usable[] {
  if (keyOf(table) === null) return [];
  return table.columns.flatMap((column) => usable(column, lookupForm, ["text"]));
}

/** The column whose value may be compared with what somebody says; refuses what three guesses could tell. */
export function checkColumn(table: CatalogTable, columnId: string): Usable {
  const column = table.columns.find(({ id }) => id === columnId);
  const [found] = column === undefined ? [] : usable(column, checkForm, ["text", "number", "date"]);
  if (!found || keyOf(table) === null) throw new Refusal("not-checkable");
  return found;
}

/** The fields of a record that can be compared with what somebody says. */
export function checkableFields(table: CatalogTable): CheckableField[] {
  if (keyOf(table) === null) return [];
  return table.columns
    .flatMap((column) => usable(column, checkForm, ["text", "number", "date"]))
    .map(({ column, form }) => ({ columnId: column.id, name: column.name, hint: hints[form] }));
}

function usable(
  column: CatalogColumn,
  formOf: (classId: string) => NormalForm | null,
  categories: readonly string[],
): Usable[] {
  const { shown, classId, type } = column;
  if (shown.why !== "confirmed" || shown.mask.method === "clear" || classId === null) return [];
  if ((classOf(column)?.maxRevealMinutes ?? 0) <= 0) return [];
  const form = formOf(classId);
  // A date is compared as PostgreSQL writes it, and only a date is.
  if (
    form === null ||
    !categories.includes(type.category) ||
    (form === "date") !== (type.category === "date")
  )
    return [];
  return [{ column, form }];
}

const hints: Record<NormalForm, string> = {
  email: "The whole address; capitals do not matter.",
  phone: "With its country code where it is stored with one; spaces and signs do not matter.",
  digits: "All digits; spaces do not matter.",
  code: "The whole number; spaces, dashes and capitals do not matter.",
  words: "As it is written; capitals and double spaces do not matter.",
  date: "As year, month and day: 1984-05-17.",
};

/** A column as the lookup page offers it. */
export function lookupChoice(table: CatalogTable, { column, form }: Usable): LookupColumn {
  const normal = compileNormalColumn(quoteIdentifier(column.name), form);
  return {
    id: column.id,
    name: column.name,
    classTitle: classOf(column)?.title ?? "",
    hint: hints[form],
    indexSql: `CREATE INDEX CONCURRENTLY ON ${quoteQualified(table.schema, table.name)} ((${normal}));`,
  };
}
