import postgres from "postgres";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { leafHash } from "@/lib/audit/merkle";
import type { Context } from "@/lib/auth/context";
import { readForwardAlarm, readForwarding } from "@/lib/forwarding/read-forwarding";
import { tellTrouble } from "@/lib/forwarding/tell-trouble";
import { otherServer } from "@/lib/testing/certificates";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import {
  forwardAll,
  freshForwarder,
  happen,
  recordForwardSettings,
  startForwarder,
} from "@/lib/testing/forwarders";
import { useLogSettings } from "@/lib/testing/log-key";
import { authority, httpsReceiver, receiverKey, type HttpsReceiver } from "@/lib/testing/receivers";

const control = useControlDatabase();
const settings = useLogSettings();
let receiver: HttpsReceiver;
let ivy: Context;

beforeAll(async () => {
  receiver = await httpsReceiver();
  ivy = await signedIn(control, { name: "Ivy", roles: ["auditor"] });
});
afterAll(() => receiver?.close());
afterEach(() => {
  Object.assign(receiver, { manner: "takes", taken: [], lines: [] });
});

async function configured(url = receiver.url) {
  settings({ GLIMPSE_FORWARD_URL: url, GLIMPSE_FORWARD_URL_KEY: receiverKey, GLIMPSE_FORWARD_CA: authority });
  await recordForwardSettings();
  return freshForwarder("https");
}

const sizeOf = async () => Number((await control.owner`SELECT size FROM audit_head`)[0]?.["size"]);
const nextOf = async () =>
  Number((await control.owner`SELECT next FROM audit_forwarding WHERE destination = 'https'`)[0]?.["next"]);
const codesSince = async (seq: number) =>
  (await control.owner`SELECT code FROM audit_events WHERE seq >= ${seq} ORDER BY seq`).map(
    (row) => row["code"] as string,
  );

/** Complete, and in order: nothing comes before what it follows has come; what comes twice came before. */
function expectInOrder(taken: readonly number[], from: number, to: number) {
  let next = from;
  for (const seq of taken) {
    expect(seq).toBeLessThanOrEqual(next);
    next = Math.max(next, seq + 1);
  }
  expect(next).toBe(to);
}

test("a receiver gets every event of the log, signed, as it stands there and under its hash", async () => {
  await happen(3);
  const forwarder = await configured();
  expect(await forwardAll(forwarder)).toBe("idle");
  const rows = await control.owner`SELECT entry FROM audit_events ORDER BY seq`;
  const sent = receiver.lines.map((line) =>
    /^\{"leaf":"([0-9a-f]{64})","entry":(.*)\}$/.exec(line)!.slice(1),
  );
  expect(sent.map(([, entry]) => entry)).toEqual(rows.map(({ entry }) => entry as string));
  for (const [leaf, entry] of sent) expect(leaf).toBe(leafHash(entry!).toString("hex"));
  expect(receiver.wrong).toEqual([]);
  // Nothing new, nothing sent.
  expect(await forwarder.turn()).toBe("idle");
  expect(receiver.taken).toHaveLength(rows.length);
  await forwarder.end();
});

test("of two receivers each has its own place in the log: one that is down holds the other up in nothing", async () => {
  const soc = await httpsReceiver();
  const first = await configured();
  settings({
    GLIMPSE_FORWARD_NAMES: "soc",
    GLIMPSE_FORWARD_SOC_URL: soc.url,
    GLIMPSE_FORWARD_SOC_URL_KEY: receiverKey,
  });
  await recordForwardSettings();
  const [second, rival] = [freshForwarder("https:soc"), freshForwarder("https:soc")];
  receiver.manner = "fails";
  await happen(30);
  expect(await first.turn()).toBe("trouble");
  expect(await forwardAll(second)).toBe("idle");
  expect(await rival.turn()).toBe("others");
  expectInOrder(soc.taken, 0, await sizeOf());
  expect(await readForwarding(ivy)).toMatchObject([
    { name: "HTTPS endpoint", trouble: "It answered with 500." },
    { name: "HTTPS endpoint “soc”", behind: 0, trouble: null },
  ]);
  receiver.manner = "takes";
  expect(await forwardAll(first)).toBe("idle");
  settings({ GLIMPSE_FORWARD_NAMES: "" });
  await recordForwardSettings();
  expect(await readForwarding(ivy)).toHaveLength(1);
  for (const one of [first, second, rival]) await one.end();
  await soc.close();
});

