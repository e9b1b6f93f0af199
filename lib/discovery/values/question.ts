import type { TypeCategory } from "@/lib/catalog/column-type";
import type { SourceColumn, SourceTable } from "@/lib/catalog/source-schema";
import { identitySignals } from "@/lib/discovery/values/identity-signals";
import { otherSignals } from "@/lib/discovery/values/other-signals";
import { plainSql, translation } from "@/lib/discovery/values/plain";
import type { Cells, CellKind, Signal } from "@/lib/discovery/values/signal";
import {
  contactSignals,
  contentSignals,
  moneySignals,
  personSignals,
  secretSignals,
} from "@/lib/discovery/values/text-signals";
import { dictionaryJson } from "@/lib/discovery/values/words";
import { quoteColumn, quoteTable, type SqlFragment, SqlSink } from "@/lib/masking/sql";

/** How many values there are, how many of them differ, and what else is counted rather than asked. */
const counts: readonly { id: string; sql: string }[] = [
  { id: "filled", sql: "count(v)" },
  { id: "distinct", sql: "count(DISTINCT v)" },
  { id: "meanLength", sql: "coalesce(round(avg(n), 1), 0)" },
  { id: "decades", sql: "count(DISTINCT left(v, 3))" },
];

/**
 * PostgreSQL keeps 32 compiled patterns. Asked together, more of them than that would be compiled anew for every row, so
 * each batch passes over the sample apart.
 */
const batches: readonly (readonly Signal[])[] = [
  [...personSignals, ...contactSignals],
  [...moneySignals, ...secretSignals, ...contentSignals],
  identitySignals.slice(0, 16),
  identitySignals.slice(16),
  otherSignals,
];

/** How many rows of a table are looked at. */
export const sampleRows = 500;
/** More columns than these are asked in another statement: their sample would not fit the memory of a sort. */
const columnsAtOnce = 20;
const longestValue = 240;
/** Above so many rows a table is sampled by blocks instead of being read from its start. */
const largeRows = 40 * sampleRows;

/** One statement to a source, the columns it is about, and the signals of each row of its answer. */
export type Question = {
  columns: readonly string[];
  /** By the number of the pass that a row of the answer begins with. */
  passes: readonly (readonly string[])[];
  fragment: SqlFragment;
};

const kinds: Partial<Record<TypeCategory, CellKind>> = {
  text: "text",
  enum: "text",
  number: "number",
  date: "date",
  timestamp: "date",
  json: "document",
  xml: "document",
  composite: "document",
  bytea: "binary",
};

/** How a column is looked at; null for types whose values say nothing that the type does not say. */
export function cellKind(column: Pick<SourceColumn, "type">): CellKind | null {
  const { category, element } = column.type;
  if (category === "array") return element?.category === "text" ? "text" : null;
  return kinds[category] ?? null;
}

/** What every signal says of the values that answer it with yes. */
export const signalWords: ReadonlyMap<string, string> = new Map(
  batches.flat().map(({ id, says }) => [id, says]),
);

/** The statements that ask a table for the rates of these columns: one, or a few for a wide table. */
export function questionsFor(table: SourceTable, columns: readonly SourceColumn[]): Question[] {
  const asked = columns.filter((column) => column.selectable && cellKind(column) !== null);
  const questions: Question[] = [];
  for (let at = 0; at < asked.length; at += columnsAtOnce) {
    questions.push(question(table, asked.slice(at, at + columnsAtOnce)));
  }
  return questions;
}

/**
 * The sample is turned so that each value is a row with the number of its column: every signal is then written once,
 * however many columns there are, and a statement stays short to plan.
 */
