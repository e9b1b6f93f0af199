import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { signOut } from "@/lib/auth/end-session";
import type { Context } from "@/lib/auth/context";
import { exportTable, type ExportedRows } from "@/lib/browse/export-table";
import { parseTableState } from "@/lib/browse/table-state";
import { csvStream } from "@/lib/csv-stream";
import { cancelDownload } from "@/lib/downloads/cancel-download";
import { listDownloads } from "@/lib/downloads/list-downloads";
import { tendDownloads } from "@/lib/downloads/tend-downloads";
import { downloadsHere, DownloadWatch } from "@/lib/downloads/watch-downloads";
import { changeRoles } from "@/lib/people/change-roles";
import { disablePerson } from "@/lib/people/disable-person";
import { liftStop, stopAccess } from "@/lib/people/stop-access";
import { listStops } from "@/lib/people/list-stops";
import { exportReceipts } from "@/lib/requests/read-receipts";
import { signedIn } from "@/lib/testing/control";
import { useStory } from "@/lib/testing/story";

const story = useStory();
const over = expect.objectContaining({ code: "download-over" });
const here = globalThis as typeof globalThis & { glimpseDownloads?: DownloadWatch };

/** An agent of the test's own, so that no place is taken. */
const agent = () => signedIn(story.control, { name: "Zoe", roles: ["agent"] });
const take = (who: Context, format: "csv" | "ndjson" = "csv"): Promise<ExportedRows> =>
  exportTable(who, story.table, parseTableState(story.table, { cols: "id,email" }), format);

/** A download of 12,003 rows of which a batch has left. */
async function begun(who: Context) {
  const rows = await take(who);
  expect((await rows.next()).value).toHaveLength(5_000);
  return { rows, id: await onlyOne(who) };
}

const onlyOne = async (who: Context) => (await listDownloads(who))[0]!.id;

/** What the log says of its end; nothing before it has ended. */
async function endOf(id: string): Promise<Record<string, unknown>> {
  const [row] = await story.control.owner<{ entry: string }[]>`
    SELECT entry FROM audit_events WHERE entry::jsonb #>> '{details,download}' = ${id}
      AND code IN ('browse.export_ended', 'audit.export_ended', 'download.lost')`;
  return (JSON.parse(row?.entry ?? '{"details":{}}') as { details: Record<string, unknown> }).details;
}

/** Another instance, which sends none of the downloads that were begun before. */
async function elsewhere<T>(deed: () => Promise<T>): Promise<T> {
  const watch = downloadsHere();
  here.glimpseDownloads = new DownloadWatch();
  try {
    return await deed();
  } finally {
    here.glimpseDownloads = watch;
  }
}

const drained = async (rows: AsyncIterable<unknown>) => {
  for await (const _ of rows);
};

beforeAll(async () => {
  await story.sourceOwner`INSERT INTO customers (id, email)
    SELECT n, 'c' || n || '@example.test' FROM generate_series(1001, 13000) AS n`;
});
beforeEach(async () => {
  await story.control.owner`DELETE FROM tries`;
});
afterAll(() => downloadsHere().close());

describe("how far a download is", () => {
  test("is told to whoever asked for it by any instance, without a row beyond what the page shows, and to nobody else", async () => {
    const zoe = await agent();
    const { rows, id } = await begun(zoe);
    await downloadsHere().turn();
    const [told] = await elsewhere(() => listDownloads(zoe));
    expect(told).toMatchObject({
      id,
      title: "public.customers",
      format: "csv",
      state: "running",
      rows: 5_000,
    });
    // As on the page, the total is an estimate of the planner: it shows in the bar, and no number is said.
    expect(told!.total).toBeNull();
    for (const other of [story.ana, story.ivy, story.ada]) expect(await listDownloads(other)).toEqual([]);
    await drained(rows);
    expect(await listDownloads(zoe)).toMatchObject([{ id, state: "whole", rows: 12_003, note: null }]);
  });

  test("is on record at the end: how many rows and bytes have left, and that it is whole", async () => {
    const zoe = await agent();
    const file = await new Response(csvStream(["id", "email"], await take(zoe))).arrayBuffer();
    const id = await onlyOne(zoe);
    expect(await endOf(id)).toMatchObject({
      rows: 12_003,
      bytes: file.byteLength,
      end: "whole",
      format: "csv",
    });
  });
});