test("nothing is lost while a receiver is down for a day: it refuses, hangs, fails, cuts, dies, and has all in order in the end", async () => {
  const from = await nextOf();
  const forwarder = await configured();
  await happen(4_000);
  const to = await sizeOf();
  for (const manner of [
    "refuses",
    "hangs",
    "switches",
    "fails",
    "cuts",
    "dies",
    "fails",
    "takes",
    "dies",
    "cuts",
  ] as const) {
    receiver.manner = manner;
    expect(await forwarder.turn(), manner).toBe(manner === "takes" ? "more" : "trouble");
  }
  receiver.manner = "takes";
  expect(await forwardAll(forwarder)).toBe("idle");
  expectInOrder(receiver.taken, from, to);
  expect(receiver.taken.length).toBeGreaterThan(to - from);
  expect(receiver.wrong).toEqual([]);
  expect(await nextOf()).toBe(to);
  await forwarder.end();
});

test("a receiver that takes no large batch gets smaller ones", async () => {
  const [from, forwarder] = [await nextOf(), await configured()];
  await happen(100);
  receiver.manner = "small";
  let turns = 0;
  while ((await nextOf()) < (await sizeOf()) && turns++ < 60) await forwarder.turn();
  expectInOrder(receiver.taken, from, await sizeOf());
  await forwarder.end();
});

test("one instance sends at a time, and another goes on where the first was killed between sending and noting it", async () => {
  const from = await nextOf();
  await configured();
  await happen(1_200);
  // Taken and never acknowledged: the process is killed while it waits for the answer.
  receiver.gate = new Promise(() => {});
  const child = await startForwarder("https");
  await expect.poll(() => receiver.taken.length, { timeout: 10_000 }).toBeGreaterThan(0);
  const other = freshForwarder("https");
  expect(await other.turn()).toBe("others");
  await child.kill();
  receiver.gate = null;
  expect(await nextOf()).toBe(from);
  await expect.poll(() => other.turn()).not.toBe("others");
  expect(await forwardAll(other)).toBe("idle");
  expectInOrder(receiver.taken, from, await sizeOf());
  // What was on its way came twice.
  expect(receiver.taken.filter((seq) => seq === from)).toHaveLength(2);
  await other.end();
});

test("a sender that lost its connection to the database advances nothing", async () => {
  const forwarder = await configured();
  await forwardAll(forwarder);
  await happen(10);
  const before = await nextOf();
  const superuser = postgres(control.database.superuserUrl, { max: 1 });
  let open = () => {};
  receiver.gate = new Promise((resolve) => (open = resolve));
  const sent = receiver.taken.length;
  const turn = forwarder.turn();
  await expect.poll(() => receiver.taken.length).toBeGreaterThan(sent);
  await superuser`SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database d ON d.oid = database
    WHERE locktype = 'advisory' AND classid = 7316246 AND datname = current_database()`;
  // Another instance takes over and is done with it before the first hears its answer.
  const other = freshForwarder("https");
  receiver.gate = null;
  await expect.poll(() => other.turn()).toBe("idle");
  const after = await nextOf();
  await happen(10);
  open();
  expect(await turn).toBe("others");
  expect(after).toBeGreaterThan(before);
  expect(await nextOf()).toBe(after);
  await Promise.all([forwarder.end(), other.end(), superuser.end()]);
});

test("the cursor moves forward alone, and never beyond the log, whoever writes it", async () => {
  await happen(1);
  const forwarder = await configured();
  await forwardAll(forwarder);
  await forwarder.end();
  const { owner } = control;
  await expect(owner`UPDATE audit_forwarding SET next = next - 1`).rejects.toMatchObject({ code: "42501" });
  await expect(owner`UPDATE audit_forwarding SET next = next + 1000000`).rejects.toMatchObject({
    code: "42501",
  });
  await expect(owner`DELETE FROM audit_forwarding`).rejects.toMatchObject({ code: "42501" });
});

