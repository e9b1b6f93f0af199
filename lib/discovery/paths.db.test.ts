import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { builtInClasses } from "@/lib/catalog/classes";
import { type DocumentPaths, pathQuestion, readPaths } from "@/lib/discovery/paths";
import { parseSourceUrl } from "@/lib/source/connection";
import { openPool, type SourcePool } from "@/lib/source/pool";
import { runSelect } from "@/lib/source/run-select";
import { typeOf } from "@/lib/testing/catalog-table";
import { emptySource, type TestDatabase } from "@/lib/testing/database";

let database: TestDatabase;
let pool: SourcePool;

beforeAll(async () => {
  database = await emptySource();
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  await owner
    .unsafe(`CREATE TABLE profiles (id int PRIMARY KEY, doc jsonb, raw json);
      INSERT INTO profiles SELECT n, jsonb_build_object('plan', 'plan-' || n, 'logins', n, 'home',
          jsonb_build_object('email', 'canary' || n || '@example.test', 'open', true), 'tags', '["canary"]'::jsonb)
        || jsonb_build_object('canary' || n || '@example.test', n)
        || CASE WHEN n <= 10 THEN '{"rareCanary": 1}' ELSE '{}' END::jsonb,
        json_build_object('plan', n) FROM generate_series(1, 100) n;
      INSERT INTO profiles VALUES (101, '7', '{"plan":"\\u0000"}'), (102, '["canary"]', '{"plan":1e999999}'),
        (103, NULL, '{"plan":1, "plan":2}'), (104, 'null', NULL);
      CREATE TABLE mail (id int PRIMARY KEY, doc jsonb);
      INSERT INTO mail SELECT n, jsonb_build_object('anna@example.test', 1, 'x y', 2, 'plain', 3) FROM generate_series(1, 40) n;
      CREATE TABLE few (id int PRIMARY KEY, doc jsonb); INSERT INTO few VALUES (1, '{"canary": 1}')`)
    .simple();
  await owner.end();
  const parsed = parseSourceUrl(database.url);
  if (!parsed.ok) throw new Error(parsed.words);
  pool = openPool(parsed.parts, 1);
});

afterAll(async () => {
  await pool.end({ timeout: 1 });
  await database.drop();
});

async function ask(table: string, name: string, type = typeOf("json")) {
  const question = pathQuestion({ schema: "public", name: table }, { name, type });
  const answer = await runSelect(pool, question, { timeoutMs: 5_000 });
  return { answer: JSON.stringify(answer), found: readPaths(answer, builtInClasses) };
}
const names = ({ paths }: DocumentPaths) => paths.map(({ path, kind }) => `${path.join(".")} ${kind}`).sort();

test("paths that many documents have are named with their share and what is proposed for them", async () => {
  const { found } = await ask("profiles", "doc");
  expect(names(found)).toEqual(
    [
      "home object",
      "home.email text",
      "home.open yes or no",
      "logins number",
      "plan text",
      "tags list",
    ].sort(),
  );
  expect(found.documents).toBe(103);
  const email = found.paths.find(({ path }) => path.join(".") === "home.email");
  expect(email?.share).toBeCloseTo(100 / 103);
  expect(email?.proposal.classId).toBe("email");
});

test("no value comes back, and no key that is rare or may be data: these are counted", async () => {
  const { answer, found } = await ask("profiles", "doc");
  expect(answer).not.toMatch(/canary/iu);
  expect(found.pooled).toBe(101);
  const mail = await ask("mail", "doc");
  expect(mail.answer).not.toContain("anna");
  expect(names(mail.found)).toEqual(["plain number"]);
  expect(mail.found.pooled).toBe(2);
});

test("of too few documents no key is named, whoever it may be", async () => {
  const { answer, found } = await ask("few", "doc");
  expect(answer).not.toContain("canary");
  expect(found).toEqual({ documents: 1, paths: [], pooled: 1 });
});

test("json that was never read is counted, and what cannot be read as jsonb raises nothing", async () => {
  const json = typeOf("json", { name: "json", base: { schema: "pg_catalog", name: "json" } });
  const { found } = await ask("profiles", "raw", json);
  expect(names(found)).toEqual(["plan number"]);
});

test("two sources that differ in values and in keys that may be data alone answer the same", async () => {
  const before = await ask("mail", "doc");
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  await owner`UPDATE mail SET doc = jsonb_build_object('bert@example.test', 7, 'z w', 9, 'plain', 4)`;
  await owner.end();
  expect((await ask("mail", "doc")).answer).toBe(before.answer);
});

test("a name of a path that is no word is not taken from an answer", () => {
  const answer = [
    [null, "20", "0"],
    ["anna@example.test", "20", "20,0,0,0,0"],
    ["a.b.c", "20", "20,0,0,0,0"],
  ];
  expect(readPaths(answer, builtInClasses).paths).toEqual([]);
});
