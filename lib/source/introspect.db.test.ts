import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SourceSchema, SourceTable } from "@/lib/catalog/source-schema";
import { parseSourceUrl } from "@/lib/source/connection";
import { introspect } from "@/lib/source/introspect";
import { openPool, type SourcePool } from "@/lib/source/pool";
import { emptySource, loadSql, type TestDatabase } from "@/lib/testing/database";
import postgres from "postgres";

const databases: TestDatabase[] = [];
const pools: SourcePool[] = [];

afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.end({ timeout: 1 })));
  await Promise.all(databases.map((database) => database.drop()));
});

function poolOf(url: string): SourcePool {
  const parsed = parseSourceUrl(url);
  if (!parsed.ok) throw new Error(parsed.words);
  const pool = openPool(parsed.parts);
  pools.push(pool);
  return pool;
}

const find = (schema: SourceSchema, name: string): SourceTable => {
  const table = schema.tables.find((candidate) => candidate.table === name);
  if (table === undefined) throw new Error(`no table ${name}`);
  return table;
};

describe("a source with everything in it", () => {
  let schema: SourceSchema;

  beforeAll(async () => {
    const database = await emptySource();
    databases.push(database);
    const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
    await owner.unsafe(everything).simple();
    await owner.end();
    schema = await introspect(poolOf(database.url));
  });

  test("lists each kind of table and leaves system schemas out", () => {
    const kinds = Object.fromEntries(schema.tables.map((table) => [table.table, table.kind]));
    expect(kinds).toMatchObject({
      person: "table",
      person_names: "view",
      person_count: "matview",
      event: "partitioned",
      event_2024: "partition",
    });
    expect(schema.tables.some((table) => /^(pg_|information_schema)/u.test(table.schema))).toBe(false);
    expect(find(schema, "event_2024").parent).toEqual({ schema: "public", table: "event" });
    expect(find(schema, "person").parent).toBeNull();
  });

  test("resolves domains and arrays of enums, and sorts every type into a category", () => {
    const columns = new Map(find(schema, "person").columns.map((column) => [column.name, column]));
    expect(columns.get("mail")?.type).toEqual({
      name: "email_address",
      category: "text",
      base: { schema: "pg_catalog", name: "varchar" },
      domain: { schema: "public", name: "email_address" },
    });
    expect(columns.get("moods")?.type).toMatchObject({
      category: "array",
      element: { category: "enum", enumValues: ["sad", "ok", "happy"] },
    });
    const categories = [...columns.values()].map((column) => [column.name, column.type.category]);
    expect(Object.fromEntries(categories)).toMatchObject({
      id: "number",
      name: "text",
      mood: "enum",
      home: "composite",
      during: "range",
      spans: "range",
      doc: "json",
      raw: "bytea",
      ip: "inet",
      pos: "geometry",
      wage: "money",
      bits: "bit",
      x: "xml",
      search: "tsvector",
      wait: "interval",
      at: "timestamp",
      born: "date",
      noon: "time",
      ok: "boolean",
      guid: "uuid",
      o: "other",
    });
  });

  test("tells keys, defaults, identity, generated columns and comments", () => {
    const person = find(schema, "person");
    expect(person.primaryKey).toEqual(["id"]);
    expect(person.uniqueKeys).toEqual([["guid"], ["guid", "id"]]);
    expect(person.comment).toBe("People we care for");
    const columns = new Map(person.columns.map((column) => [column.name, column]));
    expect(columns.get("id")).toMatchObject({ identity: true, nullable: false, hasDefault: false });
    expect(columns.get("name")).toMatchObject({ comment: "Full name", nullable: false });
    expect(columns.get("upper_name")).toMatchObject({ generated: true, hasDefault: false });
    expect(columns.get("ok")).toMatchObject({ hasDefault: true, generated: false });
  });

  test("gives each foreign key once, columns in pairs, partitions' shadows left out", () => {
    expect(schema.foreignKeys).toContainEqual({
      name: "visit_person",
      from: { schema: "public", table: "visit", columns: ["person_guid", "person_id"] },
      to: { schema: "public", table: "person", columns: ["guid", "id"] },
    });
    expect(
      schema.foreignKeys.filter((key) => key.from.table === "visit" && key.to.table.startsWith("event")),
    ).toHaveLength(1);
  });

  test("estimates a partitioned table by its partitions and claims nothing for a view", () => {
    expect(find(schema, "event").estimatedRows).toBe(100);
    expect(find(schema, "person_names").estimatedRows).toBeNull();
    expect(find(schema, "never_analysed").estimatedRows).toBeNull();
  });

  test("says what our role may not read, by table and by column", () => {
    expect(find(schema, "secret").selectable).toBe(false);
    const half = find(schema, "half_secret");
    expect(half.selectable).toBe(true);
    expect(half.columns.map((column) => [column.name, column.selectable])).toEqual([
      ["id", true],
      ["pin", false],
    ]);
    expect(find(schema, "in_closed_schema").selectable).toBe(false);
  });

  test("gives a column another fingerprint when its domain is retyped below it", () => {
    const [mail, name] = ["mail", "name"].map(
      (column) => find(schema, "person").columns.find((candidate) => candidate.name === column)?.fingerprint,
    );
    expect(mail).toBe("public.email_address < pg_catalog.varchar(324)");
    expect(name).toBe("pg_catalog.text");
  });

  test("holds names that need quoting as they are", () => {
    expect(find(schema, `a"; drop table person; --`).columns.map((column) => column.name)).toEqual([
      `x"; --`,
      "Ünï 🙂",
    ]);
  });
});

