import type { ClassBook } from "@/lib/catalog/classes";
import type { ColumnType, TypeCategory } from "@/lib/catalog/column-type";
import { ownNames } from "@/lib/discovery/names/own";
import type { Proposal } from "@/lib/discovery/proposal";
import { proposeClass } from "@/lib/discovery/propose";
import { quoteColumn, quoteTable, SqlSink, type SqlFragment } from "@/lib/masking/sql";

/** How many documents are looked at, how many paths are named at most, and the longest document, in bytes. */
const sampleRows = 500;
const mostPaths = 30;
const longestBytes = 20_000;
/**
 * Keys may be data, in maps by e-mail address or by name: only a word that this part of the documents has, of no fewer
 * documents than these, is a name of a path. The others are counted together.
 */
const shareNamed = 0.3;
const fewestDocuments = 10;
const word = "^[A-Za-z_][0-9A-Za-z_]{0,40}$";

/** A path of a JSON column: two keys at most, where it is found, and what its values are by their types. */
export type DocumentPath = {
  path: readonly string[];
  /** Of the documents looked at, 0 to 1. */
  share: number;
  /** What most of its values are. */
  kind: PathKind;
  proposal: Proposal;
};

export type PathKind = "text" | "number" | "yes or no" | "object" | "list" | "null";

/** What is known of the paths of a column; `pooled` is how many others there are, which are not named. */
export type DocumentPaths = { documents: number; paths: readonly DocumentPath[]; pooled: number };

/** The statement that counts the paths of one JSON column: names of paths and numbers come back, no value does. */
export function pathQuestion(
  table: { schema: string; name: string },
  column: { name: string; type: ColumnType },
): SqlFragment {
  const sink = new SqlSink();
  const name = quoteColumn(column.name);
  const text = `${name}::text`;
  // What a json that was never read could not be cast for is not looked at.
  const readable =
    column.type.base.name === "json" ? ` AND ${text} !~ '[\\\\]u|[0-9][eE][-+]?[0-9][0-9][0-9]'` : "";
  const object = (sql: string) => `CASE WHEN jsonb_typeof(${sql}) = 'object' THEN ${sql} ELSE '{}' END`;
  const kinds = ["string", "number", "boolean", "object", "array"].map(
    (kind) => `count(*) FILTER (WHERE jsonb_typeof(v) = '${kind}')`,
  );
  const isNamed = `n >= ${fewestDocuments * shareNamed} AND total >= ${fewestDocuments} AND n >= total * ${shareNamed}
      AND NOT EXISTS (SELECT FROM unnest(path) AS k WHERE k !~ ${sink.bind(word, "text")})`;
  return sink.statement(`WITH s AS MATERIALIZED (
  SELECT CASE WHEN octet_length(${text}) <= ${longestBytes}${readable} THEN ${name}::jsonb END AS d
  FROM ${quoteTable(table.schema, table.name)} WHERE ${name} IS NOT NULL LIMIT ${sampleRows}
), one AS (
  SELECT ARRAY[k.key] AS path, k.value AS v FROM s CROSS JOIN LATERAL jsonb_each(${object("d")}) AS k
), found AS (
  SELECT path, v FROM one UNION ALL
  SELECT one.path || k.key, k.value FROM one CROSS JOIN LATERAL jsonb_each(${object("v")}) AS k
), counted AS (
  SELECT path, count(*) AS n, ARRAY[${kinds.join(", ")}] AS kinds, (SELECT count(*) FROM s) AS total
  FROM found GROUP BY path
), named AS (
  SELECT path, n, kinds FROM counted WHERE ${isNamed} ORDER BY n DESC, path LIMIT ${mostPaths}
)
SELECT NULL::text, (SELECT count(*) FROM s)::text,
  ((SELECT count(*) FROM counted) - (SELECT count(*) FROM named))::text UNION ALL
SELECT array_to_string(path, '.'), n::text, array_to_string(kinds, ',') FROM named`);
}

const kindNames: readonly PathKind[] = ["text", "number", "yes or no", "object", "list"];
const categories: Record<PathKind, TypeCategory> = {
  text: "text",
  number: "number",
  "yes or no": "boolean",
  object: "json",
  list: "text",
  null: "text",
};

/** What the source answered, and a class proposed for each path by its name and the type of its values. */
export function readPaths(
  answer: readonly (readonly (string | null)[])[],
  classes: ClassBook,
): DocumentPaths {
  const [[, documents, pooled] = []] = answer.filter(([path]) => path === null);
  const total = Number(documents ?? 0);
  const names = ownNames(classes.signals);
  const paths = answer.flatMap(([joined, found, counts]): DocumentPath[] => {
    // A second look at what the source promised: nothing but words may be shown as the name of a path.
    if (typeof joined !== "string" || !/^[A-Za-z_]\w{0,40}(\.[A-Za-z_]\w{0,40})?$/u.test(joined)) return [];
    const path = joined.split(".");
    const numbers = (counts ?? "").split(",").map(Number);
    const most = numbers.indexOf(Math.max(...numbers));
    const kind = (numbers[most] ?? 0) > 0 ? (kindNames[most] ?? "null") : "null";
    const category = categories[kind];
    const proposal = proposeClass({
      column: path.join("_"),
      type: { name: category, category, base: { schema: "pg_catalog", name: category } },
      comment: null,
      ownNames: names,
      contexts: new Set(["person", "linked"]),
      isPrimaryKey: false,
      isForeignKey: false,
      rates: null,
    });
    return [{ path, share: total === 0 ? 0 : Number(found) / total, kind, proposal }];
  });
  return { documents: total, paths, pooled: Number(pooled ?? 0) };
}
