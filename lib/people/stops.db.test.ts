import { afterEach, describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import type { Context } from "@/lib/auth/context";
import { exportTable } from "@/lib/browse/export-table";
import { parseTableState } from "@/lib/browse/table-state";
import { checkField } from "@/lib/lookups/check-field";
import { lookUp } from "@/lib/lookups/look-up";
import { listStops, readStops } from "@/lib/people/list-stops";
import { liftStop, stopAccess, stopSchema } from "@/lib/people/stop-access";
import { submitRequest } from "@/lib/requests/submit-request";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { signedIn } from "@/lib/testing/control";
import { approved, codesOf, jane, record, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const words = "Somebody else uses her laptop.";
const everything = { target: { scope: "all" as const }, words };
const person = (who: Context) => ({
  target: { scope: "person" as const, personId: who.actor.personId },
  words,
});
const source = () => ({ target: { scope: "source" as const, sourceId: story.table.source.id }, words });
const opened = async () => {
  const grant = await approved(story);
  await activateGrant(story.ana, grant.grantId);
  return grant;
};
const liftAll = async () => {
  for (const { id } of (await listStops(story.ada)).standing)
    await liftStop(story.ada, { stopId: id, words: "It was a mistake." });
};

const emailOf = () => ({ tableId: story.table.id, columnId: story.column("email") });
const lookUpEmail = () => lookUp(story.ana, { ...emailOf(), term: jane.email });
const compareEmail = () => checkField(story.ana, { ...emailOf(), record: record(1), said: jane.email });
const exportAll = () =>
  exportTable(story.ana, story.table, parseTableState(story.table, { cols: "id" }), "csv");

afterEach(async () => {
  await liftAll();
  await story.control.owner`DELETE FROM tries`;
  await story.control.owner`UPDATE grants SET state = 'ended' WHERE state IN ('ready', 'active')`;
});

describe("a stop", () => {
  for (const [what, target] of [
    ["of everything", () => everything],
    ["of a person", () => person(story.ana)],
    ["of a source", source],
  ] as const) {
    test(`${what} ends open grants at once, and nothing is asked for, granted or revealed until it is lifted`, async () => {
      const open = await opened();
      const ready = await approved(story);
      const waiting = await submitRequest(story.ana, story.draft());
      expect(await stopAccess(story.ada, target())).toMatchObject({ grants: 2 });
      await expect(revealFields(story.ana, { grantId: open.grantId })).rejects.toEqual(
        refused("access-stopped"),
      );
      await expect(activateGrant(story.ana, ready.grantId)).rejects.toEqual(refused("grant-revoked"));
      await expect(submitRequest(story.ana, story.draft())).rejects.toEqual(refused("access-stopped"));
      const vote = { requestId: waiting.id, version: 1, words: null };
      await expect(approveRequest(story.max, vote)).rejects.toEqual(refused("access-stopped"));
      expect((await codesOf(story, open.id)).at(-1)).toBe("grant.revoked");
      await liftAll();
      await expect(revealFields(story.ana, { grantId: open.grantId })).rejects.toEqual(
        refused("grant-revoked"),
      );
      expect(await approveRequest(story.max, vote)).toMatchObject({ more: false });
    });
  }

  for (const [what, target] of [
    ["of everything", () => everything],
    ["of a person", () => person(story.ana)],
    ["of a source", source],
  ] as const) {
    test(`${what} answers no lookup, no comparison and no export`, async () => {
      await stopAccess(story.ada, target());
      await expect(lookUpEmail()).rejects.toEqual(refused("access-stopped"));
      await expect(compareEmail()).rejects.toEqual(refused("access-stopped"));
      await expect(exportAll()).rejects.toEqual(refused("access-stopped"));
      await liftAll();
      expect(await lookUpEmail()).toMatchObject({ found: "one" });
      expect(await compareEmail()).toMatchObject({ matches: true });
      expect((await (await exportAll()).next()).done).toBe(false);
    });
  }

  test("breaks a download off that runs, and keeps an answer that was on its way", async () => {
    await story.sourceOwner`INSERT INTO customers (id) SELECT * FROM generate_series(10001, 30000)`;
    const rows = await exportAll();
    await rows.next();
    // The next batch is read while this one is written: it may have left the source before.
    await stopAccess(story.ada, everything);
    const drained = async () => {
      for await (const batch of rows) expect(batch.length).toBeGreaterThan(0);
    };
    await expect(drained()).rejects.toEqual(refused("access-stopped"));
    await liftAll();
    await story.sourceOwner`DELETE FROM customers WHERE id > 10000`;
    const late = await story.sourceOwner.begin(async (tx) => {
      await tx`LOCK TABLE customers IN ACCESS EXCLUSIVE MODE`;
      const answer = lookUpEmail().catch((error: unknown) => error);
      await expect
        .poll(async () => (await tx`SELECT FROM pg_locks WHERE NOT granted`).length)
        .toBeGreaterThan(0);
      await stopAccess(story.ada, everything);
      return { answer };
    });
    expect(await late.answer).toEqual(refused("access-stopped"));
  });

  test("of a person concerns nobody else", async () => {
    const open = await opened();
    await stopAccess(story.ada, person(story.ben));
    expect((await revealFields(story.ana, { grantId: open.grantId })).values).toHaveLength(1);
    await expect(submitRequest(story.ben, story.draft())).rejects.toEqual(refused("access-stopped"));
    expect(await readStops(story.ben)).toMatchObject([{ isSelf: true, words, setBy: "Ada" }]);
    expect(await readStops(story.ana)).toEqual([]);
  });

  test("holds even for a grant that somebody made live behind its back", async () => {
    const open = await opened();
    await stopAccess(story.ada, everything);
    await story.control.owner.begin(async (tx) => {
      await tx`ALTER TABLE grants DISABLE TRIGGER grant_opens_once`;
      await tx`UPDATE grants SET state = 'active', closed_at = NULL WHERE id = ${open.grantId}`;
      await tx`ALTER TABLE grants ENABLE TRIGGER grant_opens_once`;
    });
    await expect(revealFields(story.ana, { grantId: open.grantId })).rejects.toEqual(
      refused("access-stopped"),
    );
  });

  test("waits for a grant that is about to be committed, and ends it", async () => {
    const waiting = await submitRequest(story.ana, story.draft());
    const done = await story.control.owner.begin(async (tx) => {
      const blocked = (count: number) =>
        expect
          .poll(
            async () =>
              (await tx`SELECT count(DISTINCT pid)::int AS n FROM pg_locks WHERE NOT granted`)[0]?.["n"],
          )
          .toBe(count);
      // Both commit with their event: neither can before this is over.
      await tx`SELECT FROM audit_head FOR UPDATE`;
      const vote = approveRequest(story.max, { requestId: waiting.id, version: 1, words: null });
      await blocked(1);
      const stop = stopAccess(story.ada, everything);
      await blocked(2);
      return { vote, stop };
    });
    await Promise.all([done.vote, done.stop]);
    const grants = await story.control.owner`SELECT state FROM grants WHERE request_id = ${waiting.id}`;
    expect(grants).toMatchObject([{ state: "revoked" }]);
  });

  test("is for admins, once for the same target, and nobody lifts their own", async () => {
    await expect(stopAccess(story.max, everything)).rejects.toEqual(refused("not-permitted"));
    await stopAccess(story.ada, everything);
    await expect(stopAccess(story.ada, everything)).rejects.toEqual(refused("stopped-already"));
    const other = await signedIn(story.control, { name: "Otto", roles: ["admin"] });
    await stopAccess(story.ada, person(other));
    const [own] = (await listStops(other)).standing.filter(({ isSelf }) => isSelf);
    const lift = { stopId: own!.id, words: "I am needed here." };
    await expect(liftStop(other, lift)).rejects.toEqual(refused("own-rights"));
    await expect(liftStop(story.max, lift)).rejects.toEqual(refused("not-permitted"));
    await liftStop(story.ada, lift);
    await expect(liftStop(story.ada, lift)).rejects.toEqual(refused("changed-meanwhile"));
  });
});

test("a stop names its target as the form sends it, and needs words", () => {
  const id = "3f1b9a52-5f0e-4a4e-9d6b-0c8a1f2e3d4c";
  const read = (target: unknown) => stopSchema.safeParse({ target, words }).data?.target;
  expect(read("all")).toEqual({ scope: "all" });
  expect(read(`person:${id}`)).toEqual({ scope: "person", personId: id });
  expect(read(`source:${id}`)).toEqual({ scope: "source", sourceId: id });
  for (const wrong of ["", "allx", "person:", "person:1", `table:${id}`, null])
    expect(read(wrong)).toBeUndefined();
  expect(stopSchema.safeParse({ target: "all", words: "short" }).success).toBe(false);
});
