import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { proposer } from "@/lib/discovery/discover";
import type { Proposal } from "@/lib/discovery/proposal";
import { parseSourceUrl } from "@/lib/source/connection";
import { discover } from "@/lib/source/discover";
import { emptySource, type TestDatabase } from "@/lib/testing/database";

let database: TestDatabase;
const proposals = new Map<string, Proposal>();

beforeAll(async () => {
  database = await emptySource();
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
  await owner.unsafe(`
    CREATE TABLE people (id int PRIMARY KEY, email text UNIQUE, note text, title text,
      shout text GENERATED ALWAYS AS (upper(email)) STORED, found tsvector, seen tsvector);
    CREATE TABLE logins (id int PRIMARY KEY, who text REFERENCES people (email), k9 text);
    CREATE TABLE films (id int PRIMARY KEY, title text, plot text, found tsvector);
    CREATE TRIGGER t BEFORE INSERT ON people FOR EACH ROW
      EXECUTE FUNCTION tsvector_update_trigger(found, 'pg_catalog.english', email);
    CREATE TRIGGER t BEFORE INSERT ON films FOR EACH ROW
      EXECUTE FUNCTION tsvector_update_trigger(found, 'pg_catalog.english', title, plot);
    CREATE VIEW listed AS SELECT p.id AS a, p.email AS b, upper(p.email) AS c, count(*) OVER () AS d FROM people p;
    CREATE VIEW again AS SELECT x.b AS z FROM (SELECT b FROM listed) x;
    CREATE MATERIALIZED VIEW kept AS SELECT email AS q, to_tsvector('english', email) AS w FROM people;
    INSERT INTO people (id, email) SELECT n, 'p' || n || '@example.com' FROM generate_series(1, 30) AS n;
    INSERT INTO logins SELECT n, 'p' || n || '@example.com' FROM generate_series(1, 30) AS n`);
  await owner.end();
  const parsed = parseSourceUrl(database.url);
  if (!parsed.ok) throw new Error(parsed.words);
  const { schema, rates } = await discover(parsed.parts);
  const propose = proposer(schema, rates);
  for (const table of schema.tables) {
    for (const column of table.columns)
      proposals.set(`${table.table}.${column.name}`, propose(table, column));
  }
});
afterAll(() => database.drop());

test.each([
  ["people.email", "email"],
  ["people.shout", "email"],
  ["people.found", "email"],
  ["logins.who", "email"],
  ["listed.a", "none"],
  ["listed.b", "email"],
  ["listed.c", "email"],
  ["listed.d", "none"],
  ["again.z", "email"],
  ["kept.q", "email"],
  ["kept.w", "email"],
  ["films.found", "none"],
])("%s, by where its values come from, is %s", (column, classId) => {
  expect(proposals.get(column)?.classId).toBe(classId);
});

test("says where the values of a copy come from", () => {
  expect(proposals.get("again.z")?.why).toMatch(
    /^The same values as listed\.b\. The same values as people\.email\. /u,
  );
  expect(proposals.get("logins.who")?.why).toMatch(/^A key that repeats people\.email\. /u);
  expect(proposals.get("people.found")?.why).toMatch(/^Computed from people\.email\. /u);
});
