import "server-only";
import { sql, type SQL } from "drizzle-orm";

/** Whose or which requests and grants end; `tokensOf` a source are those whose records are named by tokens. */
export type WhichAccess =
  | { columnIds: readonly string[] }
  | { tableIds: readonly string[] }
  | { requestIds: readonly string[] }
  | { extensionOf: string }
  | { sourceId: string }
  | { tokensOf: string }
  | { holderId: string }
  /** Those on one of the records that an erasure is about. */
  | { erasureId: string | SQL }
  | { everything: true };

/** Why Glimpse itself closes a request or ends a grant early; stored with it, and on record. */
export type EndedWhy =
  | "column-changed"
  | "key-changed"
  | "keys-rotated"
  | "source-changed"
  | "source-removed"
  | "holder-disabled"
  | "role-lost"
  | "password-link"
  | "stopped"
  | "first-returned"
  | "first-revoked"
  | "record-erased";

/** The condition that a grant `g` or a request `r` is among these; an empty list names none. */
export function among(which: WhichAccess, row: "g" | "r"): SQL {
  if ("everything" in which) return sql`true`;
  const column = (name: string) => sql.raw(`${row}.${name}`);
  if ("holderId" in which)
    return sql`${column(row === "g" ? "holder_id" : "requester_id")} = ${which.holderId}`;
  if ("tokensOf" in which) {
    const isToken = sql`EXISTS (SELECT FROM unnest(${column("records")}) name WHERE starts_with(name, 't_'))`;
    return sql`${column("source_id")} = ${which.tokensOf} AND ${isToken}`;
  }
  if ("erasureId" in which)
    return sql`EXISTS (SELECT FROM erasure_records x WHERE x.erasure_id = ${which.erasureId}
      AND x.table_id = ${column("table_id")} AND x.handle = ANY (${column("records")}))`;
  if ("sourceId" in which) return sql`${column("source_id")} = ${which.sourceId}`;
  if ("requestIds" in which)
    return sql`${column(row === "g" ? "request_id" : "id")} = ANY (${idList(which.requestIds)}::uuid[])`;
  if ("extensionOf" in which)
    return sql`${column(row === "g" ? "request_id" : "id")} IN (
      SELECT e.id FROM requests e WHERE e.parent_id = ${which.extensionOf})`;
  if ("tableIds" in which) return sql`${column("table_id")} = ANY (${idList(which.tableIds)}::uuid[])`;
  const ids = sql`${idList(which.columnIds)}::text[]`;
  // By table first, for the index; the fields are in the row's JSON.
  return sql`${column("table_id")} IN (SELECT c.table_id FROM catalog_columns c WHERE c.id = ANY (${ids}::uuid[]))
    AND EXISTS (SELECT FROM jsonb_array_elements(${column("fields")}) f WHERE f ->> 'columnId' = ANY (${ids}))`;
}

// drizzle spreads an array over several parameters; ids need no quotes in an array literal.
const idList = (ids: readonly string[]) => `{${ids.join(",")}}`;
