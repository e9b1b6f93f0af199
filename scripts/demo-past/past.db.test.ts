import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listCases } from "@/lib/anomalies/list-cases";
import { writeVerifierKey } from "@/lib/audit/signed-note";
import { verifyLog } from "@/lib/audit/verify-log";
import { listCampaigns } from "@/lib/campaigns/read-campaign";
import { listErasures } from "@/lib/erasure/list-erasures";
import { confirmErasure } from "@/lib/erasure/settle-erasure";
import { receiptFile } from "@/lib/requests/read-receipts";
import { readRetention } from "@/lib/retention/read-retention";
import { useControlDatabase } from "@/lib/testing/control";
import { demoSource, type TestDatabase } from "@/lib/testing/database";
import { keepsPromises } from "@/lib/testing/kept-promises";
import { freshKey } from "@/lib/testing/log-key";
import { seedDemo } from "../seed-demo";
import { main as verifyReceipts } from "../verifier/glimpse-receipt.mjs";
import { Cast } from "./cast";

const control = useControlDatabase();
keepsPromises(control);
const log = freshKey();
const password = "a password of the demo";
let source: TestDatabase;
let cast: Cast;

const seed = () =>
  seedDemo({
    ...{ ownerUrl: control.database.ownerUrl, webUrl: control.database.url, sourceReaderUrl: source.url },
    ...{ key: process.env["GLIMPSE_KEY"]!, password },
    past: { logKey: log.text, publicUrl: "http://localhost:3000" },
  });

beforeAll(async () => {
  source = await demoSource();
  await seed();
  cast = new Cast(password);
}, 180_000);
afterAll(() => source.drop());

test("the demo begins with one open case and one that is judged, and the log that says so is whole", async () => {
  const ivy = await cast.as("Ivy");
  const { lines } = await listCases(ivy, { state: "all" });
  expect(lines.map(({ person, state }) => `${person}: ${state}`).toSorted()).toEqual([
    "Ben Okafor: open",
    "Tess Arslan: explained",
  ]);
  expect(await verifyLog(ivy)).toMatchObject({ intact: true });
});

test("a receipt of it is signed with a passkey, holds without Glimpse, and nobody is left with that passkey", async () => {
  const [signed] = await control.owner<{ number: number }[]>`
    SELECT r.number FROM receipts c JOIN requests r ON r.id = c.request_id
    WHERE c.body::jsonb -> 'passkey' <> 'null'`;
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "glimpse-past-")), "receipts.ndjson");
  fs.writeFileSync(file, await receiptFile(await cast.as("Rosa"), signed!.number));
  const key = writeVerifierKey(log.key);
  const judged = await verifyReceipts([file, "--key", key, "--origin", "http://localhost:3000"]);
  fs.rmSync(path.dirname(file), { recursive: true });
  expect(judged).toMatchObject({ code: 0 });
  expect(judged.words).toContain("signed with the passkey “Software key of the demo”");
  expect(await control.owner`SELECT FROM passkeys WHERE removed_at IS NULL`).toHaveLength(0);
});

test("a campaign is under way, a period counts, and a hold stands", async () => {
  const ivy = await cast.as("Ivy");
  const { lines } = await listCampaigns(ivy);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ endedAt: null, counts: { confirmed: 3, removed: 0 } });
  expect(lines[0]!.counts.open).toBeGreaterThan(3);
  const { inForce, holds } = await readRetention(ivy);
  expect(inForce).toMatchObject({ days: 2200 });
  expect(holds.map(({ name }) => name)).toEqual(["Claim of a card holder"]);
});

test("the erasure that waits is one that Ivy can confirm", async () => {
  const ivy = await cast.as("Ivy");
  const { waiting } = await listErasures(ivy);
  expect(waiting).toMatchObject([{ reference: "DSR-17", mayConfirm: true }]);
  await confirmErasure(ivy, { erasureId: waiting[0]!.id });
  expect((await listErasures(ivy)).settled).toMatchObject([{ reference: "DSR-17", state: "done" }]);
});

test("nothing of it is Ana's, and a second start adds nothing", async () => {
  const count = async () => {
    const [row] = await control.owner<{ all: number; anas: number }[]>`
      SELECT count(*)::int AS all, count(*) FILTER (WHERE p.name LIKE 'Ana %' AND e.code <> 'person.joined')::int AS anas
      FROM audit_events e LEFT JOIN people p ON p.id = e.actor_id`;
    return row!;
  };
  const before = await count();
  expect(before.anas).toBe(0);
  await seed();
  expect(await count()).toEqual(before);
});
