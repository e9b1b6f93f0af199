import { beforeAll, describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { readRecord } from "@/lib/browse/read-record";
import { tableHandle } from "@/lib/catalog/projection";
import { readTable } from "@/lib/catalog/read-table";
import { compileHandle } from "@/lib/catalog/record-handle";
import { rotateKeys } from "@/lib/catalog/rotate-keys";
import type { CatalogTable } from "@/lib/catalog/table";
import { env } from "@/lib/env";
import { maskKeyring } from "@/lib/masking/keys";
import { quoteTable, SqlSink } from "@/lib/masking/sql";
import { submitRequest } from "@/lib/requests/submit-request";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { runSelect } from "@/lib/source/run-select";
import { confirmed } from "@/lib/testing/catalogue";
import { testPool } from "@/lib/testing/masked-values";
import { approved, codesOf, jane, record, useStory } from "@/lib/testing/story";

const story = useStory();

async function sourceVersion(): Promise<number> {
  const [row] = await story.control.owner<{ version: number }[]>`
    SELECT version FROM sources WHERE id = ${story.table.source.id}`;
  return row!.version;
}

const rotate = async () =>
  rotateKeys(story.sam, { sourceId: story.table.source.id, version: await sourceVersion() });

const tableNow = (): Promise<CatalogTable> => readTable(story.sam, { tableId: story.table.id }, "catalog");

/** How the records of the table are named now, Jane's first. */
async function handles(): Promise<string[]> {
  const table = await tableNow();
  const handle = tableHandle(table, maskKeyring(env().rootKey, table.source));
  const pool = testPool(story.source.url);
  const sink = new SqlSink();
  const named = compileHandle(handle!.columns, handle!.allClear, sink, handle!.keys);
  const from = quoteTable(table.schema, table.name);
  const rows = await runSelect(pool, sink.statement(`SELECT ${named} FROM ${from} ORDER BY id`), {
    timeoutMs: 9_000,
  });
  await pool.end({ timeout: 1 });
  return rows.map(([cell]) => cell ?? "");
}

describe("keys of a source are changed", () => {
  test("requests and grants that name their records by clear keys go on", async () => {
    const { grantId } = await approved(story);
    const waiting = await submitRequest(
      story.ana,
      story.draft({ reason: "to call the customer back today" }),
    );
    expect(await rotate()).toMatchObject({ closedRequests: 0, endedGrants: 0 });
    await activateGrant(story.ana, grantId);
    expect((await revealFields(story.ana, { grantId })).values[0]?.value).toBe(jane.email);
    expect(await codesOf(story, waiting.id)).toEqual(["request.submitted"]);
  });

  test("not by whoever saw an older source, and not by an agent", async () => {
    const stale = { sourceId: story.table.source.id, version: (await sourceVersion()) - 1 };
    await expect(rotateKeys(story.sam, stale)).rejects.toMatchObject({ code: "changed-meanwhile" });
    const now = { ...stale, version: stale.version + 1 };
    await expect(rotateKeys(story.ana, now)).rejects.toMatchObject({ code: "not-permitted" });
  });

  describe("where records are named by tokens", () => {
    beforeAll(async () => {
      const { source, schema, name: table } = story.table;
      await confirmed(
        story.sam,
        { source: source.slug, schema, table },
        { id: ["person_number", { method: "pseudonym" }] },
      );
    });

    test("every token is another, and an old one finds nothing", async () => {
      const before = await handles();
      expect(before[0]).toMatch(/^t_[0-9a-f]{32}$/u);
      expect(before).not.toContain(record(1));
      expect(await readRecord(story.ana, await tableNow(), before[0]!)).toMatchObject({ state: "found" });
      await rotate();
      const after = await handles();
      expect(after.filter((handle) => before.includes(handle))).toEqual([]);
      expect(await readRecord(story.ana, await tableNow(), before[0]!)).toEqual({ state: "gone" });
      expect(await readRecord(story.ana, await tableNow(), after[0]!)).toMatchObject({ state: "found" });
    });

    test("waiting requests are closed and live grants end, on record", async () => {
      const records = [(await handles())[0]!];
      const { id, grantId } = await approved(story, { records });
      await activateGrant(story.ana, grantId);
      const waiting = await submitRequest(
        story.ana,
        story.draft({ records, reason: "to call the customer back tomorrow" }),
      );
      const rotated = await rotate();
      expect(rotated).toMatchObject({ closedRequests: 1, endedGrants: 1 });
      await expect(revealFields(story.ana, { grantId })).rejects.toMatchObject({
        code: expect.stringMatching(/^grant-/u),
      });
      await expect(
        approveRequest(story.max, { requestId: waiting.id, version: 2, words: null }),
      ).rejects.toThrow();
      expect((await codesOf(story, id)).at(-1)).toBe("grant.revoked");
      expect((await codesOf(story, waiting.id)).at(-1)).toBe("request.closed");
      const [event] = await story.control.owner<{ entry: string }[]>`
        SELECT entry FROM audit_events WHERE code = 'source.keys_rotated' ORDER BY seq DESC LIMIT 1`;
      expect(JSON.parse(event!.entry)).toMatchObject({
        actor: { name: "Sam" },
        details: { closedRequests: 1, endedGrants: 1 },
      });
    });
  });
});
