import { brokenPromises } from "@/lib/testing/broken-promises";
import { expect, test } from "./support/test";

// It runs by itself when the other specs are done, over all that they and the demo have written.
test("no event of what happened in a browser lacks a part that its code promises", async ({ control }) => {
  const rows = await control<{ entry: string }[]>`SELECT entry FROM audit_events ORDER BY seq`;
  expect(rows.length).toBeGreaterThan(0);
  expect(brokenPromises(rows)).toEqual([]);
});
