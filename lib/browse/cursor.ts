import { MOST_OFFSET } from "@/lib/browse/page-size";
import { isSealedPlace } from "@/lib/browse/place-seal";
import { keyTerms, orderName, type Position, type RowOrder } from "@/lib/browse/row-order";

const longestCursor = 8_000;
const longestPart = 3_000;

/** Where a page starts as text for an address; null when the position is too long for one. Holds clear values only. */
export function encodeCursor(order: RowOrder, position: Position): string | null {
  if ([position.sort, ...position.key].some((part) => part !== null && part.length > longestPart))
    return null;
  const text = Buffer.from(JSON.stringify([orderName(order), position.sort, ...position.key])).toString(
    "base64url",
  );
  return text.length <= longestCursor ? text : null;
}

/** Reads a cursor that may be forged or of another order: null for all that `encodeCursor` would not have written. */
export function decodeCursor(order: RowOrder, cursor: string): Position | null {
  if (cursor.length > longestCursor) return null;
  const parts = parseParts(Buffer.from(cursor, "base64url").toString("utf8"));
  if (parts === null || parts[0] !== orderName(order)) return null;
  const [, sort = null, ...key] = parts;
  if (!key.every((part) => part !== null) || !fits(order, sort, key)) return null;
  const position: Position = { sort, key };
  return encodeCursor(order, position) === cursor ? position : null;
}

function parseParts(json: string): (string | null)[] | null {
  try {
    const parts: unknown = JSON.parse(json);
    if (!Array.isArray(parts) || parts.length > 100) return null;
    const isText = (part: unknown) => part === null || (typeof part === "string" && !part.includes("\0"));
    return parts.every(isText) ? (parts as (string | null)[]) : null;
  } catch {
    return null;
  }
}

function fits(order: RowOrder, sort: string | null, key: readonly string[]): boolean {
  if (order.by === "offset") return sort === null && key.length === 1 && isOffset(key[0] ?? "");
  if (order.sort === null && sort !== null) return false;
  if (order.by === "place") return key.length === 1 && isSealedPlace(key[0] ?? "");
  const sortIsKey = order.key.some((column) => column.name === order.sort?.column.name);
  return key.length === keyTerms(order).length && !(sortIsKey && sort === null);
}

function isOffset(text: string): boolean {
  return /^[1-9]\d{0,4}$/u.test(text) && Number(text) <= MOST_OFFSET;
}