test("a certificate of somebody else is not spoken to, and the trouble is told without its words", async () => {
  const stranger = await httpsReceiver(otherServer);
  const forwarder = await configured(stranger.url);
  await happen(1);
  expect(await forwarder.turn()).toBe("trouble");
  expect(stranger.taken).toEqual([]);
  const [view] = await readForwarding(ivy);
  expect(view).toMatchObject({
    name: "HTTPS endpoint",
    alarm: false,
    trouble: "No safe connection could be made: its certificate or its TLS is not right.",
  });
  expect(view?.behind).toBeGreaterThan(0);
  await Promise.all([forwarder.end(), stranger.close()]);
});

test("it is on record that a destination was configured, changed and removed, each once, without a secret", async () => {
  const since = await sizeOf();
  const secret = `${receiver.url}/a-path-that-nobody-may-know`;
  settings({ GLIMPSE_FORWARD_URL: secret, GLIMPSE_FORWARD_URL_KEY: receiverKey });
  await recordForwardSettings();
  await recordForwardSettings();
  delete process.env["GLIMPSE_FORWARD_URL"];
  await recordForwardSettings();
  await recordForwardSettings();
  settings({ GLIMPSE_FORWARD_URL: secret });
  await recordForwardSettings();
  expect(await codesSince(since)).toEqual([
    "audit.forward_changed",
    "audit.forward_removed",
    "audit.forward_configured",
  ]);
  const kept = await control.owner`SELECT row_to_json(f)::text AS text FROM audit_forwarding f
    UNION ALL SELECT entry FROM audit_events WHERE seq >= ${since}`;
  for (const { text } of kept) {
    expect(text).not.toContain("nobody-may-know");
    expect(text).not.toContain(receiverKey);
  }
});

test("a failure of more than a minute, an hour behind, and the recovery are on record, once each", async () => {
  const forwarder = await configured();
  await forwardAll(forwarder);
  await happen(2);
  receiver.manner = "fails";
  expect(await forwarder.turn()).toBe("trouble");
  const since = await sizeOf();
  await tellTrouble("https");
  expect(await codesSince(since)).toEqual([]);
  await control.owner`UPDATE audit_forwarding SET failing_since = failing_since - interval '2 minutes'`;
  await tellTrouble("https");
  await tellTrouble("https");
  expect(await codesSince(since)).toEqual(["audit.forward_failed"]);
  // A failing turn in between does not begin the trouble anew.
  expect(await forwarder.turn()).toBe("trouble");
  receiver.manner = "takes";
  await forwardAll(forwarder);
  await tellTrouble("https");
  await tellTrouble("https");
  expect(await codesSince(since)).toEqual(["audit.forward_failed", "audit.forward_recovered"]);
  const [failed] = await control.owner`SELECT entry FROM audit_events WHERE seq = ${since}`;
  expect(JSON.parse(failed?.["entry"] as string)).toMatchObject({
    details: { destination: "https", why: "It answered with 500." },
  });
  // Somebody puts the clock of what waits back, so that it has waited for two hours.
  const superuser = postgres(control.database.superuserUrl, { max: 1, onnotice: () => {} });
  await happen(1);
  await superuser`ALTER TABLE audit_events DISABLE TRIGGER USER`;
  await superuser`UPDATE audit_events SET occurred_at = occurred_at - interval '2 hours' WHERE seq >= ${await nextOf()}`;
  await superuser`ALTER TABLE audit_events ENABLE TRIGGER USER`;
  const late = await sizeOf();
  await tellTrouble("https");
  await tellTrouble("https");
  expect(await codesSince(late)).toEqual(["audit.forward_behind"]);
  // Whoever answers for the log reads it above every page; nobody else does.
  const ada = await signedIn(control, { name: "Ada", roles: ["admin"] });
  const ana = await signedIn(control, { name: "Ana", roles: ["agent", "approver"] });
  for (const who of [ivy, ada]) expect(await readForwardAlarm(who)).toEqual(["HTTPS endpoint"]);
  expect(await readForwardAlarm(ana)).toEqual([]);
  expect(await readForwarding(ivy)).toMatchObject([{ alarm: true }]);
  await forwardAll(forwarder);
  await tellTrouble("https");
  expect(await codesSince(late)).toEqual(["audit.forward_behind", "audit.forward_recovered"]);
  await Promise.all([forwarder.end(), superuser.end()]);
});