test.each(["pagila", "chinook", "northwind"] as const)("reads the structure of %s", async (name) => {
  const database = await loadSql(name);
  databases.push(database);
  const schema = await introspect(poolOf(database.url));
  expect(schema.tables.length).toBeGreaterThan(8);
  expect(schema.foreignKeys.length).toBeGreaterThan(5);
  expect(schema.tables.every((table) => table.columns.every((column) => column.type.name !== ""))).toBe(true);
});

const everything = `
CREATE DOMAIN email_address AS varchar(320) CHECK (VALUE ~ '@');
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE place AS (street text, city text);
CREATE TABLE person (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, mail email_address, mood mood, moods mood[],
  home place, during tstzrange, spans int4range, doc jsonb, raw bytea, ip inet, pos point, wage money,
  bits bit(4), x xml, search tsvector, wait interval, at timestamptz, born date, noon time, ok boolean DEFAULT true,
  guid uuid NOT NULL UNIQUE, o oid, upper_name text GENERATED ALWAYS AS (upper(name)) STORED,
  UNIQUE (guid, id), UNIQUE (mail), dropped int);
ALTER TABLE person DROP COLUMN dropped;
COMMENT ON TABLE person IS 'People we care for';
COMMENT ON COLUMN person.name IS 'Full name';
CREATE UNIQUE INDEX ON person (lower(name));
CREATE UNIQUE INDEX ON person (name) WHERE ok;
CREATE VIEW person_names AS SELECT id, name FROM person;
CREATE MATERIALIZED VIEW person_count AS SELECT count(*) AS people FROM person;
CREATE TABLE event (id int, at date NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE event_2024 PARTITION OF event FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE event_2025 PARTITION OF event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
INSERT INTO event SELECT n, '2024-05-01' FROM generate_series(1, 60) n;
INSERT INTO event SELECT n, '2025-05-01' FROM generate_series(1, 40) n;
CREATE TABLE visit (person_id int, person_guid uuid, event_id int, event_at date,
  CONSTRAINT visit_person FOREIGN KEY (person_guid, person_id) REFERENCES person (guid, id),
  FOREIGN KEY (event_id, event_at) REFERENCES event);
ANALYZE event_2024; ANALYZE event_2025;
CREATE TABLE never_analysed (id int);
CREATE TABLE secret (id int); REVOKE ALL ON secret FROM marigold_reader;
CREATE TABLE half_secret (id int, pin text); REVOKE ALL ON half_secret FROM marigold_reader;
GRANT SELECT (id) ON half_secret TO marigold_reader;
CREATE SCHEMA closed; CREATE TABLE closed.in_closed_schema (id int);
REVOKE USAGE ON SCHEMA closed FROM marigold_reader; GRANT SELECT ON closed.in_closed_schema TO marigold_reader;
CREATE TABLE "a""; drop table person; --" ("x""; --" int, "Ünï 🙂" text);
`;
