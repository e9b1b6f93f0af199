import { describe, expect, test } from "vitest";
import { exportTable } from "@/lib/browse/export-table";
import { parseTableState } from "@/lib/browse/table-state";
import { jane, useStory } from "@/lib/testing/story";

const story = useStory();
const stateOf = (search: Record<string, string> = {}) => parseTableState(story.table, search);

async function rowsOf(search: Record<string, string> = {}): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = [];
  for await (const batch of await exportTable(story.ana, story.table, stateOf(search), "csv"))
    rows.push(...batch.map((cells) => [...cells]));
  return rows;
}

const lastEvents = async (count: number) =>
  (
    await story.control.owner<{ entry: string }[]>`
      SELECT entry FROM audit_events ORDER BY seq DESC LIMIT ${count}`
  )
    .map(({ entry }) => JSON.parse(entry) as Record<string, unknown>)
    .toReversed();

describe("an export", () => {
  test("holds what the page shows, masked as there, and nothing else", async () => {
    const rows = await rowsOf();
    expect(rows).toHaveLength(3);
    expect(rows[0]).toEqual(["1", "DE", "j•••••@example.test", "•••••••", "•••••1111", null, null]);
    expect(JSON.stringify(rows)).not.toContain(jane.phone);
  });

  test("follows the filters, the order and the columns of the page", async () => {
    expect(await rowsOf({ f: "country:is:FR", sort: "-id", cols: "id,country" })).toEqual([
      ["3", "FR"],
      ["2", "FR"],
    ]);
  });

  test("is on record before its first row, and with the number of rows at its end", async () => {
    await rowsOf({ cols: "id,email" });
    const [begun, ended] = await lastEvents(2);
    expect(begun).toMatchObject({ code: "browse.exported", resource: { fields: ["id", "email"] } });
    expect(ended).toMatchObject({ code: "browse.export_ended", details: { rows: 3, format: "csv" } });
  });

  test("that is stopped ends on record too, with what had left by then", async () => {
    const rows = await exportTable(story.ana, story.table, stateOf(), "ndjson");
    await rows.next();
    await rows.return(undefined);
    expect((await lastEvents(1))[0]).toMatchObject({ code: "browse.export_ended", details: { rows: 3 } });
  });

  test("crosses its batches without losing or doubling a row, sorted by a column that is often empty", async () => {
    await story.sourceOwner`INSERT INTO customers (id, country)
      SELECT n, CASE WHEN n % 3 = 0 THEN NULL ELSE chr(65 + n % 26) END FROM generate_series(1001, 12345) AS n`;
    const ids = (await rowsOf({ sort: "country", cols: "id,country" })).map(([id]) => Number(id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(11_348);
    await story.sourceOwner`DELETE FROM customers WHERE id > 1000`;
  });

  test("is for who may browse, and sixty an hour are enough", async () => {
    await expect(exportTable(story.sam, story.table, stateOf(), "csv")).rejects.toMatchObject({
      code: "not-permitted",
    });
    await story.control.owner`DELETE FROM tries`;
    for (let at = 0; at < 60; at++) await rowsOf({ cols: "id" });
    await expect(rowsOf({ cols: "id" })).rejects.toMatchObject({ code: "exports-spent" });
  });
});
