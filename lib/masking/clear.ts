import type { ColumnType } from "@/lib/catalog/column-type";

/** How many characters of a long value a page shows. */
export const clearCharacters = 2_000;

/**
 * A clear value as text, cut at 2,000 characters with its full length behind. Binary shows its size only: no
 * page is for reading bytes. Notations (ISO dates, UTC, hex) are those of the session, which `pool.ts` fixes.
 */
export function compileClear(name: string, type: ColumnType): string {
  if (type.category === "bytea") return `'‹' || octet_length(${name}) || ' bytes›'`;
  const text = `${name}::text`;
  const cut = `left(${text}, ${clearCharacters}) || '… ‹' || length(${text}) || ' characters›'`;
  // The first branch needs no decompression of a long value, the second counts characters.
  return `CASE WHEN octet_length(${text}) <= ${clearCharacters} THEN ${text} WHEN length(${text}) <= ${clearCharacters} THEN ${text} ELSE ${cut} END`;
}

/**
 * A value as text for a reveal: in full up to `longest` characters, with its length behind when it is longer.
 * Binary comes as its size and hex.
 */
export function compileFull(name: string, type: ColumnType, longest: number): string {
  if (type.category === "bytea") {
    const hex = `encode(substring(${name} from 1 for ${Math.floor(longest / 2)}), 'hex')`;
    return `'‹' || octet_length(${name}) || ' bytes› ' || ${hex}`;
  }
  const text = `${name}::text`;
  const cut = `left(${text}, ${longest}) || '… ‹' || length(${text}) || ' characters›'`;
  return `CASE WHEN octet_length(${text}) <= ${longest} OR length(${text}) <= ${longest} THEN ${text} ELSE ${cut} END`;
}
