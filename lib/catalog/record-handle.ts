import type { ColumnType, TypeCategory } from "@/lib/catalog/column-type";
import { compileHmac } from "@/lib/masking/hmac";
import type { MaskKeys } from "@/lib/masking/keys";
import { bindAs, comparableText, quoteColumn, type SqlSink } from "@/lib/masking/sql";

/** A column of the key that names a record. */
export type KeyColumn = { name: string; type: ColumnType };

/** What names one record of a table: the text of its key columns in order, or a keyed token of them. */
export type RecordKey = { kind: "values"; values: string[] } | { kind: "token"; token: string };

const longestHandle = 4_096;
const longestKeyBytes = 3_000;
const tokenShape = /^t_[0-9a-f]{32}$/u;

/** The handle of a record for URLs and forms; `parseHandle` reads it back to the same key. */
export function encodeHandle(key: RecordKey): string {
  if (key.kind === "token") return key.token;
  return Buffer.from(JSON.stringify(key.values)).toString("base64url");
}

/** Reads a handle that may be forged: null for all that `encodeHandle` would not have written. */
export function parseHandle(handle: string): RecordKey | null {
  if (handle.length > longestHandle) return null;
  if (tokenShape.test(handle)) return { kind: "token", token: handle };
  const values = parseValues(Buffer.from(handle, "base64url").toString("utf8"));
  if (values === null || values.some((value) => value.includes("\0"))) return null;
  const key: RecordKey = { kind: "values", values };
  return encodeHandle(key) === handle ? key : null;
}

function parseValues(json: string): string[] | null {
  try {
    const values: unknown = JSON.parse(json);
    if (!Array.isArray(values) || values.length === 0) return null;
    return values.every((value) => typeof value === "string") ? values : null;
  } catch {
    return null;
  }
}

/**
 * The SQL expression, of type text, for the handle of a row. Keys whose columns are not all clear leave the
 * source as a keyed token only (design §5); null for a key too long to name anything.
 */
export function compileHandle(
  columns: readonly KeyColumn[],
  allClear: boolean,
  sink: SqlSink,
  keys?: MaskKeys,
): string {
  const json = keyJson(columns);
  if (!allClear) return compileToken(json, sink, keys);
  const base64 = `translate(encode(convert_to(${json}, 'UTF8'), 'base64'), E'+/=\\n', '-_')`;
  return `CASE WHEN octet_length(${json}) <= ${longestKeyBytes} THEN ${base64} END`;
}

function compileToken(json: string, sink: SqlSink, keys: MaskKeys | undefined): string {
  if (keys === undefined) throw new RangeError("A key that is not clear needs the keys of its handle.");
  return `'t_' || left(encode(${compileHmac(json, keys, sink)}, 'hex'), 32)`;
}

/** The JSON array of the key's texts, byte for byte as `JSON.stringify` writes it. */
function keyJson(columns: readonly KeyColumn[]): string {
  if (columns.length === 0) throw new RangeError("A record without a key has no handle.");
  const members = columns.map(({ name }) => `to_json(${comparableText(quoteColumn(name))})::text`);
  return `('[' || ${members.join(" || ',' || ")} || ']')`;
}

/**
 * The WHERE condition that finds the records of some handles, by index where keys are clear. A handle of the
 * other kind, or of another number of values, matches nothing; a value that is none of the column's type makes
 * the source refuse with a SQLSTATE of class 22, which is the failure `bad-value`.
 */
export function compileHandleMatch(
  columns: readonly KeyColumn[],
  allClear: boolean,
  records: readonly RecordKey[],
  sink: SqlSink,
  keys?: MaskKeys,
): string {
  if (!allClear) {
    return `${compileToken(keyJson(columns), sink, keys)} = ANY (${sink.bind(tokensOf(records), "text[]")})`;
  }
  const conditions = records.flatMap((record) =>
    record.kind === "values" && record.values.length === columns.length
      ? [
          `(${columns.map((column, index) => matchValue(column, record.values[index] ?? "", sink)).join(" AND ")})`,
        ]
      : [],
  );
  return conditions.length === 0 ? "FALSE" : `(${conditions.join(" OR ")})`;
}

/** The tokens among some keys of records. */
export function tokensOf(records: readonly RecordKey[]): string[] {
  return records.flatMap((record) => (record.kind === "token" ? [record.token] : []));
}

const comparable: ReadonlySet<TypeCategory> = new Set([
  "text",
  "number",
  "boolean",
  "date",
  "timestamp",
  "time",
  "uuid",
  "enum",
  "bytea",
  "inet",
  "interval",
  "money",
  "bit",
]);

/** Typed, so that the key's index serves it, and as text, so that 01 does not name the record 1. */
function matchValue({ name, type }: KeyColumn, value: string, sink: SqlSink): string {
  const column = quoteColumn(name);
  const text = sink.bind(value, "text");
  const sameText = `${comparableText(column)} = ${text}`;
  if (!comparable.has(type.category)) return sameText;
  return `${column} = ${bindAs(type.base, value, sink)} AND ${sameText}`;
}
