import { inspect } from "node:util";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeHandle } from "@/lib/catalog/record-handle";
import { Coverage, type LockedGrant } from "@/lib/grants/coverage";
import type { GrantedField } from "@/lib/grants/grant";
import { maskKeys } from "@/lib/masking/keys";
import { introspect } from "@/lib/source/introspect";
import type { SourcePool } from "@/lib/source/pool";
import type { RawTable } from "@/lib/source/raw-query";
import { readRaw } from "@/lib/source/read-raw";
import { emptySource, type TestDatabase } from "@/lib/testing/database";
import { testPool, testRootKey } from "@/lib/testing/masked-values";

let database: TestDatabase;
let pool: SourcePool;
let table: RawTable;

beforeAll(async () => {
  database = await emptySource();
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
  await owner
    .unsafe(`CREATE TABLE person (id int PRIMARY KEY, name text, email text, photo bytea, born date, long text);
    INSERT INTO person VALUES (1, 'Jane Roe', 'jane.roe@example.com', '\\x00ff', '1984-02-29', repeat('é', 1000100)),
      (2, 'Max Doe', NULL, NULL, NULL, ''), (3, 'Not Asked For', 'no@example.com', NULL, NULL, '')`)
    .simple();
  await owner.end();
  pool = testPool(database.url);
  const [person] = (await introspect(pool)).tables;
  const columns = (person?.columns ?? []).map(({ name, ordinal, type }) => ({
    id: `column ${name}`,
    name,
    ordinal,
    type,
    shown: { mask: { method: "redact" as const } },
  }));
  const handle = {
    columns: columns.slice(0, 1),
    allClear: true,
    keys: maskKeys(testRootKey, { id: "s", keyVersion: 1 }, "handle"),
  };
  table = { id: "table", schema: "public", name: "person", handle, columns };
});

afterAll(async () => {
  await pool.end({ timeout: 1 });
  await database.drop();
});

const field = (
  column: string,
  level: "partial" | "full" = "full",
  classId = "person_name",
): GrantedField => ({
  columnId: `column ${column}`,
  column,
  typeName: "",
  classId,
  sensitivity: 2,
  level,
});

function coverageOf(records: string[], fields: GrantedField[], secondsLeft = 60): Coverage {
  const now = new Date("2026-01-01T00:00:00Z");
  const endsAt = new Date(now.getTime() + secondsLeft * 1_000);
  const grant: LockedGrant = {
    id: "grant",
    holderId: "ana",
    sourceId: "source",
    tableId: "table",
    records,
    fields,
    state: "active",
    notBefore: null,
    activateBy: endsAt,
    endsAt,
    sessionId: null,
    now,
  };
  return Coverage.ofLockedGrant(grant, { personId: "ana", sessionId: null });
}

const record = (id: number) => encodeHandle({ kind: "values", values: [String(id)] });

async function opened(coverage: Coverage, of: RawTable = table): Promise<[string, string, string | null][]> {
  const cells = (await readRaw(pool, coverage, of)).map((cell) => cell.open(coverage));
  return cells.map(({ record: name, columnId, value }) => [name, columnId, value]);
}

test("reads the granted fields of the granted records and nothing else", async () => {
  const coverage = coverageOf([record(1), record(2)], [field("name"), field("email")]);
  const cells = await opened(coverage);
  expect(cells).toHaveLength(4);
  expect(new Map(cells.map(([row, columnId, value]) => [`${row} ${columnId}`, value]))).toEqual(
    new Map([
      [`${record(1)} column name`, "Jane Roe"],
      [`${record(1)} column email`, "jane.roe@example.com"],
      [`${record(2)} column name`, "Max Doe"],
      [`${record(2)} column email`, null],
    ]),
  );
});

test("a partial level never brings the whole value", async () => {
  const coverage = coverageOf(
    [record(1)],
    [
      field("name", "partial"),
      field("email", "partial", "email"),
      field("born", "partial", "birth_date"),
      field("photo", "partial"),
    ],
  );
  const cells = await opened(coverage);
  expect(cells.map(([, , value]) => value)).toEqual(["J. R.", "j•••••@example.com", "1984", "•••••••"]);
});

test("binary comes as size and hex, and a value beyond a million characters is cut with its length", async () => {
  const cells = await opened(coverageOf([record(1)], [field("photo"), field("long")]));
  expect(cells[0]?.[2]).toBe("‹2 bytes› 00ff");
  expect(cells[1]?.[2]).toBe(`${"é".repeat(1_000_000)}… ‹1000100 characters›`);
});

test("what comes is sealed: it is not seen by printing, as JSON or by another coverage", async () => {
  const coverage = coverageOf([record(1)], [field("name")]);
  const [cell] = await readRaw(pool, coverage, table);
  expect(`${inspect(cell, { showHidden: true, depth: 9 })}${JSON.stringify(cell)}`).not.toContain("Jane");
  expect(() => cell?.open(coverageOf([record(2)], [field("name")]))).toThrow("does not cover");
});

test("a table whose key is hidden is read by tokens", async () => {
  const hiddenKey: RawTable = { ...table, handle: { ...table.handle, allClear: false } };
  const tokens = await tokensOf();
  const cells = await opened(coverageOf([tokens[0] ?? ""], [field("name")]), hiddenKey);
  expect(cells).toEqual([[tokens[0], "column name", "Jane Roe"]]);
  expect(await opened(coverageOf([record(1)], [field("name")]), hiddenKey)).toEqual([]);
});

async function tokensOf(): Promise<string[]> {
  const { createHmac, hkdfSync } = await import("node:crypto");
  const info = JSON.stringify(["glimpse mask", "s", "handle"]);
  const key = Buffer.from(hkdfSync("sha256", testRootKey, Buffer.alloc(0), info, 32));
  return ["1", "2"].map(
    (id) =>
      `t_${createHmac("sha256", key)
        .update(JSON.stringify([id]))
        .digest("hex")
        .slice(0, 32)}`,
  );
}

describe("nothing is read", () => {
  test("without a coverage that was made from a locked grant", async () => {
    const real = coverageOf([record(1)], [field("name")]);
    const forged = Object.assign(Object.create(Coverage.prototype) as Coverage, { ...(real as object) });
    await expect(readRaw(pool, forged, table)).rejects.toThrow("Not a coverage");
    await expect(readRaw(pool, structuredClone(real), table)).rejects.toThrow("Not a coverage");
  });

  test("from another table than the grant's", async () => {
    await expect(
      opened(coverageOf([record(1)], [field("name")]), { ...table, id: "other" }),
    ).rejects.toMatchObject({ reason: "table-gone" });
  });

  test("of a column that is gone, or a record that cannot be one", async () => {
    await expect(opened(coverageOf([record(1)], [field("gone")]))).rejects.toMatchObject({
      reason: "column-gone",
    });
    await expect(opened(coverageOf(["no handle"], [field("name")]))).rejects.toMatchObject({
      reason: "column-gone",
    });
    expect(await opened(coverageOf([record(99)], [field("name")]))).toEqual([]);
  });
});
