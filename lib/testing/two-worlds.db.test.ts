import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ColumnType } from "@/lib/catalog/column-type";
import { proposedMask } from "@/lib/catalog/classes";
import type { SourceTable } from "@/lib/catalog/source-schema";
import { compileMask } from "@/lib/masking/compile";
import { kindIdOf } from "@/lib/masking/kind";
import { maskKinds } from "@/lib/masking/mask";
import { quoteIdentifier, rowAlias, SqlSink } from "@/lib/masking/sql";
import { introspect } from "@/lib/source/introspect";
import type { SourcePool } from "@/lib/source/pool";
import { runSelect } from "@/lib/source/run-select";
import { demoSource, type TestDatabase } from "./database";
import { demoLabels } from "./demo-labels";
import { testKeys, testPool } from "./masked-values";
import { makeOtherWorld, type MaskedColumn } from "./two-worlds";

type Column = MaskedColumn & { type: ColumnType };
/** Checksums over all rows of a column in order: as it shows, and as it is. */
type Seen = { masked: string; raw: string };

/** Tables that would only cost time: what they hide is of kinds that other tables have too. */
const large = ["login_events", "order_items", "orders", "lab_results", "consents"];

let source: TestDatabase;
let pool: SourcePool;
let columns: Column[];
let left: Set<string>;
let before: Map<string, Seen>;
let after: Map<string, Seen>;

beforeAll(async () => {
  source = await demoSource();
  pool = testPool(source.url);
  const tables = (await introspect(pool)).tables.filter(
    ({ kind, table }) => (kind === "table" || kind === "partitioned") && !large.includes(table),
  );
  columns = tables.flatMap(columnsOf);
  before = await seen(tables);
  const sql = postgres(source.ownerUrl, { max: 1, onnotice: () => {} });
  left = new Set((await makeOtherWorld(sql, columns)).map(nameOf));
  await sql.end();
  after = await seen(tables);
}, 240_000);

afterAll(async () => {
  await pool.end();
  await source.drop();
});

test("another world looks the same under its masks, row by row", () => {
  const different = columns
    .map(nameOf)
    .filter((name) => before.get(name)?.masked !== after.get(name)?.masked);
  expect(different).toEqual([]);
});

test("another world is another behind every mask that it was not made to leave", () => {
  const same = columns.map(nameOf).filter((name) => before.get(name)?.raw === after.get(name)?.raw);
  expect(same.filter((name) => !left.has(name))).toEqual([]);
});

test("it leaves alone what is clear, pseudonyms, places, what holds several values, files, and sensitive keys", () => {
  const others = columns.filter(({ mask }) => !unfollowed.has(kindIdOf(mask))).map(nameOf);
  expect(others.filter((name) => left.has(name)).toSorted()).toEqual([...files, ...sensitiveKeys].toSorted());
});

const unfollowed = new Set([
  "clear",
  ...maskKinds.filter(({ openness }) => openness === "pseudonym").map(({ id }) => id),
  "generalise place",
  "generalise network",
  "generalise zip3",
  "document",
  "elements",
  "bounds",
]);

const files = ["care.biometrics.template", "hr.employees.photo", "public.documents.content"];

const sensitiveKeys = ["hr.vehicles.vin", "public.newsletter_subscribers.email"];

function nameOf({ schema, table, column }: MaskedColumn): string {
  return `${schema}.${table}.${column}`;
}

function columnsOf({ schema, table, columns: own }: SourceTable): Column[] {
  const classes = new Map(
    demoLabels.map((label) => [nameOf({ ...label, mask: { method: "hidden" } }), label.classId]),
  );
  return own.map(({ name, type }) => {
    const classId = classes.get(`${schema}.${table}.${name}`) ?? "none";
    return { schema, table, column: name, type, mask: proposedMask(classId, type) };
  });
}

async function seen(tables: readonly SourceTable[]): Promise<Map<string, Seen>> {
  const found = new Map<string, Seen>();
  for (const { schema, table, primaryKey } of tables) {
    const own = columns.filter((column) => column.schema === schema && column.table === table);
    const sink = new SqlSink();
    const order = (primaryKey ?? ["ctid"]).map(quoteIdentifier).join(", ");
    const sums = own.flatMap(({ column, type, mask }) => {
      const shown = compileMask({ name: column, type, keys: testKeys }, mask, sink);
      return [shown, `${quoteIdentifier(column)}::text`].map(
        (text) => `md5(string_agg(coalesce(md5(${text}), '-'), '' ORDER BY ${order}))`,
      );
    });
    const from = `${quoteIdentifier(schema)}.${quoteIdentifier(table)} AS ${quoteIdentifier(rowAlias)}`;
    const statement = sink.statement(`SELECT ${sums.join(", ")} FROM ${from}`);
    const [row = []] = await runSelect(pool, statement, { timeoutMs: 60_000 });
    own.forEach((column, at) =>
      found.set(nameOf(column), { masked: row[2 * at] ?? "", raw: row[2 * at + 1] ?? "" }),
    );
  }
  return found;
}
