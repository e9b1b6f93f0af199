import "server-only";
import type { SourcePool } from "@/lib/source/pool";
import { runSelect, type SelectLimits } from "@/lib/source/run-select";

/**
 * How an index finds the beginning of a text: by the operators of patterns, in the collation "C" that it has of its
 * own, or in the order of its column, where that is the order of bytes.
 */
export type PrefixBy = "pattern" | "own-c" | "bytes";

/** What indexes there are at this moment that begin with a column. */
export type IndexedColumn = {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly equality: boolean;
  readonly prefix: PrefixBy | null;
};

const isBtree = `m.amname = 'btree'`;
const asColumn = `i.indcollation[0] IN (0, a.attcollation)`;
const isPattern = `o.opcname IN ('text_pattern_ops', 'varchar_pattern_ops')`;
const isText = `o.opcname IN ('text_ops', 'varchar_ops')`;

/** Valid indexes without a predicate whose first key is a column, of tables that are no partitions. */
const indexesQuery = `
SELECT n.nspname::text, c.relname::text, a.attname::text,
  pg_catalog.bool_or(${asColumn} AND (o.opcdefault OR ${isPattern}))::text,
  pg_catalog.bool_or(${isBtree} AND ${asColumn} AND ${isPattern})::text,
  pg_catalog.bool_or(${isBtree} AND ${isText} AND l.collname = 'C')::text,
  pg_catalog.bool_or(${isBtree} AND ${isText} AND ${asColumn} AND l.collname = 'default'
    AND d.datcollate IN ('C', 'POSIX') AND coalesce(pg_catalog.to_jsonb(d) ->> 'datlocprovider', 'c') = 'c')::text
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid AND NOT c.relispartition
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid JOIN pg_catalog.pg_am m ON m.oid = x.relam
JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
JOIN pg_catalog.pg_opclass o ON o.oid = i.indclass[0]
LEFT JOIN pg_catalog.pg_collation l ON l.oid = i.indcollation[0]
  AND l.collnamespace = 'pg_catalog'::pg_catalog.regnamespace
JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database()
WHERE i.indisvalid AND i.indisready AND i.indpred IS NULL AND m.amname IN ('btree', 'hash')
  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
GROUP BY 1, 2, 3`;

/** Reads what the indexes of a source can find; no row of any table. Throws a `SourceFailure`. */
export async function findIndexes(pool: SourcePool, limits: SelectLimits): Promise<IndexedColumn[]> {
  const rows = await runSelect(pool, { text: indexesQuery, params: [] }, limits);
  return rows.map(([schema = "", table = "", column = "", equality, pattern, ownC, bytes]) => ({
    schema: schema ?? "",
    table: table ?? "",
    column: column ?? "",
    equality: equality === "true",
    prefix: pattern === "true" ? "pattern" : ownC === "true" ? "own-c" : bytes === "true" ? "bytes" : null,
  }));
}
