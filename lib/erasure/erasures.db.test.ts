import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { narrowRequest } from "@/lib/approvals/narrow-request";
import { exportProof } from "@/lib/audit/export-proof";
import { presentCheckpoint } from "@/lib/audit/keep-log";
import { listRequestEvents, readAuditLog } from "@/lib/audit/list-events";
import { writeVerifierKey } from "@/lib/audit/signed-note";
import { keepView } from "@/lib/browse/saved-view-deeds";
import { confirmColumns } from "@/lib/catalog/confirm-columns";
import { readTable } from "@/lib/catalog/read-table";
import { encodeHandle } from "@/lib/catalog/record-handle";
import { scanSource } from "@/lib/catalog/scan-source";
import { listErasures } from "@/lib/erasure/list-erasures";
import { confirmErasure, withdrawErasure } from "@/lib/erasure/settle-erasure";
import { startErasure } from "@/lib/erasure/start-erasure";
import { checkField } from "@/lib/lookups/check-field";
import { isAsAsked } from "@/lib/requests/content";
import { requests } from "@/lib/db/schema/requests";
import { submitRequest } from "@/lib/requests/submit-request";
import { askToLiftHold, liftHold, placeHold } from "@/lib/retention/hold-log";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { untilSomebodyWaits } from "@/lib/testing/control";
import { freshKey } from "@/lib/testing/log-key";
import { approved, record, refOf, useStory } from "@/lib/testing/story";
import { main } from "@/scripts/verifier/glimpse-verify.mjs";

const story = useStory();
const log = freshKey();
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "glimpse-erasure-"));
const refused = (code: string) => expect.objectContaining({ code });
/** A person whose keys occur nowhere by chance, and an order of theirs. */
const person = 987_654_321;
const order = 876_543_210;
const orderHandle = encodeHandle({ kind: "values", values: [String(order)] });
let ordersId: string;

beforeAll(async () => {
  process.env["GLIMPSE_LOG_KEY"] = log.text;
  await story.sourceOwner.unsafe(`
    INSERT INTO customers VALUES (${person}, 'DE', 'gone@example.test', NULL, NULL, NULL, NULL), (4, 'FR', 'd@example.test', NULL, NULL, NULL, NULL);
    CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer REFERENCES customers, total numeric);
    INSERT INTO orders VALUES (${order}, ${person}, 12), (5, 4, 13);
    GRANT SELECT ON orders TO PUBLIC`);
  await scanSource(story.sam, { sourceId: story.table.source.id });
  const which = { source: "marigold", schema: "public", table: "orders" };
  const orders = await readTable(story.sam, which, "catalog");
  ordersId = orders.id;
  const choices = orders.columns.map(({ id, version }) => ({
    ...{ id, version, classId: "none", mask: { method: "clear" as const } },
  }));
  await confirmColumns(story.sam, { sourceId: story.table.source.id, choices });
});

afterAll(() => {
  delete process.env["GLIMPSE_LOG_KEY"];
  fs.rmSync(scratch, { recursive: true });
});

const ask = (key: number, more: { related?: boolean } = {}, who = story.sam) =>
  startErasure(who, {
    ...{ tableId: story.table.id, key: String(key), related: false },
    ...{ reference: "DSR-17", reason: "They asked for it in writing." },
    ...more,
  });

async function idOf(number: number): Promise<{ erasureId: string }> {
  const [row] = await story.control.owner<{ id: string }[]>`SELECT id FROM erasures WHERE number = ${number}`;
  return { erasureId: row!.id };
}

async function held(what: { sourceId?: string; personId?: string }): Promise<{ holdId: string }> {
  const all = { sourceId: null, personId: null, fromDay: null, toDay: null };
  await placeHold(story.ivy, { name: "Case 7", why: "The court has asked for it.", ...all, ...what });
  const [row] = await story.control.owner<{ id: string }[]>`
    SELECT id FROM audit_holds ORDER BY placed_at DESC LIMIT 1`;
  return { holdId: row!.id };
}

/** Confirms an erasure while a request has named its record and waits to be written to the log. */
async function whileAnaSends(which: { erasureId: string }) {
  const { owner } = story.control;
  const one = await owner.reserve();
  await one.unsafe("SELECT pg_advisory_lock(7)");
  await one.unsafe(`
    CREATE OR REPLACE FUNCTION wait_a_moment() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_advisory_xact_lock_shared(7); RETURN NEW; END $$;
    CREATE TRIGGER wait_a_moment BEFORE INSERT ON requests FOR EACH ROW EXECUTE FUNCTION wait_a_moment()`);
  const sent = submitRequest(story.ana, story.draft({ records: [record(3)] }));
  await untilSomebodyWaits(story.control);
  const erased = confirmErasure(story.ivy, which);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await one.unsafe("SELECT pg_advisory_unlock_all()");
  one.release();
  await Promise.allSettled([sent, erased]);
  await owner.unsafe("DROP TRIGGER wait_a_moment ON requests");
  return [sent, erased] as const;
}