function question(table: SourceTable, columns: readonly SourceColumn[]): Question {
  const sink = new SqlSink();
  const from = quoteTable(table.schema, table.table);
  const sampled = columns.map((column, at) => `${valueOf(column)} AS v${at}`).join(", ");
  const turned = columns.map((column, at) => `(${at}, '${cellKind(column) ?? ""}', v${at})`).join(", ");
  const passes = [counts.map(({ sql }) => sql), ...batches.map((batch) => batch.map(counted))];
  const answers = passes.map(
    (list, at) =>
      `SELECT ${at} AS pass, c, array_to_string(ARRAY[${list.join(", ")}], ',') FROM w${wanted(at)} GROUP BY c`,
  );
  // OFFSET 0 keeps each level a level: pulled up, every signal would compute its own digits and words again.
  return {
    columns: columns.map(({ name }) => name),
    passes: [counts.map(({ id }) => id), ...batches.map((batch) => batch.map(({ id }) => id))],
    fragment: sink.statement(`WITH s AS MATERIALIZED (
  SELECT ${sampled} FROM ${from}${tableSample(table)} LIMIT ${sampleRows}
), t AS (
  SELECT u.c, u.kind, u.v, CASE WHEN u.kind IN ('text', 'number') THEN regexp_replace(u.v, '\\D', '', 'g') END AS d,
    CASE WHEN u.kind = 'text' THEN ${plainSql("left(u.v, 120)", sink.bind(translation.from, "text"), sink.bind(translation.to, "text"))} END AS p
  FROM s CROSS JOIN LATERAL (VALUES ${turned}) AS u(c, kind, v) OFFSET 0
), w AS MATERIALIZED (
  SELECT t.*, length(v) AS n, length(d) AS g, length(v) - length(replace(v, ' ', '')) + 1 AS k, ${lookUp}
  FROM t CROSS JOIN (SELECT ${sink.bind(dictionaryJson(), "text")}::jsonb AS words OFFSET 0) AS dictionary
)
SELECT -1 AS pass, -1 AS c, count(*)::text FROM s UNION ALL
${answers.join(" UNION ALL\n")}`),
  };
}

const find = (word: string) => `(dictionary.words ->> ${word})::int`;
const words = "replace(p, ',', '')";
const lookUp = [
  `coalesce(${find("p")}, 0) AS m`,
  `coalesce(${find(`split_part(${words}, ' ', 1)`)}, ${find(`split_part(split_part(${words}, ' ', 1), '-', 1)`)}, 0) AS f`,
  `coalesce(${find(`substring(${words} FROM '[^ ]+$')`)}, ${find(`substring(${words} FROM '[^ -]+$')`)}, 0) AS l`,
].join(", ");

const cells: Cells = {
  v: "v",
  d: "d",
  p: "p",
  whole: "m",
  first: "f",
  last: "l",
  length: "n",
  digits: "g",
  words: "k",
};

/** How many values say yes; a value that is not there says nothing. */
function counted({ on, gate, sql }: Signal): string {
  const kind = on.map((one) => `kind = '${one}'`).join(" OR ");
  return `count(*) FILTER (WHERE (${kind}) AND ${gate === undefined ? "" : `${gate(cells)} AND `}(${sql(cells)}))`;
}

/** The kinds that a pass has signals for, as a condition. */
function wanted(pass: number): string {
  const batch = batches[pass - 1];
  if (batch === undefined) return "";
  const list = new Set(batch.flatMap(({ on }) => on));
  return ` WHERE kind IN (${[...list].map((kind) => `'${kind}'`).join(", ")})`;
}

/** Large tables are sampled by blocks, with room for rows that are gone; small ones are read from their start. */
function tableSample(table: SourceTable): string {
  const canSample = table.kind !== "view" && table.kind !== "foreign";
  if (!canSample || table.estimatedRows === null || table.estimatedRows < largeRows) return "";
  const percent = Math.max(0.001, (400 * sampleRows) / table.estimatedRows);
  return percent >= 100 ? "" : ` TABLESAMPLE SYSTEM (${percent.toFixed(4)})`;
}

function valueOf({ name, type }: SourceColumn): string {
  const column = quoteColumn(name);
  const value =
    type.category === "array"
      ? `array_to_string((${column})[array_lower(${column}, 1):array_lower(${column}, 1)], '')`
      : type.category === "bytea"
        ? `encode(substring(${column} FROM 1 FOR 16), 'hex')`
        : `${column}::text`;
  return `nullif(btrim(left(${value}, ${longestValue})), '') COLLATE "C"`;
}
