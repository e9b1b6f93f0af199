import { expect, test } from "vitest";
import { dataClass } from "@/lib/catalog/classes";
import { loadSql } from "@/lib/testing/database";
import { discoverLines } from "./discover";

test("prints every column once: its table with the schema, its name, a class that exists and a confidence", async () => {
  const database = await loadSql("chinook");
  const lines = await discoverLines(database.url, "tsv");
  await database.drop();
  expect(lines.length).toBe(64);
  expect(new Set(lines.map((line) => line.split("\t").slice(0, 2).join("."))).size).toBe(64);
  for (const line of lines) {
    const [table, , classId = "", confidence] = line.split("\t");
    expect(table).toMatch(/^public\.[a-z_]+$/u);
    expect(classId === "none" || dataClass(classId) !== undefined, line).toBe(true);
    expect(confidence).toMatch(/^[01]\.\d{3}$/u);
  }
  expect(lines.find((line) => line.startsWith("public.customer\temail\t"))).toMatch(/\temail\t0\.9\d\d$/u);
});

test("an address that is none is refused in words of ours", async () => {
  await expect(discoverLines("mysql://a:secret@b/c", "tsv")).rejects.toThrow(/address/iu);
});
