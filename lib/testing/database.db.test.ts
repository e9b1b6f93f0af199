import postgres from "postgres";
import { afterAll, describe, expect, test } from "vitest";
import { loadSql, testDatabase, type TestDatabase } from "./database";

const made: TestDatabase[] = [];
afterAll(async () => {
  for (const database of made) await database.drop();
});

test("two test databases are apart, and the application does not own its own", async () => {
  const [one, two] = await Promise.all([testDatabase(), testDatabase()]);
  made.push(one, two);
  expect(one.name).not.toBe(two.name);
  const sql = postgres(one.url, { max: 1 });
  const [me] = await sql`select current_user as name, pg_get_userbyid(datdba) as owner
    from pg_database where datname = current_database()`;
  await sql.end();
  expect(me).toEqual({ name: "glimpse_web", owner: "glimpse_owner" });
});

describe.each([
  ["pagila", { customer: 599, payment: 16049, rental: 16044, film: 1000 }],
  ["chinook", { customer: 59, invoice_line: 2240, track: 3503 }],
  ["northwind", { customers: 91, orders: 830, order_details: 2155, employees: 9 }],
] as const)("%s", (name, counts) => {
  test("loads whole and its reader can read and not write", async () => {
    const database = await loadSql(name);
    made.push(database);
    const sql = postgres(database.url, { max: 1 });
    for (const [table, rows] of Object.entries(counts)) {
      const [found] = await sql`select count(*)::int as rows from ${sql("public")}.${sql(table)}`;
      expect.soft(found?.["rows"], table).toBe(rows);
    }
    const table = Object.keys(counts)[0] ?? "";
    await sql`set default_transaction_read_only = off`;
    await expect(sql`delete from public.${sql(table)}`).rejects.toMatchObject({ code: "42501" });
    await sql.end();
  });
});