async function lifted(hold: { holdId: string }): Promise<void> {
  await askToLiftHold(story.ivy, { ...hold, why: "The case is over." });
  await liftHold(story.ada, hold);
}

/** The tables of the control database whose rows hold a text, however it is stored. */
async function placesOf(text: string): Promise<string[]> {
  const tables = await story.control.owner<{ name: string }[]>`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`;
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await story.control.owner.unsafe(
      `SELECT FROM ${name} t WHERE strpos(t::text, '${text}') > 0
        OR strpos(t::text, encode(convert_to('${text}', 'UTF8'), 'hex')) > 0 LIMIT 1`,
    );
    if (rows.length > 0) found.push(name);
  }
  return found;
}

async function verified(): Promise<{ code: number }> {
  const file = path.join(scratch, "export");
  const lines: string[] = [];
  for await (const batch of await exportProof(story.ivy, {})) lines.push(...batch);
  fs.writeFileSync(file, lines.join(""));
  const { code } = await main([file, "--key", writeVerifierKey(log.key), "--json"]);
  return { code };
}

test("after an erasure nothing in the control database finds the person, and the verifier takes the log as before", async () => {
  const records = [record(person), record(2)];
  const { grantId, id } = await approved(story, { records });
  await activateGrant(story.ana, grantId);
  await revealFields(story.ana, { grantId });
  const narrowed = await submitRequest(story.ben, story.draft({ records: [record(1), ...records] }));
  await narrowRequest(story.max, { requestId: narrowed.id, version: 1, words: "Enough.", records });
  const waiting = await submitRequest(story.ana, story.draft({ records: [record(person)] }));
  const check = { tableId: story.table.id, columnId: story.column("email"), said: "gone@example.test" };
  await checkField(story.ana, { ...check, record: record(person) });
  for (const [tableId, query] of [
    [story.table.id, `?f=id:is:${person}`],
    [ordersId, `?f=customer_id:is:${person}`],
  ] as const)
    await keepView(story.ana, { tableId, query, name: "Hers", shared: false });
  const ref = (await refOf(story, person))!;
  const { note: before } = (await presentCheckpoint())!;

  const { number, records: count } = await ask(person, { related: true });
  expect(count, "her order belongs to her").toBe(2);
  const [line] = (await listErasures(story.ivy)).waiting;
  expect(line).toMatchObject({ mayConfirm: true, openRequests: 1, liveGrants: 2 });
  expect(line!.records).toEqual([
    { table: "public.customers", label: String(person) },
    { table: "public.orders", label: String(order) },
  ]);
  await confirmErasure(story.ivy, await idOf(number));

  for (const text of [record(person), String(person), orderHandle, String(order)])
    expect(await placesOf(text), text).toEqual([]);
  fs.writeFileSync(path.join(scratch, "before"), before);
  expect(await verified()).toEqual({ code: 0 });
  const [kept] = await story.control.owner`SELECT FROM audit_events WHERE strpos(entry, ${ref}) > 0 LIMIT 1`;
  expect(kept, "its events stay").toBeDefined();
  const rows = await story.ivy.db.select().from(requests);
  for (const row of rows) expect(isAsAsked(row), `what was asked can be checked: ${row.number}`).toBe(true);
  const states = await story.control.owner`
    SELECT state FROM grants WHERE request_id IN (${id}, ${narrowed.id}) ORDER BY created_at`;
  expect(states.map(({ state }) => state as string)).toEqual(["revoked", "revoked"]);
  const events = await listRequestEvents(story.ivy, waiting.id);
  expect(events.map(({ code }) => code)).toEqual(["request.submitted", "request.closed"]);
  expect(events[0]!.sentence).toContain("an erased record in public.customers");
  const [done] = await story.control.owner<{ entry: string }[]>`
    SELECT entry FROM audit_events WHERE code = 'erasure.done'`;
  expect(JSON.parse(done!.entry)).toMatchObject({
    actor: { name: "Ivy" },
    ticket: "DSR-17",
    resource: { recordCount: 2 },
    details: { keys: 2, requests: 3, grants: 2, views: 2, closedRequests: 1, endedGrants: 2 },
  });
  const { events: read } = await readAuditLog(story.ivy, {}, {});
  expect(read.some(({ facts }) => facts.some(([, text]) => text.includes("an erased record")))).toBe(true);
});

