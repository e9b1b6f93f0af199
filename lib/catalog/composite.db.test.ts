import postgres from "postgres";
import { afterAll, expect, test } from "vitest";
import { openSource } from "@/lib/catalog/open-source";
import { readTable } from "@/lib/catalog/read-table";
import { scanSource } from "@/lib/catalog/scan-source";
import { compileUnchanged } from "@/lib/catalog/unchanged";
import type { Mask } from "@/lib/masking/mask";
import { SqlSink } from "@/lib/masking/sql";
import { closeAllPools } from "@/lib/source/pool";
import { runSelect } from "@/lib/source/run-select";
import { addedSource, confirmed } from "@/lib/testing/catalogue";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { emptySource } from "@/lib/testing/database";

const control = useControlDatabase();
const clear: Mask = { method: "clear" };
afterAll(closeAllPools);

test("a composite column shows nothing from the moment its type is altered, and the next scan suspends it", async () => {
  const sam = await signedIn(control, { name: "Sam", roles: ["steward"] });
  const database = await emptySource();
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  await owner.unsafe(`
    CREATE TYPE spot AS (lat numeric); CREATE TYPE place AS (city text, spot spot);
    CREATE TABLE people (id int PRIMARY KEY, home place, others place[]);
    INSERT INTO people VALUES (1, ROW('Bonn', NULL), NULL)`);
  const source = await addedSource(sam, "Places", database.url);
  const names = { source: source.slug, schema: "public", table: "people" };
  const confirm = () => confirmed(sam, names, { home: ["city", clear], others: ["city", clear] });
  const shown = async () => {
    const table = await readTable({ ...sam }, names, "catalog");
    return table.columns.map((column) => `${column.name} ${column.shown.mask.method} ${column.shown.why}`);
  };
  const suspended = ["id hidden unconfirmed", "home hidden suspended", "others hidden suspended"];

  const table = await confirm();
  const pool = await openSource(sam.db, { id: source.id });
  const read = () => {
    const sink = new SqlSink();
    const home = table.columns.filter(({ name }) => name === "home");
    const unchanged = compileUnchanged(table, home, sink);
    const statement = sink.statement(`SELECT home::text FROM public.people WHERE ${unchanged}`);
    return runSelect(pool, statement, { timeoutMs: 5_000 });
  };
  expect(await read()).toEqual([["(Bonn,)"]]);

  await owner`ALTER TYPE place ADD ATTRIBUTE diagnosis text`;
  await expect(read()).rejects.toMatchObject({ reason: "column-gone" });
  expect(await scanSource(sam, { sourceId: source.id })).toMatchObject({ changedColumns: 2 });
  expect(await shown()).toEqual(suspended);

  await confirm();
  await owner`ALTER TYPE spot ADD ATTRIBUTE note text`;
  expect(await scanSource(sam, { sourceId: source.id })).toMatchObject({ changedColumns: 2 });
  expect(await shown()).toEqual(suspended);
  await owner.end();
  await closeAllPools();
  await database.drop();
});
