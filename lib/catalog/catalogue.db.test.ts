import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/auth/context";
import type { AddedSource } from "@/lib/catalog/add-source";
import { proposedMask } from "@/lib/catalog/classes";
import { confirmColumns } from "@/lib/catalog/confirm-columns";
import { confirmProposals } from "@/lib/catalog/confirm-proposals";
import { listTables } from "@/lib/catalog/list-tables";
import { openSource } from "@/lib/catalog/open-source";
import { maskedColumn } from "@/lib/catalog/projection";
import { readTable } from "@/lib/catalog/read-table";
import { addWholeSource, scanSource } from "@/lib/catalog/scan-source";
import { compileUnchanged } from "@/lib/catalog/unchanged";
import { env } from "@/lib/env";
import { compileProjection } from "@/lib/masking/compile";
import { maskKeyring } from "@/lib/masking/keys";
import { quoteTable, SqlSink } from "@/lib/masking/sql";
import { parseSourceUrl } from "@/lib/source/connection";
import { closeAllPools } from "@/lib/source/pool";
import { runSelect } from "@/lib/source/run-select";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { keepsPromises } from "@/lib/testing/kept-promises";
import { loadSql, type TestDatabase } from "@/lib/testing/database";

const control = useControlDatabase();
keepsPromises(control);
/** How many tables and views, and columns, each dump holds. */
const samples = { pagila: [30, 173], chinook: [11, 64], northwind: [14, 92] } as const;
type Name = keyof typeof samples;
const databases = new Map<Name, TestDatabase>();
let sam: Context;
let ana: Context;

beforeAll(async () => {
  sam = await signedIn(control, { name: "Sam", roles: ["steward"] });
  ana = await signedIn(control, { name: "Ana", roles: ["agent"] });
});
afterAll(async () => {
  await closeAllPools();
  for (const database of databases.values()) await database.drop();
});

async function add(name: Name): Promise<AddedSource> {
  const database = await loadSql(name);
  databases.set(name, database);
  const parsed = parseSourceUrl(database.url);
  if (!parsed.ok) throw new Error(parsed.words);
  return addWholeSource(sam, { name, slug: "", connection: parsed.parts });
}

/** First in bulk what is likely, then the rest of each table as a steward would who agrees with every guess. */
async function confirmAll({ id: sourceId }: AddedSource): Promise<number> {
  let { count } = await confirmProposals(sam, { sourceId, atLeast: "likely" });
  const [listed] = (await listTables(sam, "catalog")).filter((entry) => entry.id === sourceId);
  for (const { id: tableId } of listed?.tables ?? []) {
    const { columns } = await readTable(sam, { tableId }, "catalog");
    const choices = columns
      .filter((column) => column.state === "unconfirmed")
      .map(({ id, version, type, proposal: { classId } }) => ({
        id,
        version,
        classId,
        mask: proposedMask(classId, type),
      }));
    if (choices.length > 0) count += (await confirmColumns(sam, { sourceId, choices })).count;
  }
  return count;
}

describe.each(Object.keys(samples) as Name[])("%s", (name) => {
  let source: AddedSource;
  beforeAll(async () => {
    source = await add(name);
  });

  test("is scanned whole, and every column is hidden until it is confirmed", async () => {
    const [listed] = (await listTables(ana)).filter((entry) => entry.id === source.id);
    const tables = await Promise.all(
      (listed?.tables ?? []).map((table) => readTable(ana, { tableId: table.id })),
    );
    expect([source.scanned.tables, source.scanned.columns]).toEqual(samples[name]);
    expect(tables.length).toBe(source.scanned.tables);
    for (const table of tables) {
      expect(table.columns.length, table.name).toBeGreaterThan(0);
      for (const column of table.columns) {
        expect(column.shown).toEqual({ mask: { method: "hidden" }, why: "unconfirmed" });
      }
    }
  });

  test("every table reads after all of its columns are confirmed", async () => {
    const confirmed = await confirmAll(source);
    expect(confirmed).toBe(source.scanned.columns);
    const pool = await openSource(ana.db, { id: source.id });
    const keys = maskKeyring(env().rootKey, { id: source.id, keyVersion: 1 });
    const [listed] = (await listTables(ana)).filter((entry) => entry.id === source.id);
    for (const { id } of listed?.tables ?? []) {
      const table = await readTable(ana, { tableId: id });
      const sink = new SqlSink();
      const select = compileProjection(table.columns.map(maskedColumn), keys, sink);
      const unchanged = compileUnchanged(table, table.columns, sink);
      const from = quoteTable(table.schema, table.name);
      const statement = sink.statement(`SELECT ${select} FROM ${from} WHERE ${unchanged} LIMIT 20`);
      const reading = runSelect(pool, statement, { timeoutMs: 10_000 });
      // Pagila's dump makes this one WITH NO DATA and never fills it.
      if (table.name === "rental_by_category") {
        await expect(reading).rejects.toMatchObject({ reason: "not-filled" });
        continue;
      }
      const rows = await reading;
      for (const row of rows) expect(row.length, table.name).toBe(table.columns.length);
    }
  });

  test("a second scan finds nothing new", async () => {
    expect(await scanSource(sam, { sourceId: source.id })).toEqual({
      ...source.scanned,
      newTables: 0,
      newColumns: 0,
      changedColumns: 0,
      goneTables: 0,
      goneColumns: 0,
      endedGrants: 0,
    });
  });
});
