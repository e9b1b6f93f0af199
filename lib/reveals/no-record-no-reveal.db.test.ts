import { beforeAll, describe, expect, test } from "vitest";
import { revokeGrant } from "@/lib/approvals/revoke-grant";
import { parseSourceUrl } from "@/lib/source/connection";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { recordCopy } from "@/lib/reveals/record-copy";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { openWireTap, type WireTap } from "@/lib/testing/wire-tap";
import { approved, codesOf, jane, record, refOf, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });

async function open(change: Parameters<typeof approved>[1] = {}) {
  const grant = await approved(story, change);
  await activateGrant(story.ana, grant.grantId);
  return grant;
}

/** Moves the clocks of a grant back, as its owner may: the window is then over or about to be. */
async function endAt(grantId: string, interval: string) {
  await story.control.owner.unsafe(`
    ALTER TABLE grants DISABLE TRIGGER grant_opens_once;
    UPDATE grants SET ends_at = clock_timestamp() + interval '${interval}',
      activated_at = clock_timestamp() + interval '${interval}' - make_interval(secs => view_seconds - 0.01)
      WHERE id = '${grantId}';
    ALTER TABLE grants ENABLE TRIGGER grant_opens_once;`);
}

describe("no record, no reveal", () => {
  test("an audit log that cannot be written prevents the reading itself", async () => {
    const { id, grantId } = await open();
    const tap = await tapped();
    await story.control.owner`
      CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE disk_full; END $$`;
    await story.control
      .owner`CREATE TRIGGER full_disk BEFORE INSERT ON audit_events EXECUTE FUNCTION full_disk()`;
    tap.clear();
    await expect(revealFields(story.ana, { grantId })).rejects.toMatchObject({ code: "53100" });
    await story.control.owner`DROP TRIGGER full_disk ON audit_events`;
    expect(tap.toServer().length).toBe(0);
    expect(await codesOf(story, id)).not.toContain("reveal.opened");
    await revealFields(story.ana, { grantId });
    expect(tap.fromServer().toString("latin1")).toContain(jane.email);
  });

  test("a source that goes away in the middle shows nothing, and that is on record", async () => {
    const { id, grantId } = await open();
    await endAt(grantId, "1 second");
    const tap = await tapped();
    tap.cut();
    await expect(revealFields(story.ana, { grantId })).rejects.toEqual(refused("source-slow"));
    tap.mend();
    expect((await codesOf(story, id)).slice(-2)).toEqual(["reveal.opened", "reveal.failed"]);
  });

  test("values that arrive after the end of the window are not shown", async () => {
    const { id, grantId } = await open();
    await endAt(grantId, "700 milliseconds");
    await story.sourceOwner.begin(async (tx) => {
      // The source answers only when its table is free again, after the window.
      await tx`LOCK TABLE customers IN ACCESS EXCLUSIVE MODE`;
      const late = expect(revealFields(story.ana, { grantId })).rejects.toBeInstanceOf(Error);
      await new Promise((resolve) => setTimeout(resolve, 900));
      await late;
    });
    expect((await codesOf(story, id)).slice(-2)).toEqual(["reveal.opened", "reveal.failed"]);
  });

  test("values that were read before a revocation came in are not shown after it", async () => {
    const { id, grantId } = await open();
    await story.sourceOwner.begin(async (tx) => {
      await tx`LOCK TABLE customers IN ACCESS EXCLUSIVE MODE`;
      const reading = revealFields(story.ana, { grantId }).then(
        () => "shown",
        (error: { code: string }) => error.code,
      );
      while (!(await codesOf(story, id)).includes("reveal.opened"))
        await new Promise((resolve) => setTimeout(resolve, 10));
      await revokeGrant(story.max, { grantId, words: "Stop." });
      outcome = reading;
    });
    expect(await outcome).toBe("grant-revoked");
  });
  let outcome: Promise<string> = Promise.resolve("");

  /** Puts a tap between Glimpse and the source, under a new version of its connection. */
  async function tapped(): Promise<WireTap> {
    const parsed = parseSourceUrl(story.source.url);
    if (!parsed.ok) throw new Error(parsed.words);
    const tap = await openWireTap({ host: parsed.parts.host, port: parsed.parts.port });
    const { sealConnection } = await import("@/lib/catalog/seal-connection");
    const { env } = await import("@/lib/env");
    const sourceId = story.table.source.id;
    const sealed = sealConnection(env().rootKey, sourceId, { ...parsed.parts, port: tap.port });
    await story.control
      .owner`UPDATE sources SET connection_sealed = ${sealed}, version = version + 1 WHERE id = ${sourceId}`;
    taps.push(tap);
    return tap;
  }
});

const taps: WireTap[] = [];
beforeAll(() => async () => {
  for (const tap of taps) await tap.close();
});

describe("a copy", () => {
  test("is on record for one cell of an open grant", async () => {
    const { id, grantId } = await open({ records: [record(1), record(2)] });
    await recordCopy(story.ana, { grantId, record: record(2), columnId: story.column("email") });
    const rows = await story.control.owner<{ entry: string }[]>`
      SELECT entry FROM audit_events WHERE request_id = ${id} AND code = 'reveal.copied'`;
    expect(JSON.parse(rows[0]!.entry)).toMatchObject({
      resource: { records: [await refOf(story, 2)], recordCount: 1, fields: ["email"] },
    });
  });

  test("of what the grant does not cover is refused", async () => {
    const { grantId } = await open();
    const cell = { grantId, record: record(2), columnId: story.column("email") };
    await expect(recordCopy(story.ana, cell)).rejects.toEqual(refused("outside-grant"));
    await expect(recordCopy(story.ana, { ...cell, columnId: story.column("pan") })).rejects.toEqual(
      refused("outside-grant"),
    );
  });
});