describe("an erasure", () => {
  test("is confirmed by somebody else than who asked for it, by code and by the database", async () => {
    const which = await idOf((await ask(4)).number);
    await expect(confirmErasure(story.sam, which)).rejects.toEqual(refused("own-erasure"));
    await expect(
      story.control.owner`SELECT erase_subject_keys(${which.erasureId}, ${story.sam.actor.personId})`,
    ).rejects.toMatchObject({ code: "42501" });
    await expect(
      story.control
        .owner`UPDATE erasures SET state = 'done', settled_by = started_by, settled_at = clock_timestamp()
        WHERE id = ${which.erasureId}`,
    ).rejects.toMatchObject({ code: "23514" });
    await expect(confirmErasure(story.ada, which)).rejects.toEqual(refused("not-permitted"));
    await withdrawErasure(story.sam, which);
    await expect(confirmErasure(story.ivy, which)).rejects.toEqual(refused("erasure-settled"));
    expect(await placesOf(record(4)), "whom it was about stays known to the log alone").toEqual([
      "public.subject_keys",
    ]);
  });

  test("is refused under a legal hold of what names the person, by code and by the database, until it is lifted", async () => {
    const { owner } = story.control;
    await submitRequest(story.ana, story.draft({ records: [record(4)] }));
    const which = await idOf((await ask(4)).number);
    const hold = await held({ sourceId: story.table.source.id });
    await expect(confirmErasure(story.ivy, which)).rejects.toEqual(refused("erasure-held"));
    await expect(ask(4)).rejects.toEqual(refused("erasure-held"));
    await expect(
      owner`SELECT erase_subject_keys(${which.erasureId}, ${story.ivy.actor.personId})`,
    ).rejects.toMatchObject({ code: "55006" });
    expect(await refOf(story, 4)).toBeDefined();
    await lifted(hold);
    await confirmErasure(story.ivy, which);
    expect(await refOf(story, 4)).toBeUndefined();
  });

  test("is of what was shown: a record that was added or taken out around Glimpse refuses it", async () => {
    const which = await idOf((await ask(4)).number);
    await story.control
      .owner`INSERT INTO erasure_records SELECT erasure_id, 7, source_id, table_id, ${record(2)}
      FROM erasure_records WHERE erasure_id = ${which.erasureId}`;
    await expect(confirmErasure(story.ivy, which)).rejects.toMatchObject({ code: "42501" });
    await story.control
      .owner`DELETE FROM erasure_records WHERE erasure_id = ${which.erasureId} AND place = 7`;
    await confirmErasure(story.ivy, which);
  });

  test("of two who confirm at once one does, and the other is told", async () => {
    const which = await idOf((await ask(4)).number);
    const both = await Promise.allSettled([
      confirmErasure(story.ivy, which),
      confirmErasure(story.ivy, which),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  test("waits for a request that names the record at this moment, and closes it", async () => {
    await submitRequest(story.ben, story.draft({ records: [record(3)] }));
    const which = await idOf((await ask(3)).number);
    const [sent, erased] = await whileAnaSends(which);
    const [request] = await Promise.all([sent, erased]);
    const [row] = await story.control.owner`SELECT state, closed_why FROM requests WHERE id = ${request.id}`;
    expect(row).toEqual({ state: "expired", closed_why: "record-erased" });
    expect(await placesOf(record(3))).toEqual([]);
  });

  test("looks for holds again when it has waited: what was written meanwhile may be held", async () => {
    await submitRequest(story.ben, story.draft({ records: [record(3)] }));
    const which = await idOf((await ask(3)).number);
    const hold = await held({ personId: story.ana.actor.personId });
    const [sent, erased] = await whileAnaSends(which);
    await expect(erased).rejects.toMatchObject({ code: "55006" });
    await sent;
    expect(await refOf(story, 3)).toBeDefined();
    await lifted(hold);
    await confirmErasure(story.ivy, which);
  });

  test("lets the record be named anew, under another reference that nothing links to the first", async () => {
    await submitRequest(story.ana, story.draft({ records: [record(3)] }));
    const first = await refOf(story, 3);
    const which = await idOf((await ask(3)).number);
    await confirmErasure(story.ivy, which);
    await submitRequest(story.ana, story.draft({ records: [record(3)] }));
    expect(await refOf(story, 3)).not.toBe(first);
  });
});
