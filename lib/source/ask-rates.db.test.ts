import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { columnsToAsk } from "@/lib/discovery/discover";
import { questionsFor } from "@/lib/discovery/values/question";
import { parseSourceUrl } from "@/lib/source/connection";
import { discover } from "@/lib/source/discover";
import { introspect } from "@/lib/source/introspect";
import { openPool } from "@/lib/source/pool";
import { runSelect } from "@/lib/source/run-select";
import { type Canary, demoCanaries, findCanaries } from "@/lib/testing/canaries";
import { demoSource, emptySource, type TestDatabase } from "@/lib/testing/database";
import { testPool } from "@/lib/testing/masked-values";
import { openWireTap, type WireTap } from "@/lib/testing/wire-tap";

let demo: TestDatabase;
let canaries: Canary[];
let tap: WireTap;

beforeAll(async () => {
  demo = await demoSource();
  const owner = postgres(demo.superuserUrl, { max: 1 });
  canaries = await demoCanaries(owner);
  await owner.end();
  const { hostname, port } = new URL(demo.url);
  tap = await openWireTap({ host: hostname, port: Number(port) });
}, 240_000);
afterAll(async () => {
  await tap.close();
  await demo.drop();
});

/** The address of the demo source by way of the tap. */
function tapped() {
  const url = new URL(demo.url);
  url.hostname = "127.0.0.1";
  url.port = String(tap.port);
  const parsed = parseSourceUrl(url.href);
  if (!parsed.ok) throw new Error(parsed.words);
  return { ...parsed.parts, tls: { mode: "disable" as const } };
}

test("no value crosses the wire to be discovered, not even of the records that are marked (law 2)", async () => {
  tap.clear();
  const { rates } = await discover(tapped());
  expect(rates.size).toBeGreaterThan(20);
  expect(canaries.length).toBeGreaterThan(1_000);
  expect(findCanaries(tap.fromServer(), canaries).map(({ table, column }) => `${table}.${column}`)).toEqual(
    [],
  );
  // The tap sees what there is to see: one value, read on purpose, is found.
  const [marked] = canaries.filter(({ column }) => column === "email");
  const pool = openPool(tapped(), 1);
  await pool.unsafe(`SELECT '${marked?.raw ?? ""}'`);
  await pool.end();
  expect(findCanaries(tap.fromServer(), canaries)).not.toEqual([]);
});

test("every cell that a question is answered with is a list of numbers", async () => {
  const pool = testPool(demo.url);
  const schema = await introspect(pool);
  const ask = columnsToAsk(schema);
  let cells = 0;
  for (const table of schema.tables.filter(({ selectable }) => selectable)) {
    for (const { fragment } of questionsFor(table, ask(table))) {
      for (const cell of (await runSelect(pool, fragment, { timeoutMs: 20_000 })).flat()) {
        expect(cell).toMatch(/^-?[0-9]+(\.[0-9]+)?(,[0-9]+(\.[0-9]+)?)*$/u);
        cells++;
      }
    }
  }
  await pool.end();
  expect(cells).toBeGreaterThan(1_000);
});

test("one statement asks a table of twenty columns, and reads a part of one that is large", async () => {
  const database = await emptySource();
  const owner = postgres(database.ownerUrl, { max: 1 });
  const columns = Array.from({ length: 20 }, (_, at) => `c${at} text`).join(", ");
  await owner.unsafe(`CREATE TABLE wide (${columns}); CREATE TABLE large AS
    SELECT 'a' || n || '@example.com' AS mail FROM generate_series(1, 200000) AS n; ANALYZE large`);
  const pool = testPool(database.url);
  const schema = await introspect(pool);
  const questions = schema.tables.map((table) => questionsFor(table, columnsToAsk(schema)(table)));
  expect(questions.map((list) => list.length)).toEqual([1, 1]);
  expect(questions.flat().some(({ fragment }) => fragment.text.includes("TABLESAMPLE SYSTEM"))).toBe(true);
  const { rates } = await discover({ ...tappedTo(database) });
  const [mail] = [...(rates.get('["public","large"]')?.values() ?? [])];
  expect(mail?.filled).toBe(500);
  expect(mail?.rates.get("email")).toBe(1);
  await Promise.all([owner.end(), pool.end()]);
  await database.drop();
});

function tappedTo(database: TestDatabase) {
  const parsed = parseSourceUrl(database.url);
  if (!parsed.ok) throw new Error(parsed.words);
  return parsed.parts;
}

test("a table whose statement fails is left out, and the others are answered", async () => {
  const database = await emptySource();
  const owner = postgres(database.ownerUrl, { max: 1 });
  await owner.unsafe(`CREATE TABLE good (mail text); INSERT INTO good VALUES ('a@example.com');
    CREATE VIEW broken AS SELECT (1 / (length(mail) - length(mail)))::text AS c FROM good`);
  const { rates, schema } = await discover(tappedTo(database));
  expect(schema.tables.length).toBe(2);
  expect([...rates.keys()]).toEqual(['["public","good"]']);
  await owner.end();
  await database.drop();
});
