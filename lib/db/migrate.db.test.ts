import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { migrate } from "@/lib/db/migrate";
import { testDatabase, type TestDatabase } from "@/lib/testing/database";

let database: TestDatabase;
let superuser: postgres.Sql;

beforeAll(async () => {
  database = await testDatabase();
  superuser = postgres(database.superuserUrl, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await superuser.end();
  await database.drop();
});
beforeEach(async () => {
  await superuser`GRANT CREATE ON SCHEMA public TO PUBLIC`;
});

const mayMake = async () =>
  (await superuser`SELECT has_schema_privilege('glimpse_app', 'public', 'CREATE') AS may`)[0]?.["may"];

test("an update takes from everybody the right to make functions beside ours, as a database of PostgreSQL 14 gives it", async () => {
  await migrate(database.ownerUrl);
  expect(await mayMake()).toBe(false);
});

test("where it cannot, it does nothing and says what to do", async () => {
  await superuser`ALTER SCHEMA public OWNER TO CURRENT_USER`;
  await superuser`GRANT CREATE ON SCHEMA public TO glimpse_owner`;
  await expect(migrate(database.ownerUrl)).rejects.toThrow("ALTER SCHEMA public OWNER TO glimpse_owner");
  expect(await mayMake()).toBe(true);
  await superuser`ALTER SCHEMA public OWNER TO glimpse_owner`;
});