describe("a cancelled download", () => {
  test("ends at once, its file as broken, and what had left is on record", async () => {
    const zoe = await agent();
    const { rows, id } = await begun(zoe);
    await cancelDownload(zoe, { downloadId: id });
    await expect(drained(rows)).rejects.toEqual(over);
    expect(await endOf(id)).toMatchObject({ rows: 5_000, end: "cancelled", why: "asked" });
    expect(await listDownloads(zoe)).toMatchObject([{ id, state: "cancelled" }]);
    await expect(cancelDownload(zoe, { downloadId: id })).rejects.toEqual(over);
  });

  test("ends within a second where another instance sends it, though nobody reads on", async () => {
    const zoe = await agent();
    const { rows, id } = await begun(zoe);
    await elsewhere(() => cancelDownload(zoe, { downloadId: id }));
    expect(await listDownloads(zoe)).toMatchObject([{ state: "running", isEnding: true }]);
    await expect.poll(() => endOf(id), { timeout: 3_000 }).toMatchObject({ end: "cancelled", why: "asked" });
    await expect(drained(rows)).rejects.toEqual(over);
  });

  test("is nobody's but one's own to cancel: others are told that it is over, and it goes on", async () => {
    const { rows, id } = await begun(await agent());
    for (const other of [story.ana, story.ivy, story.ada])
      await expect(cancelDownload(other, { downloadId: id })).rejects.toEqual(over);
    await drained(rows);
    expect(await endOf(id)).toMatchObject({ end: "whole" });
  });

  test("cancels the query that a source is at", async () => {
    const zoe = await agent();
    await story.sourceOwner.begin(async (tx) => {
      await tx`LOCK TABLE customers IN ACCESS EXCLUSIVE MODE`;
      const taken = take(zoe).catch((error: unknown) => error);
      const asking = () => tx`SELECT FROM pg_locks WHERE NOT granted`;
      await expect.poll(async () => (await asking()).length).toBeGreaterThan(0);
      const id = await onlyOne(zoe);
      await cancelDownload(zoe, { downloadId: id });
      expect(await taken).toEqual(over);
      await expect.poll(async () => (await asking()).length).toBe(0);
      expect(await endOf(id)).toMatchObject({ rows: 0, bytes: 0, end: "cancelled" });
    });
  });

  test("cancels the query that the control database is at", async () => {
    const ivy = await signedIn(story.control, { name: "Ivy", roles: ["auditor"] });
    const { owner } = story.control;
    await owner.begin(async (tx) => {
      await tx`LOCK TABLE receipts IN ACCESS EXCLUSIVE MODE`;
      const taken = exportReceipts(ivy).catch((error: unknown) => error);
      const asking = () => tx`SELECT FROM pg_locks WHERE NOT granted AND relation = 'receipts'::regclass`;
      await expect.poll(async () => (await asking()).length).toBe(1);
      const id = await onlyOne(ivy);
      await elsewhere(() => cancelDownload(ivy, { downloadId: id }));
      expect(await taken).toEqual(over);
      await expect.poll(async () => (await asking()).length).toBe(0);
    });
  });

  test("is what a browser leaves behind that goes away, even before the first row", async () => {
    const zoe = await agent();
    const stream = csvStream(["id"], await take(zoe));
    await stream.cancel();
    const gone = new AbortController();
    gone.abort();
    const state = parseTableState(story.table, { cols: "id" });
    await expect(exportTable(zoe, story.table, state, "csv", gone.signal)).rejects.toEqual(over);
    for (const { id } of await listDownloads(zoe))
      expect(await endOf(id)).toMatchObject({ end: "cancelled", why: "left" });
  });
});

describe("a download ends when", () => {
  const idOf = (who: Context) => ({ personId: who.actor.personId, version: 1 });
  const words = "Somebody else uses her laptop.";
  const ends: [what: string, deed: (zoe: Context) => Promise<unknown>, why: string][] = [
    ["its session ends", (zoe) => signOut(zoe), "session-ended"],
    ["the role is taken away", (zoe) => changeRoles(story.ada, { ...idOf(zoe), roles: [] }), "not-permitted"],
    ["the person is disabled", (zoe) => disablePerson(story.ada, idOf(zoe)), "session-ended"],
    [
      "an admin stops access to the source",
      () => stopAccess(story.ada, { target: { scope: "source", sourceId: story.table.source.id }, words }),
      "access-stopped",
    ],
  ];
  test.each(ends)("%s, within a second, though nobody reads on", async (_, deed, why) => {
    const zoe = await agent();
    const { rows, id } = await begun(zoe);
    await deed(zoe);
    await expect.poll(() => endOf(id), { timeout: 3_000 }).toMatchObject({ end: "broken", why });
    await expect(drained(rows)).rejects.toThrow();
    for (const { id: stopId } of (await listStops(story.ada)).standing)
      await liftStop(story.ada, { stopId, words: "It was a mistake." });
  });
});

describe("the places of a person", () => {
  test("are five, however many begin at the same moment, and one that ends is free again", async () => {
    const zoe = await agent();
    const all = await Promise.allSettled(Array.from({ length: 9 }, () => take(zoe)));
    const begunNow = all.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(begunNow).toHaveLength(5);
    await expect(take(zoe)).rejects.toMatchObject({ code: "downloads-full" });
    await begunNow[0]!.return();
    await drained(await take(zoe));
    expect(await listDownloads(zoe)).toHaveLength(5);
    for (const rows of begunNow) await rows.return();
  });
});

describe("an instance that is gone", () => {
  /** As an instance leaves a download that was killed. */
  const abandoned = async (who: Context) => {
    const [row] = await story.control.owner<{ id: string }[]>`
      INSERT INTO downloads (person_id, place, id, permission, title, format, state, rows, beat_at)
      VALUES (${who.actor.personId}, 5, gen_random_uuid(), 'browse', 'public.customers', 'csv', 'running', 700,
        clock_timestamp() - interval '1 minute') RETURNING id`;
    return row!.id;
  };

  test("leaves nothing that looks under way, and its end comes on record once, with what was last heard", async () => {
    const zoe = await agent();
    const id = await abandoned(zoe);
    expect(await listDownloads(zoe)).toMatchObject([{ id, state: "broken", rows: 700 }]);
    await Promise.all([tendDownloads(), tendDownloads()]);
    const events = await story.control.owner`SELECT FROM audit_events WHERE code = 'download.lost'
      AND entry::jsonb #>> '{details,download}' = ${id}`;
    expect(events).toHaveLength(1);
    expect(await endOf(id)).toMatchObject({ rows: 700, title: "public.customers" });
  });

  test("and comes back after all sends nothing more of what was given up for lost", async () => {
    const { rows, id } = await begun(await agent());
    const isLost = async () => {
      // It is heard of every second: whoever gives it up has to be quick.
      await story.control
        .owner`UPDATE downloads SET beat_at = clock_timestamp() - interval '1 minute' WHERE id = ${id}`;
      await tendDownloads();
      return (await endOf(id)).title;
    };
    await expect.poll(isLost).toBe("public.customers");
    await expect(drained(rows)).rejects.toEqual(over);
  });
});
