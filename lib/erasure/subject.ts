import { encodeHandle, parseHandle, type KeyColumn } from "@/lib/catalog/record-handle";
import { keyOf, type CatalogTable } from "@/lib/catalog/table";
import { Refusal } from "@/lib/refusal";
import { askedRecords } from "@/lib/requests/asked";

/** As many records belong to one person at most: what is shown, erased or reported at once. */
export const MOST_RECORDS = 500;

/**
 * The handle of a record by what a person typed: the text of its key, of several columns parted by commas, or the handle
 * itself, which is a token where the key is sensitive. A key that is not clear is refused: it would be stored and shown.
 */
export function subjectHandle(table: CatalogTable, typed: string): string {
  const text = typed.trim();
  const key = keyOf(table);
  if (key === null) throw new Refusal("no-stable-key");
  const parts = key.length === 1 ? [text] : text.split(",").map((part) => part.trim());
  const values = parts.map((part, at) => asWritten(key[at], part));
  const handle = parseHandle(text) === null ? encodeHandle({ kind: "values", values }) : text;
  try {
    return askedRecords(table, [handle])[0] ?? handle;
  } catch {
    throw new Refusal("bad-input", {
      key: key.every(({ clear }) => clear)
        ? `No record of this table can have this key: ${key.map(({ name }) => name).join(", ")}.`
        : "The key of this table is sensitive: give the token that names the record, t_ and 32 characters.",
    });
  }
}

/** A number or a UUID as a source writes it: whoever types 007 or capitals must not be told that nothing is known. */
function asWritten(column: KeyColumn | undefined, text: string): string {
  const category = column?.type.category;
  if (category === "number" && /^-?\d{1,60}$/.test(text)) return String(BigInt(text));
  return category === "uuid" ? text.toLowerCase() : text;
}
