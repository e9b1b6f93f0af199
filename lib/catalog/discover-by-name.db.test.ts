import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { proposeClass } from "@/lib/catalog/discover-by-name";
import { introspect } from "@/lib/source/introspect";
import { loadSql, type SampleName } from "@/lib/testing/database";
import { testPool } from "@/lib/testing/masked-values";
import { sharedData } from "@/lib/testing/shared-data";

/** Every labelled column of a sample database: what it holds, and what its name makes of it. */
async function proposalsFor(
  name: SampleName,
): Promise<{ column: string; label: string; proposed: string }[]> {
  const lines = fs
    .readFileSync(path.join(sharedData(), "labels", `${name}.tsv`), "utf8")
    .trim()
    .split("\n")
    .slice(1);
  const labels = new Map(
    lines.map((line) => line.split("\t")).map(([table, column, label = ""]) => [`${table}.${column}`, label]),
  );
  const database = await loadSql(name);
  const pool = testPool(database.url);
  const schema = await introspect(pool);
  await pool.end({ timeout: 1 });
  await database.drop();
  const references = new Set(
    schema.foreignKeys.flatMap(({ from }) => from.columns.map((column) => `${from.table}.${column}`)),
  );
  return schema.tables.flatMap((table) =>
    table.columns.flatMap(({ name: column, type, comment }) => {
      const label = labels.get(`${table.table}.${column}`);
      if (label === undefined) return [];
      const facts = {
        schema: table.schema,
        table: table.table,
        column,
        type,
        comment,
        tableColumns: table.columns.map((other) => other.name),
        isPrimaryKey: table.primaryKey?.includes(column) === true,
        isForeignKey: references.has(`${table.table}.${column}`),
      };
      return [{ column: `${table.table}.${column}`, label, proposed: proposeClass(facts).classId }];
    }),
  );
}

test.each(["pagila", "chinook", "northwind"] as const)(
  "finds what %s holds of people by names alone",
  async (name) => {
    const proposals = await proposalsFor(name);
    expect(proposals.length).toBeGreaterThan(60);
    const wrong = proposals
      .filter(({ label, proposed }) => label !== proposed)
      .map(({ column, label, proposed }) => `${column}: ${proposed}, not ${label}`);
    const missed = proposals.filter(({ label, proposed }) => label !== "none" && proposed === "none");
    expect(missed).toEqual([]);
    expect(wrong.length / proposals.length, wrong.join("\n")).toBeLessThan(0.05);
  },
);
